/** Options of the network: `Net.*`. Source: ESXi 7.0, list of advanced options. */
import { integer, type OptionRow, string } from './option.ts';

// biome-ignore format: a table reads in columns
export const NET_OPTIONS: readonly OptionRow[] = [
  integer('Net.BlockGuestBPDU',          0,    0, 1,       'kept', 'Drop bridge protocol frames of guests'),
  integer('Net.FollowHardwareMac',       0,    0, 1,       'kept', 'Let the management interface have the MAC address of the hardware'),
  integer('Net.GuestIPHack',             0,    0, 1,       'kept', 'Learn the IP addresses of guests from their ARP packets'),
  integer('Net.IGMPQueryInterval',       125,  32, 3600,   'kept', 'Seconds between two general queries of multicast snooping'),
  integer('Net.IGMPVersion',             3,    2, 3,       'kept', 'Version of IGMP'),
  integer('Net.LinkStatePollTimeout',    500,  100, 90_000, 'kept', 'Milliseconds between two looks at the state of links'),
  integer('Net.MaxBeaconVlans',          100,  0, 4096,    'kept', 'VLANs that are probed by beacons at most'),
  integer('Net.MaxNetifTxQueueLen',      2000, 1, 10_000,  'kept', 'Packets that wait for an uplink at most'),
  integer('Net.MaxPortRxQueueLen',       80,   1, 500,     'kept', 'Packets that wait for a port at most'),
  integer('Net.MLDVersion',              2,    1, 2,       'kept', 'Version of MLD'),
  integer('Net.NotifySwitch',            1,    0, 1,       'kept', 'Tell switches where an address is now'),
  integer('Net.ReversePathFwdCheck',     1,    0, 1,       'kept', 'Drop broadcasts that come back by another uplink of a team'),
  integer('Net.TcpipDefLROEnabled',      1,    0, 1,       'kept', 'Large receive offload of the host\'s own TCP/IP'),
  integer('Net.TcpipHeapMax',            1024, 32, 3070,   'kept', 'MB that the host\'s own TCP/IP may take'),
  integer('Net.TeamPolicyUpDelay',       100,  0, 1_800_000, 'kept', 'Milliseconds before an uplink that came up is used'),
  string ('Net.ProvisioningVmknics',     '',               'kept', 'Interfaces for provisioning'),
];
