#!/bin/sh
# The guest's agent: a host asks by lines on a virtio port, this answers (src/management/vms/agent has the other half).
# It sleeps in a read but for one line each 30 s, which says that the guest lives.
#
# host:  hello NONCE | sh ID SECONDS :SCRIPT | start ID :SCRIPT | put ID :PATH new|more BYTES [:USER], and the bytes
#        get ID :PATH BLOCK [:USER] | set KEY :VALUE | down ID poweroff|reboot
# guest: hello NONCE | beat | exit PID STATUS | info :KEY =BASE64 | net | ID ok … | ID fail
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

# Only one process may open the port: others in the guest say here what there is to tell, in lines that no other breaks.
# What goes to the port is one write, and so stays whole too: at most 32 KiB.
while read -r what key; do
  case $what in
    net) echo net >&3 ;;
    info) echo "info :guestinfo.$key =$(base64 -w 0 "/run/vmk/guestinfo/$key" 2>/dev/null)" >&3 ;;
  esac
done <>/run/vmk/say &

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

# A script as a user of the guest, with a file on its standard input or output.
as() {
  user=$(text "$1") script=$2
  shift 2
  case $user in
    root | '') sh -c "$script" sh "$@" 3>&- ;;
    *) su -s /bin/sh "$user" -c "$script" sh "$@" 3>&- ;;
  esac
}

put() {
  dd bs="$4" count=1 iflag=fullblock <&3 >/run/vmk/part 2>/dev/null
  if [ "$3" = new ]; then how='cat >"$1"'; else how='cat >>"$1"'; fi
  as "${5:-:}" "$how" "$(text "$2")" </run/vmk/part 2>/dev/null && echo "$1 ok" >&3 || echo "$1 fail" >&3
}

get() {
  if as "${4:-:}" '[ -f "$1" ] && dd if="$1" bs=$3 skip="$2" count=1' "$(text "$2")" "$3" $BLOCK_BYTES </dev/null \
    >/run/vmk/block 2>/dev/null; then
    echo "$1 ok $(base64 -w 0 /run/vmk/block)" >&3
  else
    echo "$1 fail" >&3
  fi
}

last=0
while :; do
  if read -r -t $BEAT_SECONDS verb a b c d e <&3; then
    case $verb in
      hello) echo "hello $a" >&3 ;;
      sh) run "$a" "$b" "$c" & ;;
      start) begin "$a" "$b" & ;;
      put) put "$a" "$b" "$c" "$d" "$e" ;;
      get) get "$a" "$b" "$c" "$d" ;;
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
