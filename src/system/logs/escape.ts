/** Makes one line of a message, whatever is in it: what would end a line or move a terminal is shown, not done. */

/** C0 and C1 controls, line and paragraph separators, and marks that turn the direction of writing. */
const DANGEROUS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const ANY_DANGER = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The message in one line: `\n`, `\x1b`, `\u2028` for the characters themselves. */
export function oneLine(message: string): string {
  const wellFormed = message.toWellFormed();
  return ANY_DANGER.test(wellFormed) ? wellFormed.replace(DANGEROUS, shown) : wellFormed;
}

function shown(character: string): string {
  const code = character.charCodeAt(0);
  return (
    SHORT[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`)
  );
}

/** At most so many bytes of UTF-8, cut between characters. */
export function cutBytes(text: string, bytesMax: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= bytesMax) return text;
  let end = Math.max(0, bytesMax);
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}
