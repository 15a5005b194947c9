/** What a configuration file must look like to be put: each tells the first line that is wrong. */
import { isIP } from 'node:net';
import { parseTrustedKeys } from '#system';

type Check = (text: string) => string | undefined;

const KEY_TYPES = /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp(?:256|384|521)|sk-[a-z0-9@.-]+)$/;
const HOST_NAME = /^(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?$/;

/** Printable text. */
export const checkText: Check = (text) => (text.includes('\0') ? 'it has a zero byte' : undefined);

/** hosts(5). Without this a typing error would take the host's own name from it. */
export const checkHosts: Check = (text) =>
  eachLine(text, (line) => {
    const [address = '', ...names] = line.split('#', 1)[0]?.trim().split(/\s+/) ?? [];
    if (address === '') return undefined;
    if (isIP(address.split('%', 1)[0] ?? '') === 0) return `"${address}" is not an address`;
    if (names.length === 0) return 'there is no name behind the address';
    const wrong = names.find((name) => !HOST_NAME.test(name));
    return wrong === undefined ? undefined : `"${wrong}" is not a host name`;
  });

/** sshd(8), AUTHORIZED_KEYS FILE FORMAT. */
export const checkAuthorizedKeys: Check = (text) =>
  eachLine(text, (line) => {
    if (line === '' || line.startsWith('#')) return undefined;
    const words = line.split(/\s+/);
    const at = words.findIndex((word) => KEY_TYPES.test(word));
    if (at < 0) return 'there is no type of key';
    const blob = Buffer.from(words[at + 1] ?? '', 'base64');
    const length = blob.length < 4 ? 0 : blob.readUInt32BE(0);
    const named = blob.subarray(4, 4 + length).toString('latin1');
    return named === words[at] ? undefined : 'the key is damaged';
  });

/** `key = "value"`, as in .vmx files. */
export const checkKeyValues: Check = (text) =>
  eachLine(text, (line) => {
    if (line === '' || line.startsWith('#')) return undefined;
    return /^[\w.:/-]+\s*=\s*"[^"]*"$/.test(line) ? undefined : 'it is not of the form key = "value"';
  });

function eachLine(text: string, complaint: (line: string) => string | undefined): string | undefined {
  const zero = checkText(text);
  if (zero !== undefined) return zero;
  for (const [i, line] of text.split('\n').entries()) {
    const found = complaint(line.trim());
    if (found !== undefined) return `line ${i + 1}: ${found.slice(0, 200)}`;
  }
  return undefined;
}

/** /etc/vmware/package-keys: each line a key that may sign packages. */
export function checkPackageKeys(text: string): string | undefined {
  return parseTrustedKeys(text).problems[0];
}
