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
    # One line, whatever the value holds: what printf's %b takes.
    value=$(printf '%s' "$3" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
    echo "info :guestinfo.$key :$value" >/run/vmk/say
    printf '%s' "$3" >"/run/vmk/guestinfo/$key"
    ;;
  *) exit 2 ;;
esac
