#!/bin/sh
# The guest's agent: a host asks by lines on a virtio port, this answers (src/management/vms/agent has the other half).
# It sleeps in a read but for one line each 30 s, which says that the guest lives.
#
# host:  hello NONCE | sh ID SECONDS :SCRIPT | start ID :SCRIPT | put ID :PATH new|more BYTES, and the bytes
#        get ID :PATH BLOCK | set KEY :VALUE | down ID poweroff|reboot
# guest: hello NONCE | beat | exit PID STATUS | info :KEY :VALUE | net | ID ok … | ID fail
# A word that begins with ":" may hold anything, as printf's %b takes it.

export PATH=/sbin:/bin:/usr/sbin:/usr/bin HOME=/root
BEAT_SECONDS=30
BLOCK_BYTES=16384

for try in 1 2 3 4 5 6 7 8 9 10; do
  for name in /sys/class/virtio-ports/*/name; do
    [ -e "$name" ] && read -r what <"$name" && [ "$what" = org.vmkernel.agent ] && port=${name%/name}
  done
  [ -n "$port" ] && break
  sleep 0.1
done
[ -n "$port" ] || exit 0
exec 3<>"/dev/${port##*/}" || exit 1
mkdir -p /run/vmk/guestinfo
mkfifo /run/vmk/say

# Only one process may open the port: others in the guest say their lines here.
while read -r line; do echo "$line" >&3; done <>/run/vmk/say &

text() { printf '%b' "${1#:}"; }

# A script's output and status, within so many seconds; the output's end, when it is long.
run() {
  out=$({ timeout "$2" sh -c "$(text "$3")" </dev/null 2>&1 3>&-; echo "status $?"; } | tail -c 16000 | base64 -w 0)
  echo "$1 ok $out" >&3
}

# A program on its own: its number now, its status when it has ended.
begin() {
  setsid sh -c "$(text "$2")" </dev/null >/dev/null 2>&1 3>&- &
  pid=$!
  echo "$1 ok $pid" >&3
  wait "$pid"
  echo "exit $pid $?" >&3
}

put() {
  dd bs="$4" count=1 iflag=fullblock <&3 >/run/vmk/part 2>/dev/null
  path=$(text "$2")
  if [ "$3" = new ]; then cat /run/vmk/part >"$path"; else cat /run/vmk/part >>"$path"; fi 2>/dev/null &&
    echo "$1 ok" >&3 || echo "$1 fail" >&3
}

get() {
  path=$(text "$2")
  if [ -f "$path" ] && [ -r "$path" ]; then
    echo "$1 ok $(dd if="$path" bs=$BLOCK_BYTES skip="$3" count=1 2>/dev/null | base64 -w 0)" >&3
  else
    echo "$1 fail" >&3
  fi
}

last=0
while :; do
  if read -r -t $BEAT_SECONDS verb a b c d <&3; then
    case $verb in
      hello) echo "hello $a" >&3 ;;
      sh) run "$a" "$b" "$c" & ;;
      start) begin "$a" "$b" & ;;
      put) put "$a" "$b" "$c" "$d" ;;
      get) get "$a" "$b" "$c" ;;
      set) if [ "$b" = : ]; then rm -f "/run/vmk/guestinfo/${a##*/}"; else text "$b" >"/run/vmk/guestinfo/${a##*/}"; fi ;;
      down)
        echo "$a ok" >&3
        if [ "$b" = reboot ]; then kill -TERM 1; else kill -USR2 1; fi
        ;;
    esac
  else
    echo beat >&3
    # A port without a host reads as ended: it must not be asked without a pause.
    read -r now rest </proc/uptime
    [ "${now%.*}" = "$last" ] && sleep $BEAT_SECONDS
    last=${now%.*}
  fi
done
