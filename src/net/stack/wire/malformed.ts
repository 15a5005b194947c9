/** Why a packet is not taken: the words under which it is counted. */

export type Malformed =
  | 'too short'
  | 'wrong version'
  | 'wrong length'
  | 'wrong checksum'
  | 'wrong option'
  | 'wrong kind'
  | 'impossible address';

/** Whether a parser refused. */
export function isMalformed(parsed: object | Malformed): parsed is Malformed {
  return typeof parsed === 'string';
}
