/** The header of a frame in VXLAN, over UDP. Source: RFC 7348 §5. */

export const VXLAN_PORT = 4789;
export const VXLAN_HEADER_BYTES = 8;
/** Outer IPv4, UDP and VXLAN headers, and the inner frame's Ethernet header. */
export const VXLAN_OVERHEAD_BYTES = 20 + 8 + VXLAN_HEADER_BYTES + 14;
export const MAX_VNI = 0xff_ff_ff;
/** The flag "there is a VNI"; the others are reserved: sent as zero, not looked at. */
const HAS_VNI = 0x08;

/** Puts header and frame together. */
export function encapsulated(vni: number, frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(VXLAN_HEADER_BYTES + frame.length);
  bytes[0] = HAS_VNI;
  bytes[4] = vni >>> 16;
  bytes[5] = vni >>> 8;
  bytes[6] = vni;
  bytes.set(frame, VXLAN_HEADER_BYTES);
  return bytes;
}

/** The VNI and the frame of a datagram; undefined when it is none of VXLAN, or its frame is too short to be one. */
export function decapsulated(
  bytes: Uint8Array,
): { readonly vni: number; readonly frame: Uint8Array } | undefined {
  if (bytes.length < VXLAN_HEADER_BYTES + 14 || ((bytes[0] as number) & HAS_VNI) === 0) return undefined;
  const vni = ((bytes[4] as number) << 16) | ((bytes[5] as number) << 8) | (bytes[6] as number);
  return { vni, frame: bytes.subarray(VXLAN_HEADER_BYTES) };
}
