/** gdb's remote protocol, and a machine as its target. */
export { MachineTarget, type TargetParts } from './machine-target.ts';
export { encodePacket, type Incoming, PacketReader } from './packet.ts';
export { GdbSession } from './session.ts';
export type { DebugTarget, Motion, Point, StopReason } from './target.ts';
