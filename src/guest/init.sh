#!/bin/sh
# The first process of the default guest. Mounts what programs expect, loads drivers for the devices that are there,
# then runs the script the host gave (--exec), or a shell on the console. Boot time counts: nothing here waits.

export PATH=/sbin:/bin:/usr/sbin:/usr/bin HOME=/root TERM=vt102 USER=root

# The file systems of /etc/fstab; /proc is its first, as busybox finds its own commands through it.
/bin/busybox mount -a
mkdir /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
ln -s /proc/self/fd /dev/fd
/bin/busybox --install -s
hostname vmkernel
ip link set lo up

# Each device says by its modalias which driver it wants; what is built in is no module and skipped quietly.
balloon=virtio:d00000005
buttons=virtio:d00000012
scsi=virtio:d00000008
modaliases=$(cat /sys/bus/virtio/devices/*/modalias 2>/dev/null | grep -v "^$balloon\|^$buttons\|^$scsi")
[ -n "$modaliases" ] && modprobe -qab $modaliases
# An idle guest sleeps: what wakes the kernel by itself, some times a second, is switched off. The kernel's deadline
# server for ordinary tasks is one of them, and wakes up for the work that its own timer has let happen.
sleep_well() {
  echo 0 >/proc/sys/vm/compaction_proactiveness
  echo 0 >/proc/sys/kernel/watchdog
  mount -t debugfs debugfs /sys/kernel/debug || return
  for runtime in /sys/kernel/debug/sched/fair_server/*/runtime; do echo 0 >"$runtime"; done
  umount /sys/kernel/debug
}

# Nobody waits for these: the balloon is large, and SCSI controllers have mostly nothing yet, and get it while the machine runs.
{
  sleep 1
  controller=$(cat /sys/bus/virtio/devices/*/modalias 2>/dev/null | grep -m 1 "^$scsi") &&
    modprobe -qab "$controller" sd_mod sr_mod
  modprobe -qb "$(grep -h "^$balloon" /sys/bus/virtio/devices/*/modalias)"
  sleep_well 2>/dev/null
} &

# Does what the machine's buttons say, by /etc/acpi.map.
hear_buttons() {
  device=$(grep -h "^$buttons" /sys/bus/virtio/devices/*/modalias) || return
  modprobe -qab "$device" evdev
  exec acpid -d >/dev/null 2>&1
}

# Network cards get their addresses by DHCP, while everything else goes on.
for card in /sys/class/net/eth*; do
  [ -e "$card" ] || continue
  ip link set "${card##*/}" up
  udhcpc -b -t 3 -A 15 -i "${card##*/}" -s /etc/udhcpc.sh >/dev/null 2>&1 &
done

# The agent, where the machine has a device for its port.
case $modaliases in *virtio:d00000003*) vmk-agent & agent=$! ;; esac

cd /root || exit

stop() {
  sync
  poweroff -f
}

# --exec: the output goes out byte for byte between two lines that the host looks for (src/guest/exec.ts).
if [ -f /etc/vmk/exec ]; then
  stty -opost -echo
  read -r nonce </etc/vmk/nonce
  printf '\036VMK-EXEC-BEGIN %s\n' "$nonce"
  # Through a pipe, as over ssh without a terminal: programs see that nobody sits there.
  { sh /etc/vmk/exec </dev/null 2>&1; echo $? >/run/status; } | cat
  printf '\036VMK-EXEC-END %s %s\n' "$nonce" "$(cat /run/status)"
  # stty waits until the console has sent everything.
  stty -opost
  stop
fi

# poweroff, halt and reboot tell process 1 by these signals what is wanted.
trap stop USR2
trap stop USR1
trap 'sync; reboot -f' TERM

# The size of the person's terminal, which a serial line does not tell.
[ -n "$VMK_ROWS" ] && stty rows "$VMK_ROWS" cols "$VMK_COLUMNS"

# What runs behind "&" starts with Ctrl-C ignored; login sets it right again, and greets with /etc/motd.
setsid cttyhack login -f root &
login=$!
lives() { kill -0 "$1" 2>/dev/null; }
while lives $login; do
  wait -n 2>/dev/null
  # Whom an agent serves needs no buttons, and has the memory that they take.
  if [ -n "$agent" ] && ! lives "$agent"; then
    agent=
    hear_buttons &
  fi
done
stop
