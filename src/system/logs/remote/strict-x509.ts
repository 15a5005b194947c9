/** Syslog.global.certificate.strictX509Compliance: what a chain must have beyond being signed. Source: RFC 5280 §4.2.1. */
import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const CHAIN_MAX = 16;

/** What is wrong with the server's chain; undefined when nothing is. */
export function strictComplaint(socket: Pick<TLSSocket, 'getPeerX509Certificate'>): string | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return 'there is none';
  const chain: X509Certificate[] = [];
  for (
    let next: X509Certificate | undefined = leaf;
    next && chain.length < CHAIN_MAX;
    next = next.issuerCertificate
  ) {
    chain.push(next);
    if (next.issuerCertificate?.fingerprint256 === next.fingerprint256) break;
  }
  return chainComplaint(chain);
}

/** @param chain - the server's own first. */
export function chainComplaint(chain: readonly X509Certificate[]): string | undefined {
  const [leaf, ...above] = chain;
  if (leaf === undefined) return 'there is none';
  if (leaf.subjectAltName === undefined) return 'it has no subjectAltName';
  const usage = leaf.keyUsage as readonly string[] | undefined;
  if (usage !== undefined && !usage.includes(SERVER_AUTHENTICATION)) return 'it is not for servers';
  const noAuthority = above.find((certificate) => !certificate.ca);
  if (noAuthority !== undefined) return `"${noAuthority.subject}" signed one and is no authority`;
  return undefined;
}
