/** The door of net: frames, links, virtual switches. */
export { cable } from './cable.ts';
export * from './checksum.ts';
export { finished } from './finish.ts';
export {
  ETHERNET_HEADER_BYTES,
  type Frame,
  MAX_FRAME_BYTES,
  type PartialChecksum,
  type Segmentation,
  VLAN_TAG_BYTES,
} from './frame.ts';
export { type LinkAbilities, type LinkEnd, TAKES_ALL, TAKES_NONE } from './port.ts';
export * from './stack/index.ts';
