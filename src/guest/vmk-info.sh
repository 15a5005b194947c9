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
    [ "${#3}" -le 32768 ] || { echo 'vmk-info: a value has at most 32768 characters' >&2; exit 1; }
    # One line, whatever the value holds, and no other one in the middle of it.
    exec 9>/run/vmk/lock && flock 9
    echo "info :guestinfo.$key =$(printf '%s' "$3" | base64 -w 0)" >/run/vmk/say
    if [ -n "$3" ]; then printf '%s' "$3" >"/run/vmk/guestinfo/$key"; else rm -f "/run/vmk/guestinfo/$key"; fi
    ;;
  *) exit 2 ;;
esac
