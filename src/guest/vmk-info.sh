#!/bin/sh
# What guest and host tell one another: vmk-info get guestinfo.KEY, vmk-info set guestinfo.KEY VALUE.
key=${2#guestinfo.}
case "$1 $key" in
  *[!A-Za-z0-9._\ -]* | *..*) key= ;;
esac
case $1:$key in
  ?*: | :*) echo 'usage: vmk-info get guestinfo.KEY | vmk-info set guestinfo.KEY VALUE' >&2; exit 2 ;;
  get:*) cat "/run/vmk/guestinfo/$key" 2>/dev/null ;;
  set:*)
    [ "$(printf %s "$3" | wc -c)" -le 16384 ] || { echo 'vmk-info: a value has at most 16384 bytes' >&2; exit 1; }
    if [ -n "$3" ]; then printf %s "$3" >"/run/vmk/guestinfo/$key"; else rm -f "/run/vmk/guestinfo/$key"; fi
    echo "info $key" >/run/vmk/say
    ;;
  *) exit 2 ;;
esac
