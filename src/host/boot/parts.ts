/** What a host consists of while it comes up: each step of the boot adds its part. */
import type { HostFiles, Volumes } from '#kernel';
import { Logger, type Random } from '#lib';
import {
  Actors,
  type Autostart,
  type EventLog,
  type HistoryFile,
  type HostServices,
  type HttpsPort,
  type Inventory,
  type PerfRecorder,
  type Pools,
  type RemoteService,
  type UpConfig,
  type vimService,
} from '#management';
import type { Vmknics } from '#net';
import type { DatastoreFolder, HostLocks } from '#storage';
import type {
  AccountFiles,
  Accounts,
  Bank,
  BankHome,
  CertificateStore,
  HostLogs,
  HostSettings,
  KnownDescriptors,
  OffsetClock,
  PackageManager,
  RootFileSystem,
  StateKeeper,
} from '#system';
import type { Cpus } from '../cpus.ts';
import type { DatastoreSchedules } from '../datastore-schedules.ts';
import type { HostNetwork } from '../network/host-network.ts';
import type { HostNat } from '../network/kept-nat.ts';
import type { NatUplink } from '../network/nat-uplink.ts';
import type { Taps } from '../network/taps.ts';
import type { Tunnels } from '../network/tunnels.ts';
import type { BootLog } from './boot-log.ts';

export class HostParts {
  readonly config: UpConfig;
  readonly version: string;
  /** Shows the host's time. */
  readonly clock: OffsetClock;
  readonly random: Random;
  readonly log: BootLog;
  readonly logger: Logger;
  /** Milliseconds since 1970, of the machine's time. */
  readonly startedMs: number;
  /** Shows the person a line at once: for what must not be lost when the boot fails further on. */
  readonly notice: (line: string) => void;
  /** Lines for the person who brings it up. */
  readonly lines: string[] = [];
  lock!: number;
  home!: BankHome;
  bank!: Bank;
  root!: RootFileSystem;
  /** The root file system as root sees it. */
  files!: HostFiles;
  readonly actors = new Actors();
  events!: EventLog;
  histories: { readonly events: HistoryFile; readonly tasks: HistoryFile } | undefined;
  endEvents: () => void = () => {};
  performance!: PerfRecorder;
  keeper!: StateKeeper;
  volumes!: Volumes;
  datastores!: Map<string, DatastoreFolder>;
  /** Who has which VM on it, by the datastore's folder. */
  readonly locks = new Map<string, HostLocks>();
  /** Ends their heartbeat. */
  endLocks: () => void = () => {};
  settings!: HostSettings;
  logs!: HostLogs;
  accounts!: Accounts;
  accountFiles!: AccountFiles;
  packages!: PackageManager;
  /** Descriptors of the services that packages brought. */
  readonly packageServices: KnownDescriptors = new Map();
  /** Resolves when those services are what the packages say. */
  servicesSync: Promise<void> = Promise.resolve();
  certificates!: CertificateStore;
  cpus!: Cpus;
  schedules!: DatastoreSchedules;
  network!: HostNetwork;
  nat!: NatUplink;
  hostNat!: HostNat;
  vmknics!: Vmknics;
  tunnels!: Tunnels;
  taps!: Taps;
  vms!: Inventory;
  autostart!: Autostart;
  pools!: Pools;
  /** Tells who waits for it that a VM has gone off. */
  vmStopped: () => void = () => {};
  services!: HostServices;
  /** Given by the step of the heartbeat. */
  endHeartbeat!: () => void;
  endPerformance!: () => void;
  endVcpuWatch!: () => void;
  /** Given before the boot: what ends the host is not a part of it. */
  makeServices!: () => HostServices;
  https: HttpsPort | undefined;
  /** The VIM API, once somebody may ask for it. */
  vim: ReturnType<typeof vimService> | undefined;
  /** Where that listens. */
  httpsPort = 443;
  local!: { close(): Promise<void> };
  /** The same for the HTTPS port, once the host is up. */
  remote: RemoteService | undefined;

  /** The logger of a part, by which its log is chosen: `hostd`, `auth`, `esxupdate`, … */
  readonly loggerOf = (source: string): Logger => new Logger(source, this.log.sink, this.clock);

  constructor(
    fixed: Pick<
      HostParts,
      'config' | 'version' | 'clock' | 'random' | 'log' | 'logger' | 'startedMs' | 'notice'
    >,
  ) {
    this.config = fixed.config;
    this.version = fixed.version;
    this.clock = fixed.clock;
    this.random = fixed.random;
    this.log = fixed.log;
    this.logger = fixed.logger;
    this.notice = fixed.notice;
    this.startedMs = fixed.startedMs;
  }
}
