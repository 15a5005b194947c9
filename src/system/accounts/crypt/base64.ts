/** The base 64 of crypt(3): its own alphabet, low bits first. Source: crypt(5). */

export const CRYPT_ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Writes groups of up to three bytes, the first the most significant, low six bits first. */
export function cryptBase64(bytes: Uint8Array, groups: readonly (readonly number[])[]): string {
  return groups
    .map((group) => {
      let value = group.reduce((word, index) => (word << 8) | (bytes[index] as number), 0);
      let text = '';
      for (let bits = group.length * 8; bits > 0; bits -= 6) {
        text += CRYPT_ALPHABET[value & 63];
        value >>= 6;
      }
      return text;
    })
    .join('');
}
