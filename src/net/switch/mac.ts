/** Ethernet addresses as numbers of 48 bits, and which of them a VM may have. */

export const BROADCAST = 0xffff_ffff_ffff;

const TEXT = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i;
/** VMware's prefixes: for addresses that a host makes, and for those that a person may give. */
const GENERATED_OUI = 0x00_0c_29;
const STATIC_OUI = 0x00_50_56;
/** Above it are those that a vCenter makes. */
const LAST_STATIC = 0x3f_ff_ff;

export function macAt(bytes: Uint8Array, at: number): number {
  let mac = 0;
  for (let i = 0; i < 6; i++) mac = mac * 256 + (bytes[at + i] ?? 0);
  return mac;
}

export function putMac(bytes: Uint8Array, at: number, mac: number): void {
  for (let i = 5, rest = mac; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[at + i] = rest % 256;
}

export function isMulticast(bytes: Uint8Array): boolean {
  return ((bytes[0] as number) & 1) !== 0;
}

/** `00:0c:29:11:22:33` */
export function formatMac(mac: number): string {
  const digits = mac.toString(16).padStart(12, '0');
  return (digits.match(/../g) ?? []).join(':');
}

/** undefined when it is none. */
export function parseMac(text: string): number | undefined {
  return TEXT.test(text) ? Number.parseInt(text.replace(/[:-]/g, ''), 16) : undefined;
}

/** The address of a VM's NIC, made of the VM's UUID; the same for the same machine. Source: vSphere Networking, "MAC Address Generation". */
export function generatedMac(uuid: string, nic: number): number {
  const digits = uuid.replace(/[^0-9a-f]/gi, '').slice(-6);
  const low = (Number.parseInt(digits || '0', 16) + nic * 10) % 2 ** 24;
  return GENERATED_OUI * 2 ** 24 + low;
}

/** Why a person may not give a VM this address; undefined: it may be given. */
export function staticMacProblem(mac: number): string | undefined {
  const isFree = Math.floor(mac / 2 ** 24) === STATIC_OUI && mac % 2 ** 24 <= LAST_STATIC;
  return isFree ? undefined : 'a static address is in 00:50:56:00:00:00 … 00:50:56:3f:ff:ff';
}
