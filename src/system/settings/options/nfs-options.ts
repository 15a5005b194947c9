/** Options of network file systems: `NFS.*`, `NFS41.*`. Source: ESXi 7.0, list of advanced options. */
import { integer, type OptionRow } from './option.ts';

// biome-ignore format: a table reads in columns
export const NFS_OPTIONS: readonly OptionRow[] = [
  integer('NFS.ApdStartCount',             3,      1, 5,        'kept', 'Heartbeats in a row that fail before all paths count as down'),
  integer('NFS.DiskFileLockUpdateFreq',    10,     8, 3600,     'kept', 'Seconds between two renewals of a lock file'),
  integer('NFS.HeartbeatDelta',            5,      3, 30,       'kept', 'Seconds since the last answer before a heartbeat is sent'),
  integer('NFS.HeartbeatFrequency',        12,     5, 86_400,   'kept', 'Seconds between two heartbeats'),
  integer('NFS.HeartbeatMaxFailures',      10,     6, 10,       'kept', 'Heartbeats in a row that fail before a volume is down'),
  integer('NFS.HeartbeatTimeout',          5,      3, 30,       'kept', 'Seconds that a heartbeat may take'),
  integer('NFS.LockBreakTimeout',          10,     0, 3600,     'kept', 'Seconds before a stale lock is broken'),
  integer('NFS.LockRenewMaxFailureNumber', 3,      1, 100,      'kept', 'Renewals that fail before a lock is stale'),
  integer('NFS.LockUpdateTimeout',         5,      1, 8,        'kept', 'Seconds that a renewal of a lock may take'),
  integer('NFS.MaxQueueDepth',             4_294_967_295, 1, 4_294_967_295, 'kept', 'Requests of one volume at a time'),
  integer('NFS.MaxVolumes',                32,     8, 256,      'kept', 'Volumes of NFS 3 that can be mounted'),
  integer('NFS.ReceiveBufferSize',         1024,   64, 5120,    'kept', 'KB of a socket\'s receive buffer'),
  integer('NFS.SendBufferSize',            1024,   32, 5120,    'kept', 'KB of a socket\'s send buffer'),
  integer('NFS.SyncRetries',               25,     3, 360,      'kept', 'Tries of 10 seconds before a request fails'),
  integer('NFS.VolumeRemountFrequency',    30,     30, 3600,    'kept', 'Seconds between two tries to mount a volume again'),
  integer('NFS41.EOSDelay',                30,     0, 90,       'kept', 'Seconds of safety before requests are sent again'),
  integer('NFS41.IOTaskRetry',             25,     1, 100,      'kept', 'Tries of a synchronous request'),
  integer('NFS41.MaxRead',                 4_294_967_295, 256, 4_294_967_295, 'kept', 'Bytes of a read at most'),
  integer('NFS41.MaxVolumes',              32,     8, 256,      'kept', 'Volumes of NFS 4.1 that can be mounted'),
  integer('NFS41.MaxWrite',                4_294_967_295, 256, 4_294_967_295, 'kept', 'Bytes of a write at most'),
  integer('NFS41.MountTimeout',            30,     1, 60,       'kept', 'Seconds that a mount may take'),
];
