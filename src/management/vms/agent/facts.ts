/** What a guest tells of itself: names and addresses, out of what its own programs print. */

export interface GuestNic {
  readonly name: string;
  readonly mac: string;
  readonly addresses: readonly { readonly address: string; readonly prefix: number }[];
}

export interface GuestFacts {
  readonly hostName: string;
  /** "Linux 6.12.107". */
  readonly kernel: string;
  /** The system's own name for itself, or the empty text. */
  readonly system: string;
  readonly nics: readonly GuestNic[];
  readonly disks: readonly { readonly path: string; readonly bytes: number; readonly freeBytes: number }[];
}

const SEPARATOR = '--';
/** Prints facts; each part ends with a line "--". What the shell can read by itself takes no process: guests are many. */
export const FACTS_SCRIPT = [
  'read -r a </proc/sys/kernel/hostname; echo "$a"',
  'read -r a </proc/sys/kernel/ostype; read -r b </proc/sys/kernel/osrelease; echo "$a $b"',
  'while read -r a; do case $a in PRETTY_NAME=*) echo "${a#*=}" ;; esac; done 2>/dev/null </etc/os-release',
  'ip addr',
  'df -kP',
].join(`; echo ${SEPARATOR}; `);

const MAX_NICS = 16;
const MAX_ADDRESSES = 16;
const MAX_DISKS = 16;
const MAX_TEXT = 256;
const KIB = 1024;
const LINK = /^\d+: ([^:@\s]{1,32})/;
const MAC = /^\s+link\/ether ([0-9a-f:]{17})\b/;
const ADDRESS = /^\s+inet6? ([0-9a-f:.]{2,45})\/(\d{1,3})\b/;
const DISK = /^\/\S*\s+(\d+)\s+\d+\s+(\d+)\s+\d+%\s+(\/.*)$/;

/** Reads what the script printed; whatever a hostile guest says, it is bounded. */
export function readFacts(output: string): GuestFacts {
  const [hostName = '', kernel = '', system = '', links = '', disks = ''] = output
    .split(new RegExp(`^${SEPARATOR}$`, 'm'))
    .map((part) => part.replace(/^\n|\n$/g, ''));
  const line = (text: string) => (text.split('\n', 1)[0] ?? '').replace(/\p{Cc}/gu, '').slice(0, MAX_TEXT);
  return {
    hostName: line(hostName),
    kernel: line(kernel),
    system: line(system).replace(/^"|"$/g, ''),
    nics: readLinks(links),
    disks: disks
      .split('\n')
      .flatMap((text) => {
        const [, blocks, free, path] = DISK.exec(text) ?? [];
        if (path === undefined) return [];
        return [
          { path: path.slice(0, MAX_TEXT), bytes: Number(blocks) * KIB, freeBytes: Number(free) * KIB },
        ];
      })
      .slice(0, MAX_DISKS),
  };
}

function readLinks(text: string): GuestNic[] {
  const nics: { name: string; mac: string; addresses: { address: string; prefix: number }[] }[] = [];
  for (const line of text.split('\n')) {
    const name = LINK.exec(line)?.[1];
    if (name !== undefined) nics.push({ name, mac: '', addresses: [] });
    const nic = nics.at(-1);
    if (nic === undefined) continue;
    nic.mac = MAC.exec(line)?.[1] ?? nic.mac;
    const [, address, prefix] = ADDRESS.exec(line) ?? [];
    if (address !== undefined && nic.addresses.length < MAX_ADDRESSES)
      nic.addresses.push({ address, prefix: Number(prefix) });
  }
  return nics.filter(({ mac }) => mac !== '').slice(0, MAX_NICS);
}
