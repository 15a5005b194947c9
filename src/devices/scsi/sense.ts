/** What a SCSI unit says of a command that failed: a table of sense data. Source: SPC-4 §4.5, annex D. */

interface SenseRow {
  readonly key: number;
  /** Additional sense code and its qualifier. */
  readonly code: number;
  readonly qualifier: number;
}

// biome-ignore format: a table reads in columns
export const SENSE = {
  none:               { key: 0x0, code: 0x00, qualifier: 0x00 },
  mediumAbsent:       { key: 0x2, code: 0x3a, qualifier: 0x00 },
  readError:          { key: 0x3, code: 0x11, qualifier: 0x00 },
  writeError:         { key: 0x3, code: 0x0c, qualifier: 0x00 },
  parameterLength:    { key: 0x5, code: 0x1a, qualifier: 0x00 },
  invalidCommand:     { key: 0x5, code: 0x20, qualifier: 0x00 },
  outOfRange:         { key: 0x5, code: 0x21, qualifier: 0x00 },
  invalidField:       { key: 0x5, code: 0x24, qualifier: 0x00 },
  noUnit:             { key: 0x5, code: 0x25, qualifier: 0x00 },
  invalidParameter:   { key: 0x5, code: 0x26, qualifier: 0x00 },
  removalPrevented:   { key: 0x5, code: 0x53, qualifier: 0x02 },
  mediumChanged:      { key: 0x6, code: 0x28, qualifier: 0x00 },
  reset:              { key: 0x6, code: 0x29, qualifier: 0x00 },
  capacityChanged:    { key: 0x6, code: 0x2a, qualifier: 0x09 },
  unitsChanged:       { key: 0x6, code: 0x3f, qualifier: 0x0e },
  writeProtected:     { key: 0x7, code: 0x27, qualifier: 0x00 },
} as const satisfies Record<string, SenseRow>;

export type SenseName = keyof typeof SENSE;

const SENSE_BYTES = 18;
const CURRENT = 0x70;

/** Sense data of the fixed format. Source: SPC-4 §4.5.3. */
export function senseBytes(name: SenseName): Uint8Array {
  const { key, code, qualifier } = SENSE[name];
  const bytes = new Uint8Array(SENSE_BYTES);
  bytes.set([CURRENT, 0, key]);
  bytes[7] = SENSE_BYTES - 8;
  bytes[12] = code;
  bytes[13] = qualifier;
  return bytes;
}
