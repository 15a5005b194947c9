/** guestinfo.*: what guest and host tell one another by keys; whatever a guest says, it is bounded. */
import type { Vmx } from '#vmm';

const KEY = /^guestinfo\.[\w.-]{1,100}$/;
const PREFIX = /^guestinfo\./i;
const MAX_KEYS = 128;
export const MAX_INFO_BYTES = 65_536;

/** Keys of a .vmx are case-insensitive, guests ask for "guestinfo.…". */
export const isGuestInfo = (key: string): boolean => PREFIX.test(key);

export class GuestInfo {
  readonly #values = new Map<string, string>();

  get values(): ReadonlyMap<string, string> {
    return this.#values;
  }

  /** A machine begins: it has what stands in its .vmx, and nothing that its guest said before. */
  begin(vmx: Iterable<readonly [key: string, value: string]>): void {
    this.#values.clear();
    this.take(vmx);
  }

  /** What is no guestinfo.* key that a guest can have stays the .vmx file's own. */
  take(vmx: Iterable<readonly [key: string, value: string]>): void {
    for (const [key, value] of vmx) if (isGuestInfo(key)) this.set(key, value);
  }

  /** @returns the key as guests know it; undefined when it is none, or there are too many. */
  set(given: string, value: string): string | undefined {
    const key = given.replace(PREFIX, 'guestinfo.');
    if (!KEY.test(key) || key.includes('..') || Buffer.byteLength(value) > MAX_INFO_BYTES) return undefined;
    if (value === '') this.#values.delete(key);
    else if (this.#values.has(key) || this.#values.size < MAX_KEYS) this.#values.set(key, value);
    else return undefined;
    return key;
  }
}

/** Sets it where it outlives the machine. */
export function writeGuestInfo(vmx: Vmx, key: string, value: string): void {
  if (value === '') vmx.delete(key);
  else vmx.set(key, value);
}
