/** The host's firewall: which rule sets are enabled, for whom, and so who may connect to the host's own ports. */
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { contains, isLoopback, type Network, networkText, parseNetwork } from './addresses.ts';
import { type RulesetState, readState, writtenState } from './firewall-state.ts';
import { RULESETS, type RulesetRow } from './rulesets.ts';

export const FIREWALL_PATH = '/etc/vmware/firewall/state.json';

export type DefaultAction = 'DROP' | 'PASS';

/** What somebody wants to reach: a rule set by its key, or a port of the host. */
export type Door = { readonly ruleset: string } | { readonly protocol: 'tcp' | 'udp'; readonly port: number };

/** A rule set as it is listed. */
export interface RulesetStatus extends RulesetRow {
  readonly enabled: boolean;
  readonly allowedAll: boolean;
  /** Addresses and networks; they count when not all are allowed. */
  readonly allowed: readonly string[];
}

export interface FirewallParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
}

const ALLOWED_MAX = 1000;

/**
 * The machine itself (127.0.0.0/8 and ::1) is always let in and out: who is on it has the local API anyway, and it is
 * the way back for who has locked everybody else out.
 */
export class Firewall {
  readonly #parts: FirewallParts;
  readonly #rows: readonly RulesetRow[];
  readonly #listeners = new Set<() => void>();
  #states: Map<string, RulesetState>;
  #enabled: boolean;
  #defaultAction: DefaultAction;
  #loaded = true;

  constructor(parts: FirewallParts, rows: readonly RulesetRow[] = RULESETS) {
    this.#parts = parts;
    this.#rows = rows;
    ({ enabled: this.#enabled, defaultAction: this.#defaultAction, states: this.#states } = this.#read());
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get defaultAction(): DefaultAction {
    return this.#defaultAction;
  }

  list(): RulesetStatus[] {
    return this.#rows.map((row) => this.#status(row));
  }

  /** @throws HostError when there is none */
  ruleset(key: string): RulesetStatus {
    return this.#status(this.#row(key));
  }

  /** Whether it is enabled; what is no rule set is not. */
  isEnabled(key: string): boolean {
    return this.#rows.some((row) => row.key === key) && this.ruleset(key).enabled;
  }

  /** Asked for each connection to one of the host's own ports, when it is accepted. */
  mayConnect(door: Door, remoteAddress: string): boolean {
    return this.#decides('inbound', door, remoteAddress);
  }

  /** Asked before the host itself connects to another one. */
  mayConnectTo(door: Door, remoteAddress: string): boolean {
    return this.#decides('outbound', door, remoteAddress);
  }

  /** Tells of every change. Returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Switched off, or not loaded, it lets everything through. */
  setEnabled(enabled: boolean): void {
    this.#write({ enabled });
  }

  setDefaultAction(defaultAction: DefaultAction): void {
    this.#write({ defaultAction });
  }

  /** Until the host starts anew. */
  setLoaded(loaded: boolean): void {
    this.#loaded = loaded;
    this.#changed(`the firewall is ${loaded ? 'loaded' : 'unloaded'}`);
  }

  /** Reads what is written in the file. */
  refresh(): void {
    ({ enabled: this.#enabled, defaultAction: this.#defaultAction, states: this.#states } = this.#read());
    this.#changed('the firewall was read again');
  }

  /** @throws HostError */
  setRuleset(key: string, change: { readonly enabled?: boolean; readonly allowedAll?: boolean }): void {
    const { enabled, allowedAll, allowed } = this.ruleset(key);
    this.#writeRuleset(key, { enabled, allowedAll, allowed, ...change });
  }

  /** @throws HostError when it is no address or network, or there already */
  allow(key: string, text: string): void {
    const status = this.ruleset(key);
    const network = networkText(this.#network(key, text));
    if (status.allowedAll)
      throw refused('add to', key, 'all addresses are allowed; set allowed-all to false first');
    if (status.allowed.includes(network)) throw refused('add to', key, `${network} is in it already`);
    if (status.allowed.length >= ALLOWED_MAX) throw refused('add to', key, `it has ${ALLOWED_MAX} entries`);
    this.#writeRuleset(key, { ...state(status), allowed: [...status.allowed, network] });
  }

  /** @throws HostError */
  disallow(key: string, text: string): void {
    const status = this.ruleset(key);
    const network = networkText(this.#network(key, text));
    if (!status.allowed.includes(network)) throw refused('remove from', key, `${network} is not in it`);
    this.#writeRuleset(key, {
      ...state(status),
      allowed: status.allowed.filter((entry) => entry !== network),
    });
  }

  #decides(direction: 'inbound' | 'outbound', door: Door, address: string): boolean {
    if (!this.#enabled || !this.#loaded || isLoopback(address)) return true;
    const opened = this.#rows.filter((row) => leads(row, direction, door)).map((row) => this.#status(row));
    const enabled = opened.filter((status) => status.enabled);
    if (enabled.length === 0) return this.#defaultAction === 'PASS';
    return enabled.some(({ allowedAll, allowed }) => allowedAll || contains(networks(allowed), address));
  }

  #row(key: string): RulesetRow {
    const row = this.#rows.find((candidate) => candidate.key === key);
    if (row === undefined) throw refused('find', key, 'there is none of that name');
    return row;
  }

  #status(row: RulesetRow): RulesetStatus {
    return {
      ...row,
      ...(this.#states.get(row.key) ?? { enabled: row.enabled, allowedAll: true, allowed: [] }),
    };
  }

  #network(key: string, text: string): Network {
    const network = parseNetwork(text.trim());
    if (network === undefined)
      throw refused('use an address for', key, `"${text}" is no address and no network`);
    return network;
  }

  #writeRuleset(key: string, next: RulesetState): void {
    this.#write({ states: new Map(this.#states).set(key, next) });
    const who = next.allowedAll ? 'all' : next.allowed.join(', ') || 'nobody';
    this.#parts.logger.info(`rule set ${key} is ${next.enabled ? 'enabled' : 'disabled'} for ${who}`);
  }

  #write(change: {
    enabled?: boolean;
    defaultAction?: DefaultAction;
    states?: Map<string, RulesetState>;
  }): void {
    const next = {
      enabled: this.#enabled,
      defaultAction: this.#defaultAction,
      states: this.#states,
      ...change,
    };
    this.#parts.files.replace(FIREWALL_PATH, writtenState(next));
    ({ enabled: this.#enabled, defaultAction: this.#defaultAction, states: this.#states } = next);
    this.#changed(
      `the firewall is ${this.#enabled ? 'enabled' : 'disabled'}, its default action ${this.#defaultAction}`,
    );
  }

  #changed(what: string): void {
    this.#parts.logger.info(what);
    for (const listener of this.#listeners) listener();
  }

  #read() {
    const { files, logger } = this.#parts;
    return readState(files.read(FIREWALL_PATH), this.#rows, (problem) =>
      logger.warning(`${FIREWALL_PATH}: ${problem}`),
    );
  }
}

function state({ enabled, allowedAll, allowed }: RulesetStatus): RulesetState {
  return { enabled, allowedAll, allowed };
}

function networks(allowed: readonly string[]): Network[] {
  return allowed.map(parseNetwork).filter((network) => network !== undefined);
}

function leads(row: RulesetRow, direction: 'inbound' | 'outbound', door: Door): boolean {
  if ('ruleset' in door) return row.key === door.ruleset;
  return row.rules.some(
    (rule) =>
      rule.direction === direction &&
      rule.protocol === door.protocol &&
      rule.portType === 'dst' &&
      door.port >= rule.firstPort &&
      door.port <= rule.lastPort,
  );
}

function refused(action: string, ruleset: string, reason: string): HostError<'firewall-refused'> {
  return new HostError('firewall-refused', { action, ruleset, reason });
}
