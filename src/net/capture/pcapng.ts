/** Captured frames as a pcapng file. Source: draft-ietf-opsawg-pcapng, §4.1–4.3. */

const BLOCK = { section: 0x0a0d0d0a, interface: 1, packet: 6 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LINKTYPE_ETHERNET = 1;
/** Longer frames are cut. */
const SNAP_BYTES = 65_535 + 22;
const OPTION = { end: 0, interfaceName: 2, application: 4, timestampResolution: 9, flags: 2 } as const;
/** Timestamps in nanoseconds: 10^-9. */
const NANOSECONDS = 9;
const DIRECTION = { in: 1, out: 2 } as const;

type Option = readonly [code: number, value: Uint8Array];

const encoder = new TextEncoder();

/** What a file begins with: one section with one interface. */
export function pcapngHeader(interfaceName: string): Uint8Array {
  const section = new DataView(new ArrayBuffer(16));
  section.setUint32(0, BYTE_ORDER_MAGIC, true);
  section.setUint16(4, 1, true);
  section.setBigInt64(8, -1n, true);
  const description = new DataView(new ArrayBuffer(8));
  description.setUint16(0, LINKTYPE_ETHERNET, true);
  description.setUint32(4, SNAP_BYTES, true);
  const parts = [
    block(BLOCK.section, bytesOf(section), [[OPTION.application, encoder.encode('VMkernel')]]),
    block(BLOCK.interface, bytesOf(description), [
      [OPTION.interfaceName, encoder.encode(interfaceName)],
      [OPTION.timestampResolution, Uint8Array.of(NANOSECONDS)],
    ]),
  ];
  return joined(parts);
}

/** One frame. `in` is what the station received. */
export function pcapngPacket(
  frame: Uint8Array,
  wallNanoseconds: bigint,
  direction: 'in' | 'out',
): Uint8Array {
  const kept = frame.subarray(0, SNAP_BYTES);
  const fixed = new DataView(new ArrayBuffer(20));
  fixed.setUint32(4, Number(wallNanoseconds >> 32n), true);
  fixed.setUint32(8, Number(wallNanoseconds & 0xffff_ffffn), true);
  fixed.setUint32(12, kept.length, true);
  fixed.setUint32(16, frame.length, true);
  const flags = Uint8Array.of(DIRECTION[direction], 0, 0, 0);
  return block(BLOCK.packet, joined([bytesOf(fixed), padded(kept)]), [[OPTION.flags, flags]]);
}

/** Type and length, the body, options, the length again. */
function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
  const tail = [...options, [OPTION.end, new Uint8Array(0)] as const].map(optionBytes);
  const inner = joined([body, ...tail]);
  const whole = new Uint8Array(inner.length + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, whole.length, true);
  whole.set(inner, 8);
  view.setUint32(whole.length - 4, whole.length, true);
  return whole;
}

function optionBytes([code, value]: Option): Uint8Array {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint16(0, code, true);
  head.setUint16(2, value.length, true);
  return joined([bytesOf(head), padded(value)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 4 === 0) return bytes;
  const whole = new Uint8Array((bytes.length + 3) & ~3);
  whole.set(bytes);
  return whole;
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer as ArrayBuffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
