/** What others have of the NAT. */
export { DEFAULT_NAT_NETWORK, type NatNetwork, natNetwork } from './addresses.ts';
export type { Lease } from './dhcp/leases.ts';
export type { Forward, ForwardConfig } from './forwards.ts';
export { type Guest as NatGuest, Nat, type NatConfig } from './nat.ts';
export {
  checkedNat,
  FIRST_NAT,
  type KeptForward,
  type KeptNat,
  type KeptRule,
  parseNat,
  ruleOf,
} from './nat-config.ts';
export type {
  Outside,
  OutsideDatagramEvents,
  OutsideDatagrams,
  OutsideEndpoint,
  OutsideFailure,
  OutsideListener,
  OutsideStream,
  OutsideStreamEvents,
} from './outside.ts';
export type { NatRule } from './rules.ts';
