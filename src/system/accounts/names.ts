/** What users, groups and descriptions may be called. Source: useradd(8), "CAVEATS"; passwd(5). */

const MAX_NAME_LENGTH = 32;
const MAX_DESCRIPTION_LENGTH = 255;

/** What is wrong with a name; undefined when it is good. */
export function nameTrouble(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `a name has at most ${MAX_NAME_LENGTH} characters`;
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
    return 'a name begins with a letter or _, and has letters, digits, _, . and - only';
  }
  return undefined;
}

/** What is wrong with a description: it stands between colons in a line. */
export function descriptionTrouble(text: string): string | undefined {
  if (text.length > MAX_DESCRIPTION_LENGTH)
    return `a description has at most ${MAX_DESCRIPTION_LENGTH} characters`;
  return /[:\p{Cc}]/u.test(text) ? 'a description has no colon and no control characters' : undefined;
}
