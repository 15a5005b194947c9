/** The UUID of a host: that of its home folder, which stays the same. */
import { createHash } from 'node:crypto';

export function hostUuid(home: string): string {
  const hash = createHash('sha256').update(home).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
