#!/bin/sh
# Runs at each boot of a system of ours: partition 1 and its file system take the whole disk, when that has become larger.
set -e
part=$(findmnt -n -o SOURCE /)
disk=${part%1}
start=$(cat "/sys/class/block/${part#/dev/}/start")
have=$(cat "/sys/class/block/${part#/dev/}/size")
want=$(($(cat "/sys/class/block/${disk#/dev/}/size") - start))
[ "$want" -gt "$have" ] || exit 0
# The partition's number of sectors, low byte first, in the first entry of the boot record.
for shift in 0 8 16 24; do
  printf "\\$(printf %03o $((want >> shift & 255)))"
done | dd of="$disk" bs=1 seek=458 conv=notrunc,fsync status=none
resizepart "$disk" 1 "$want"
resize2fs "$part"
