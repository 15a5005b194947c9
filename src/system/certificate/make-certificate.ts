/** Makes a self-signed certificate for a host, with a key of its own. Source: RFC 5280 §4; names as RFC 9525 §6 wants. */
import { isIP } from 'node:net';
import type { PemPair } from './pair.ts';

/** What a host is called and where it is reached. */
export interface HostNames {
  /** The full name where there is one, else the short one. */
  readonly hostName: string;
  /** IPv4 and IPv6 addresses as text. */
  readonly addresses: readonly string[];
}

export interface NewCertificate extends HostNames {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Chance for the serial number; the key's own comes from the system. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const DAY_MS = 86_400_000;
/** Clocks differ: valid a little before it was made. */
const EARLIER_MS = DAY_MS;
/** A self-signed certificate is accepted by hand once; ten years spare a second time. */
const VALID_MS = 3653 * DAY_MS;
const SERIAL_BYTES = 16;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const HASH = 'SHA-256';
/** What every host answers to besides its own names. */
const OWN_NAMES = ['localhost'];
const OWN_ADDRESSES = ['127.0.0.1', '::1'];
const MAX_COMMON_NAME = 64;

/** Object identifiers. Source: RFC 5280 appendix A. */
const OID = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;
/** In a GeneralName: which kind. Source: RFC 5280 §4.2.1.6. */
const NAME_KIND = { dns: 2, ip: 7 } as const;
/** keyUsage digitalSignature, bit 0 of 1 used bit. */
const DIGITAL_SIGNATURE = { bits: 0x80, unused: 7 } as const;

/** All the names of the certificate, each once. A name that DNS cannot have is left out. */
export function namesOf({ hostName, addresses }: HostNames): { dns: string[]; ip: string[] } {
  const full = hostName.toLowerCase();
  const short = full.split('.', 1)[0] ?? full;
  const dns = [full, short, ...OWN_NAMES].filter(isDnsName);
  const ip = [...addresses.map((address) => address.split('%', 1)[0] ?? ''), ...OWN_ADDRESSES].filter(
    (address) => isIP(address) !== 0,
  );
  return { dns: [...new Set(dns)], ip: [...new Set(ip)] };
}

/** A new P-256 key and its certificate. The libraries are loaded here, since this happens once in a host's life. */
export async function makeCertificate(wanted: NewCertificate): Promise<PemPair> {
  const [pkijs, asn1js] = await Promise.all([import('pkijs'), import('asn1js')]);
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const names = namesOf(wanted);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ valueHex: serialNumber(wanted.randomBytes) });
  const value = (names.dns[0] ?? 'localhost').slice(0, MAX_COMMON_NAME);
  const name = new pkijs.AttributeTypeAndValue({
    type: OID.commonName,
    value: new asn1js.Utf8String({ value }),
  });
  certificate.subject.typesAndValues.push(name);
  certificate.issuer.typesAndValues.push(name);
  certificate.notBefore.value = new Date(wanted.nowMs - EARLIER_MS);
  certificate.notAfter.value = new Date(wanted.nowMs + VALID_MS);
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new pkijs.Extension({ extnID, critical, extnValue: value.toBER() });
  const general = [
    ...names.dns.map((value) => new pkijs.GeneralName({ type: NAME_KIND.dns, value })),
    ...names.ip.map((address) => {
      const value = new asn1js.OctetString({ valueHex: Uint8Array.from(addressBytes(address)).buffer });
      return new pkijs.GeneralName({ type: NAME_KIND.ip, value });
    }),
  ];
  const usage = Uint8Array.of(DIGITAL_SIGNATURE.bits).buffer;
  const { unused } = DIGITAL_SIGNATURE;
  certificate.extensions = [
    extension(OID.basicConstraints, true, new pkijs.BasicConstraints({ cA: false }).toSchema()),
    extension(OID.keyUsage, true, new asn1js.BitString({ valueHex: usage, unusedBits: unused })),
    extension(
      OID.extendedKeyUsage,
      false,
      new pkijs.ExtKeyUsage({ keyPurposes: [OID.serverAuth] }).toSchema(),
    ),
    extension(OID.subjectAltName, false, new pkijs.GeneralNames({ names: general }).toSchema()),
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, HASH);
  return {
    certificatePem: pem('CERTIFICATE', certificate.toSchema(true).toBER()),
    keyPem: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** Positive, and never zero. */
function serialNumber(randomBytes: (count: number) => Uint8Array): ArrayBuffer {
  const bytes = Uint8Array.from(randomBytes(SERIAL_BYTES));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.buffer;
}

function isDnsName(name: string): boolean {
  return (
    name.length <= 253 &&
    /^(?!\d+$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name) &&
    isIP(name) === 0
  );
}

/** 4 or 16 bytes in network order. */
export function addressBytes(address: string): number[] {
  if (isIP(address) === 4) return address.split('.').map(Number);
  const [head = '', tail] = withHexTail(address).split('::');
  const words = (text: string | undefined) =>
    text ? text.split(':').map((word) => Number.parseInt(word, 16)) : [];
  const [before, after] = [words(head), words(tail)];
  const zeroes = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => 0);
  return [...before, ...zeroes, ...after].flatMap((word) => [word >> 8, word & 0xff]);
}

/** ::ffff:192.0.2.1 with its last two words in hex. */
function withHexTail(address: string): string {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (dotted === null) return address;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.slice(2).map(Number);
  return `${dotted[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
