/** The VIM API of a host: the objects that are always there, sessions' own, and the door for requests. Loaded when the first one comes. */
import type { Session } from '#system';
import type { VimContext } from './context.ts';
import { Dispatcher, type SoapAnswer, type SoapCall } from './dispatcher.ts';
import { Downloads } from './downloads.ts';
import { GuestTransfers } from './guest/guest-transfers.ts';
import type { VimHost } from './host.ts';
import { type ConsoleTickets, consoleTickets } from './mks/console-tickets.ts';
import type { Look } from './model/call.ts';
import { Objects } from './model/objects.ts';
import { Rights } from './model/rights.ts';
import { Tasks } from './model/tasks.ts';
import type { MoRef } from './model/value.ts';
import { installFixed } from './objects/fixed.ts';
import { installManagers } from './objects/managers.ts';
import { Task } from './objects/task.ts';
import type { Leases } from './ovf/leases.ts';
import { CollectorState } from './properties/collector.ts';
import { KeptValues } from './properties/kept-values.ts';
import { ValueWriter } from './soap/write-value.ts';
import { loadTypeTable, type TypeTable } from './table/type-table.ts';
import type { Version } from './table/version.ts';
import { GuestIds } from './vm/guest-os.ts';

/** Adds managed objects, and keeps them as they are. Returns what ends it. */
export type Installer = (vim: VimContext) => (() => void) | void;

/** Those of every host; each adds its part of the API. */
const INSTALLERS: readonly Installer[] = [installManagers];

export class VimService implements VimContext {
  readonly host: VimHost;
  readonly table: TypeTable;
  readonly objects = new Objects();
  readonly tasks: Tasks;
  readonly kept: KeptValues;
  readonly guestFiles: GuestTransfers;
  readonly consoleTickets: ConsoleTickets;
  readonly downloads: Downloads;
  readonly guestIds: GuestIds;
  leases: Leases | undefined;
  readonly #rights: Rights;
  readonly #dispatcher: Dispatcher;
  readonly #writers = new Map<Version, ValueWriter>();
  #usualWriter: ValueWriter | undefined;
  readonly #ends: (() => void)[] = [];
  readonly #ofSessions = new Map<string, Set<() => void>>();
  readonly #collectors = new Map<string, CollectorState>();
  #nextId = 1;

  constructor(host: VimHost, installers: readonly Installer[] = [], table = loadTypeTable()) {
    this.host = host;
    this.table = table;
    this.#rights = new Rights(host.accounts, table);
    this.kept = new KeptValues(this.objects, host.clock);
    this.guestIds = GuestIds.of(table);
    const nowMs = () => Number(host.clock.nowNanoseconds() / 1_000_000n);
    this.guestFiles = new GuestTransfers(nowMs);
    this.consoleTickets = consoleTickets(nowMs);
    this.downloads = new Downloads(nowMs);
    this.tasks = new Tasks({
      objects: this.objects,
      clock: host.clock,
      logger: host.logger,
      kind: Task,
      history: host.taskHistory,
      actors: host.actors,
    });
    this.#dispatcher = new Dispatcher(this);
    this.#ends.push(host.accounts.sessions.watchEnds((session) => this.#loggedOut(session)));
    this.#ends.push(
      host.events.watch(() =>
        this.objects.changed(
          'ha-eventmgr',
          ...this.objects.refs('EventHistoryCollector').map(({ value }) => value),
        ),
      ),
    );
    for (const install of [installFixed((key) => this.#collectorOf(key)), ...INSTALLERS, ...installers]) {
      const end = install(this);
      if (end !== undefined) this.#ends.push(end);
    }
  }

  answer(call: SoapCall): Promise<SoapAnswer> {
    return this.#dispatcher.answer(call);
  }

  /** Ends the waits of all sessions. */
  close(): void {
    for (const key of [...this.#ofSessions.keys()]) this.#sessionEnded(key);
    for (const end of this.#ends.toReversed()) end();
  }

  look(session: Session | undefined): Look {
    const { objects } = this;
    return { objects, session, allows: this.#rights.of(session) };
  }

  nameOf({ value }: MoRef): string | undefined {
    const object = this.objects.get(value);
    return object?.kind.property('name')?.(object.self, this.look(undefined)) as string | undefined;
  }

  vmsOn(type: 'Datastore' | 'Network', id: string): MoRef[] {
    const property = type === 'Datastore' ? 'datastore' : 'network';
    const look = this.look(undefined);
    return this.objects
      .ofType('VirtualMachine')
      .filter(({ kind, self }) => {
        const refs = kind.property(property)?.(self, look) as readonly MoRef[] | undefined;
        return refs?.some(({ value }) => value === id) ?? false;
      })
      .map(({ ref }) => ref);
  }

  writer(version: Version): ValueWriter {
    let writer = this.#writers.get(version);
    if (writer === undefined) this.#writers.set(version, (writer = new ValueWriter(this.table, version)));
    return (this.#usualWriter = writer);
  }

  get usualWriter(): ValueWriter {
    return this.#usualWriter ?? this.writer(this.table.versions.newest);
  }

  onSessionEnd(key: string, action: () => void): () => void {
    const actions = this.#ofSessions.get(key) ?? new Set();
    this.#ofSessions.set(key, actions.add(action));
    return () => actions.delete(action);
  }

  newId(prefix: string): string {
    return `${prefix}-${this.#nextId++}`;
  }

  #collectorOf(session: string): CollectorState {
    let state = this.#collectors.get(session);
    if (state === undefined) {
      const made = new CollectorState({ objects: this.objects, after: this.host.after });
      this.#collectors.set(session, (state = made));
      this.onSessionEnd(session, () => {
        made.destroy();
        this.#collectors.delete(session);
      });
    }
    return state;
  }

  #loggedOut(session: Session): void {
    const { key, channel, user, remote, userAgent, callCount } = session;
    if (channel === 'api') {
      const loginTime = Number(session.loginWallNanoseconds / 1_000_000n);
      const detail = { ipAddress: remote, userAgent, callCount, sessionId: key, loginTime };
      this.host.events.add({ type: 'UserLogoutSessionEvent', user, detail });
    }
    this.#sessionEnded(key);
  }

  #sessionEnded(key: string): void {
    const actions = this.#ofSessions.get(key) ?? new Set();
    this.#ofSessions.delete(key);
    for (const action of actions) action();
    this.objects.removeOwned(key);
  }
}
