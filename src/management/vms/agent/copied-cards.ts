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

/** Processes are what it costs, so that it begins few; `read` passes over the zeros between the words of a command. */
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
  for process in /proc/[0-9]*; do
    read -r comm 2>/dev/null <$process/comm && [ "$comm" = udhcpc ] || continue
    read -r words <$process/cmdline
    case $words in *-i$name-*) kill \${process#/proc/} && asks=1 ;; esac
  done
  ip link set "$name" down
  [ -n "$asks" ] || ip addr flush dev "$name"
  ip link set "$name" address "$to" up
  [ -n "$asks" ] && udhcpc -b -t 3 -A 15 -i "$name" -s /etc/udhcpc.sh >/dev/null 2>&1 && said=1
done
# A DHCP client that was answered has said it already.
[ -n "$said" ] || echo net >/run/vmk/say
`;
