/** The services of a host: what runs, by which policy, started and stopped one step at a time each. */
import { assert, HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import { POLICIES, type Policy, SERVICES, type Service, type ServiceRow } from './service.ts';

export const SERVICES_PATH = '/etc/vmware/services.conf';

/** A service as it is listed. */
export interface ServiceStatus {
  readonly key: string;
  readonly label: string;
  readonly policy: Policy;
  readonly running: boolean;
  readonly required: boolean;
  readonly rulesets: readonly string[];
  readonly sourcePackage: string | undefined;
}

export interface ServicesParts {
  readonly files: SettingsFiles;
  readonly logger: Logger;
  /** The firewall's rule sets, which `automatic` follows. */
  readonly rulesets: {
    isEnabled(ruleset: string): boolean;
    onChange(listener: () => void): () => void;
  };
}

interface Entry {
  readonly row: ServiceRow;
  readonly service: Service;
  running: boolean;
  /** Steps are taken one after another. */
  last: Promise<unknown>;
}

export class Services {
  readonly #parts: ServicesParts;
  readonly #entries = new Map<string, Entry>();
  readonly #policies: Map<string, Policy>;
  readonly #stopFollowing: () => void;
  #isUp = false;

  constructor(parts: ServicesParts) {
    this.#parts = parts;
    this.#policies = readPolicies(parts);
    this.#stopFollowing = parts.rulesets.onChange(() => void this.#follow());
  }

  /** Makes a service of this host of it; what the table does not name brings its row. */
  provide(key: string, service: Service, row = SERVICES.find((known) => known.key === key)): void {
    assert(row !== undefined, `service ${key} has no row`);
    if (this.#entries.has(key)) {
      throw new HostError('service-refused', {
        action: 'add',
        service: key,
        reason: 'there is one of this name',
      });
    }
    this.#entries.set(key, { row, service, running: false, last: Promise.resolve() });
  }

  /** Takes a stopped service away, such as one of a package that is removed. */
  async withdraw(key: string): Promise<void> {
    const entry = this.#find(key);
    await this.#step(entry, false);
    this.#entries.delete(entry.row.key);
  }

  /** Starts one that came while the host is up, when its policy says so. One that fails is said. */
  async startIfWanted(key: string): Promise<void> {
    const entry = this.#find(key);
    if (this.#isUp && this.#wanted(entry)) await this.#step(entry, true).catch(() => undefined);
  }

  list(): ServiceStatus[] {
    return [...this.#entries.values()]
      .map((entry) => this.#status(entry))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** @throws HostError when there is no such service */
  status(key: string): ServiceStatus {
    return this.#status(this.#find(key));
  }

  /** @throws HostError when it cannot be started */
  start(key: string): Promise<void> {
    return this.#step(this.#find(key), true);
  }

  /** @throws HostError when it is required, or cannot be stopped */
  stop(key: string): Promise<void> {
    return this.#step(this.#stoppable(key, 'stop'), false);
  }

  async restart(key: string): Promise<void> {
    const entry = this.#find(key);
    await this.#step(entry, false);
    await this.#step(entry, true);
  }

  /** @throws HostError */
  setPolicy(key: string, policy: Policy): void {
    const entry = policy === 'off' ? this.#stoppable(key, 'switch off') : this.#find(key);
    if (!POLICIES.includes(policy)) {
      throw new HostError('service-refused', {
        action: 'set the policy of',
        service: key,
        reason: `it is one of ${POLICIES.join(', ')}`,
      });
    }
    const next = new Map(this.#policies).set(entry.row.key, policy);
    if (policy === entry.row.policy) next.delete(entry.row.key);
    this.#parts.files.replace(SERVICES_PATH, writtenPolicies(next));
    this.#policies.delete(entry.row.key);
    if (policy !== entry.row.policy) this.#policies.set(entry.row.key, policy);
    this.#parts.logger.info(`service ${key} has policy ${policy}`);
  }

  /** Starts what is to run with the host. One that fails is said, and the others go on. */
  async startAll(): Promise<void> {
    this.#isUp = true;
    for (const entry of this.#entries.values()) {
      if (this.#wanted(entry)) await this.#step(entry, true).catch(() => undefined);
    }
  }

  /** Stops all that run, the last one first, required ones too. */
  async stopAll(): Promise<void> {
    this.#isUp = false;
    this.#stopFollowing();
    for (const entry of [...this.#entries.values()].toReversed())
      await this.#step(entry, false).catch(() => undefined);
  }

  #find(key: string): Entry {
    const entry = this.#entries.get(key);
    if (entry !== undefined) return entry;
    throw new HostError('service-refused', {
      action: 'find',
      service: key,
      reason: 'this host has none of that name',
    });
  }

  #stoppable(key: string, action: string): Entry {
    const entry = this.#find(key);
    const { requiredBy } = entry.row;
    if (requiredBy === undefined) return entry;
    throw new HostError('service-refused', { action, service: key, reason: `${requiredBy} needs it` });
  }

  #status({ row, running }: Entry): ServiceStatus {
    const { key, label, requiredBy, rulesets, sourcePackage } = row;
    const policy = this.#policies.get(key) ?? row.policy;
    return { key, label, policy, running, required: requiredBy !== undefined, rulesets, sourcePackage };
  }

  #wanted({ row }: Entry): boolean {
    const policy = this.#policies.get(row.key) ?? row.policy;
    if (policy !== 'automatic') return policy === 'on';
    return row.rulesets.some((ruleset) => this.#parts.rulesets.isEnabled(ruleset));
  }

  /** Automatic services go with their rule sets. */
  async #follow(): Promise<void> {
    if (!this.#isUp) return;
    const automatic = [...this.#entries.values()].filter(
      ({ row }) => (this.#policies.get(row.key) ?? row.policy) === 'automatic',
    );
    await Promise.all(
      automatic.map((entry) => this.#step(entry, this.#wanted(entry)).catch(() => undefined)),
    );
  }

  #step(entry: Entry, run: boolean): Promise<void> {
    const step = entry.last.then(() => this.#change(entry, run));
    entry.last = step.catch(() => undefined);
    return step;
  }

  async #change(entry: Entry, run: boolean): Promise<void> {
    if (entry.running === run) return;
    const { key } = entry.row;
    const action = run ? 'start' : 'stop';
    try {
      await (run ? entry.service.start() : entry.service.stop());
    } catch (cause) {
      const reason = refusalOf(cause);
      this.#parts.logger.error(`service ${key} could not ${action}: ${reason}`);
      throw new HostError('service-refused', { action, service: key, reason }, { cause });
    }
    entry.running = run;
    this.#parts.logger.info(`service ${key} was ${run ? 'started' : 'stopped'}`);
  }
}

/** Why a step failed; what refuses by its own name says that already. */
function refusalOf(cause: unknown): string {
  const refused = cause instanceof HostError && cause.code === 'service-refused';
  return refused ? String(cause.details['reason']) : (cause as Error).message;
}

/** Lines `key = policy`; one that cannot be used is said and left out. */
function readPolicies({ files, logger }: ServicesParts): Map<string, Policy> {
  const found = new Map<string, Policy>();
  for (const [index, line] of (files.read(SERVICES_PATH) ?? '').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, key, policy] = /^\s*([\w.-]{1,64})\s*=\s*(\w+)\s*$/.exec(line) ?? [];
    if (key !== undefined && POLICIES.includes(policy as Policy)) found.set(key, policy as Policy);
    else logger.warning(`${SERVICES_PATH}, line ${index + 1}: it is not KEY = ${POLICIES.join('|')}`);
  }
  return found;
}

function writtenPolicies(policies: ReadonlyMap<string, Policy>): string {
  const lines = [...policies]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, policy]) => `${key} = ${policy}\n`);
  return `# Policies of services that were changed.\n${lines.join('')}`;
}
