/** What a copy's guest runs first: its network cards have the addresses of the machine that it was copied from. */
import type { VmNic } from '#vmm';

/**
 * A script that gives each card its own address in place of the parent's, with all that hangs on it: IP addresses are
 * asked for anew. Where something else than busybox's udhcpc keeps them, that sees the cable come in.
 * Undefined when there is nothing to change.
 */
export function copiedCards(parent: readonly VmNic[], own: readonly VmNic[]): string | undefined {
  const changes = own.flatMap(({ index, address }) => {
    const old = parent.find((nic) => nic.index === index)?.address ?? '';
    return old === '' || address === '' || old === address ? [] : [`${old}) to=${address} ;;`];
  });
  return changes.length === 0 ? undefined : SCRIPT.replace('CHANGES', changes.join('\n'));
}

/**
 * Processes are what it costs, so that it begins few; `read` passes over the zeros between words. A DHCP client that has its
 * answer goes on under another number, and a look may miss both: two in a row have to find none. What it runs for an answer
 * would outlive it, and set the parent's address.
 */
const SCRIPT = `
said=
for card in /sys/class/net/*; do
  read -r address 2>/dev/null <"$card/address" || continue
  case $address in
  CHANGES
  *) continue ;;
  esac
  name=\${card##*/}
  asks=
  misses=0
  while [ $misses -lt 2 ]; do
    misses=$((misses + 1))
    for process in /proc/[0-9]*; do
      read -r comm 2>/dev/null <$process/comm || continue
      words=
      case $comm in
      udhcpc) read -r words 2>/dev/null <$process/cmdline; words=$words- of=-i$name- ;;
      udhcpc.*) read -r words 2>/dev/null <$process/environ; words=$words- of=interface=$name[!0-9] ;;
      *) continue ;;
      esac
      case $words in *$of*) kill -KILL \${process#/proc/} 2>/dev/null && asks=1 misses=0 ;; esac
    done
  done
  ip link set "$name" down
  [ -n "$asks" ] || ip addr flush dev "$name"
  ip link set "$name" address "$to" up
  [ -n "$asks" ] && udhcpc -b -t 3 -A 15 -i "$name" -s /etc/udhcpc.sh >/dev/null 2>&1 && said=1
done
# A DHCP client that was answered has said it already.
[ -n "$said" ] || echo net >/run/vmk/say
`;
