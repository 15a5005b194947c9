/** What the commands about settings need of the host: options, log service, firewall, DNS, NTP, services. Changes throw HostError. */

/** One advanced option, as its table has it. */
export interface OptionFact {
  readonly key: string;
  readonly type: 'bool' | 'integer' | 'string' | 'choice';
  readonly default: boolean | number | string;
  readonly help: string;
  readonly least?: number;
  readonly most?: number;
}

export interface OptionsPort {
  readonly rows: readonly OptionFact[];
  row(key: string): OptionFact;
  get(key: string): boolean | number | string;
  isDefault(key: string): boolean;
  setAll(wanted: readonly (readonly [key: string, value: unknown])[]): void;
  setText(key: string, text: string): void;
  reset(key: string): void;
}

export interface LoggerFact {
  readonly row: { readonly id: string; readonly description: string; readonly file: string };
  readonly sizeKib: number;
  readonly rotations: number;
}

export interface LogsPort {
  /** Where the files are. */
  readonly path: string;
  loggers(): readonly LoggerFact[];
  mark(message: string): void;
  reload(): void;
}

export interface RulesetFact {
  readonly key: string;
  readonly enabled: boolean;
  readonly allowedAll: boolean;
  readonly allowed: readonly string[];
  readonly rules: readonly {
    readonly direction: 'inbound' | 'outbound';
    readonly protocol: string;
    readonly portType: 'dst' | 'src';
    readonly firstPort: number;
    readonly lastPort: number;
  }[];
}

export interface FirewallPort {
  readonly enabled: boolean;
  readonly loaded: boolean;
  readonly defaultAction: 'DROP' | 'PASS';
  list(): readonly RulesetFact[];
  ruleset(key: string): RulesetFact;
  setEnabled(enabled: boolean): void;
  setDefaultAction(action: 'DROP' | 'PASS'): void;
  setLoaded(loaded: boolean): void;
  refresh(): void;
  setRuleset(key: string, change: { readonly enabled?: boolean; readonly allowedAll?: boolean }): void;
  allow(key: string, network: string): void;
  disallow(key: string, network: string): void;
}

export interface DnsPort {
  readonly state: { readonly servers: readonly string[]; readonly search: readonly string[] };
  addServer(address: string): void;
  removeServer(address: string): void;
  clearServers(): void;
  addSearch(domain: string): void;
  removeSearch(domain: string): void;
}

export const NTP_LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export interface NtpPort {
  readonly state: { readonly servers: readonly string[]; readonly logLevel: (typeof NTP_LEVELS)[number] };
  set(change: {
    readonly servers?: readonly string[];
    readonly logLevel?: (typeof NTP_LEVELS)[number];
  }): void;
}

export interface ServiceFact {
  readonly key: string;
  readonly policy: string;
  readonly running: boolean;
}

export interface ServicesPort {
  list(): readonly ServiceFact[];
  start(key: string): Promise<void>;
  stop(key: string): Promise<void>;
  setPolicy(key: string, policy: 'on' | 'off' | 'automatic'): void;
}
