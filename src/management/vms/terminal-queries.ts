/** What a terminal answers to, taken out of what a console said before: whoever joins it would answer to a machine that asks no more. Source: ECMA-48, ctlseqs of xterm. */

/** Status and cursor, device attributes, parameters, modes, version, keyboard; sizes; colours and the like; settings. */
const QUERIES = [
  String.raw`\x05|\x1bZ`,
  String.raw`\x1b\[[?>=]?[\d;]*(?:[cnx]|\$p)`,
  String.raw`\x1b\[>[\d;]*q|\x1b\[\?u`,
  String.raw`\x1b\[(?:1[1-9]|2[01])(?:;\d+)*t`,
  String.raw`\x1b\](?:[\d;]*;)?\?(?:\x07|\x1b\\)`,
  String.raw`\x1bP[$+]q[^\x1b]{0,256}\x1b\\`,
];
const QUERY = new RegExp(QUERIES.join('|'), 'g');

export function withoutQueries(said: Uint8Array): Uint8Array {
  const text = Buffer.from(said.buffer, said.byteOffset, said.length).toString('latin1');
  return Buffer.from(text.replace(QUERY, ''), 'latin1');
}
