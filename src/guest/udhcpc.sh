#!/bin/sh
# What busybox's udhcpc calls with what a DHCP server said: sets address, routes and name servers. Source: udhcpc's README.

resolv=/etc/resolv.conf

case $1 in
deconfig)
  ip -4 addr flush dev "$interface"
  ip link set "$interface" up
  ;;
bound | renew)
  ip -4 addr flush dev "$interface"
  ip addr add "$ip/${mask:-24}" ${broadcast:+broadcast "$broadcast"} dev "$interface"
  [ -n "$mtu" ] && ip link set "$interface" mtu "$mtu"
  for gateway in $router; do
    ip route replace default via "$gateway" dev "$interface"
  done
  {
    [ -n "$domain" ] && echo "search $domain"
    for server in $dns; do echo "nameserver $server"; done
  } >$resolv
  [ -p /run/vmk/say ] && echo net >/run/vmk/say
  ;;
esac
exit 0
