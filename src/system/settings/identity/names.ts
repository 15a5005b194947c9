/** Names of hosts and domains: what may be one. Source: RFC 1123 §2.1, RFC 1035 §2.3.4. */

const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const DOMAIN_CHARACTERS_MAX = 253;

/** What is wrong with the name of a host, without its domain; undefined when nothing is. */
export function hostComplaint(name: string): string | undefined {
  if (name === '') return 'a host has a name';
  if (name.includes('.')) return 'it is the name without the domain';
  if (!LABEL.test(name)) return 'it has 1 … 63 letters, digits and hyphens, no hyphen at either end';
  return /^\d+$/.test(name) ? 'a name is not only digits' : undefined;
}

/** Empty is no domain, which a host may have. */
export function domainComplaint(domain: string): string | undefined {
  if (domain === '') return undefined;
  if (domain.length > DOMAIN_CHARACTERS_MAX) return `it has at most ${DOMAIN_CHARACTERS_MAX} characters`;
  const wrong = domain.split('.').find((label) => !LABEL.test(label));
  return wrong === undefined ? undefined : `"${wrong}" in it is no part of a domain`;
}
