/** Whether a password stands on a text that others know: an old password, a name, a word, a row of keys. Source: passwdqc.conf(5) "match". */
import { isSimple, type QualityRules } from './strength.ts';

/**
 * How a match counts: taken out of the password, or only by its length beyond the first characters. A `word` that is
 * not spelled in letters must be one character longer to count.
 */
export type MatchMode = 'remove' | 'discount' | 'word';

/** Characters that are read for each other: `P@55w0rd` is `password`. */
// biome-ignore format: pairs
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: '4', '@': '4', e: '3', i: '!', '|': '!', l: '1', o: '0', s: '5', $: '5', t: '7', '+': '7',
};

/** One spelling for all that look alike, as long as the text was. */
export function unified(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[a-z@|$+]/g, (character) => LOOKALIKES[character] ?? character);
}

/** Whether the password is too simple without what it has in common with `known`, forwards or backwards. */
export function isBasedOn(rules: QualityRules, password: string, known: string, mode: MatchMode): boolean {
  const [needle, haystack] = [unified(password), unified(known)];
  if (rules.matchLength <= 0 || haystack.length < rules.matchLength) return false;
  const backwards = reversed(haystack);
  for (let start = 0; start <= needle.length - rules.matchLength; start++) {
    for (let end = start + rules.matchLength; end <= needle.length; end++) {
      const common = needle.slice(start, end);
      if (!haystack.includes(common) && !backwards.includes(common)) break;
      const rest = password.slice(0, start) + password.slice(end);
      const isTooSimple =
        mode === 'remove'
          ? isSimple(rules, rest, rules.matchLength - 1)
          : isTooShort(rules, password, start, end, mode);
      if (isTooSimple) return true;
    }
  }
  return false;
}

function isTooShort(
  rules: QualityRules,
  password: string,
  start: number,
  end: number,
  mode: MatchMode,
): boolean {
  const isSpelled = mode !== 'word' || /^[A-Za-z]*$/.test(password.slice(start, end));
  const credit = rules.matchLength - (isSpelled ? 1 : 0) - (end - start);
  return credit < 0 && isSimple(rules, password, credit, mode === 'word' ? 0 : credit);
}

function reversed(text: string): string {
  return Array.from(text).toReversed().join('');
}
