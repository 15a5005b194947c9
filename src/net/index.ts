/** The door of net: frames, links, virtual switches. */
export { cable } from './cable.ts';
export { pcapngHeader, pcapngPacket } from './capture/pcapng.ts';
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
export { requireKept } from './kept-config.ts';
export { Arena, type ExpressRow, MAX_LANES } from './lanes/arena.ts';
export { transportHeaderBytes } from './lanes/frame-ring.ts';
export { GuestLane, type LaneHost } from './lanes/guest-lane.ts';
export { type LanePort, SwitchLanes } from './lanes/switch-lanes.ts';
export * from './nat/index.ts';
export {
  DEFAULT_MTU_BYTES,
  FIRST_SWITCH,
  FIRST_UPLINK,
  firstNetworks,
  MANAGEMENT_NETWORK,
  MAX_GROUPS,
  type NetworkConfig,
  parseNetworks,
  VM_NETWORK,
} from './network-config.ts';
export { Networks, type NetworksHost, type Plug } from './networks.ts';
export { type LinkAbilities, type LinkEnd, TAKES_ALL, TAKES_NONE } from './port.ts';
export * from './stack/index.ts';
export { formatMac, generatedMac, parseMac, staticMacProblem } from './switch/mac.ts';
export { TRAFFIC_TYPES, type TrafficAllocation, type TrafficType } from './switch/nioc.ts';
export {
  FAILURE_DETECTION,
  LOAD_BALANCING,
  mergedPolicies,
  type Policies,
  type PolicyOverrides,
} from './switch/policy.ts';
export {
  DROPS,
  nicName,
  type PortCounters,
  type Station,
  type SwitchPort,
  type Tap,
  vmOfNic,
} from './switch/switch-port.ts';
export type { Uplink, UplinkDevice } from './switch/uplink.ts';
export type { VirtualSwitch } from './switch/virtual-switch.ts';
export {
  checkedTaps,
  parseTaps,
  type TapEntry,
  type TapsConfig,
} from './taps-config.ts';
export { openDoor } from './vmknic/service-door.ts';
export {
  firstVmknics,
  parseVmknics,
  SERVICE_NAMES,
  type Service,
  type StackConfig,
  VMKNIC_MTU,
  type VmknicConfig,
  type VmknicsConfig,
  vmknicMac,
} from './vmknic/vmknic-config.ts';
export { type Vmknic, type VmknicChange, Vmknics } from './vmknic/vmknics.ts';
export { MAX_VNI, VXLAN_PORT } from './vxlan/header.ts';
export { type TunnelCounts, VxlanTunnel } from './vxlan/tunnel.ts';
export {
  checkedTunnels,
  MAX_TUNNELS,
  parseTunnels,
  type TunnelEntry,
  type TunnelsConfig,
} from './vxlan/tunnels-config.ts';
