/** Signatures of packages: Ed25519 over the descriptor, by a key that the host's table trusts up to a level. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type AcceptanceLevel, isAcceptanceLevel, isAtLeast } from './acceptance.ts';

/** A row of the table of trusted keys. */
export interface TrustedKey {
  readonly name: string;
  /** What it signs is trusted no further than this. */
  readonly level: AcceptanceLevel;
  readonly key: KeyObject;
  readonly id: string;
}

/** Where the table is: a line for each key, `LEVEL BASE64 NAME`. */
export const TRUSTED_KEYS_PATH = '/etc/vmware/package-keys';
export const TRUSTED_KEYS_TEXT = '# Keys that may sign packages: LEVEL PUBLIC-KEY NAME, a line for each.\n';

const KEY_TYPE = 'ed25519';
/** Says what is signed, so that nothing else that the key signs is taken for it. */
const CONTEXT = new TextEncoder().encode('vmkernel package descriptor 1\0');

/** The keys of a table; a line that is none is left out, and said. */
export function parseTrustedKeys(text: string): { keys: readonly TrustedKey[]; problems: readonly string[] } {
  const keys: TrustedKey[] = [];
  const problems: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [level = '', base64 = '', ...name] = line.trim().split(/\s+/);
    const key = publicKey(base64);
    if (key === undefined || !isAcceptanceLevel(level))
      problems.push(`line ${i + 1} is not LEVEL PUBLIC-KEY NAME`);
    else keys.push({ name: name.join(' '), level, key, id: keyId(key) });
  }
  return { keys, problems };
}

/** The line of a key in the table. */
export function trustedKeyLine(key: KeyObject, level: AcceptanceLevel, name: string): string {
  const publicPart = key.type === 'public' ? key : createPublicKey(key);
  return `${level} ${publicPart.export({ type: 'spki', format: 'der' }).toString('base64')} ${name}\n`;
}

/** Reads a private key in PEM; undefined when it is none of this kind. */
export function privateKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === KEY_TYPE ? key : undefined;
  } catch {
    return undefined;
  }
}

/** A signature's member in a package. */
export function signDescriptor(descriptor: Uint8Array, key: KeyObject): Uint8Array {
  const id = keyId(createPublicKey(key));
  const signature = sign(null, signed(descriptor), key).toString('base64');
  return new TextEncoder().encode(`${KEY_TYPE} ${id} ${signature}\n`);
}

/** The key that signed; a text says why the signature does not hold. */
export function checkSignature(
  descriptor: Uint8Array,
  member: Uint8Array | undefined,
  level: AcceptanceLevel,
  keys: readonly TrustedKey[],
): TrustedKey | string {
  if (member === undefined) return 'it is not signed';
  const [, id, signature] =
    /^ed25519 ([0-9a-f]{16}) ([A-Za-z0-9+/=]{88})\n$/.exec(new TextDecoder().decode(member)) ?? [];
  if (id === undefined || signature === undefined) return 'its signature cannot be read';
  const key = keys.find((each) => each.id === id);
  if (key === undefined) return `the key ${id} that signed it is not trusted`;
  if (!verify(null, signed(descriptor), key.key, Buffer.from(signature, 'base64'))) {
    return 'its signature is wrong';
  }
  return isAtLeast(key.level, level) ? key : `key "${key.name}" signs no higher than ${key.level}`;
}

function signed(descriptor: Uint8Array): Uint8Array {
  return Buffer.concat([CONTEXT, descriptor]);
}

function publicKey(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === KEY_TYPE ? key : undefined;
  } catch {
    return undefined;
  }
}

function keyId(key: KeyObject): string {
  const spki = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}
