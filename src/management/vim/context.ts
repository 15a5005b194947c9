/** What the managed objects of a host share: the objects, the tasks, the table, and the host behind them. */
import type { Session } from '#system';
import type { Downloads } from './downloads.ts';
import type { GuestTransfers } from './guest/guest-transfers.ts';
import type { VimHost } from './host.ts';
import type { ConsoleTickets } from './mks/console-tickets.ts';
import type { Look } from './model/call.ts';
import type { Objects } from './model/objects.ts';
import type { Tasks } from './model/tasks.ts';
import type { MoRef } from './model/value.ts';
import type { Leases } from './ovf/leases.ts';
import type { KeptValues } from './properties/kept-values.ts';
import type { ValueWriter } from './soap/write-value.ts';
import type { TypeTable } from './table/type-table.ts';
import type { Version } from './table/version.ts';
import type { GuestIds } from './vm/guest-os.ts';

export interface VimContext {
  readonly host: VimHost;
  readonly table: TypeTable;
  readonly objects: Objects;
  readonly tasks: Tasks;
  readonly kept: KeptValues;
  /** Guest systems by their ids. */
  readonly guestIds: GuestIds;
  /** Files on their way to guests and from them. */
  readonly guestFiles: GuestTransfers;
  readonly consoleTickets: ConsoleTickets;
  readonly downloads: Downloads;
  /** Leases on files of VMs; undefined for a host that has none. */
  leases: Leases | undefined;
  /** Properties and privileges as somebody sees them; undefined for nobody. */
  look(session: Session | undefined): Look;
  /** The name of an entity, for people. */
  nameOf(entity: MoRef): string | undefined;
  /** The VMs that use a datastore or a network. */
  vmsOn(type: 'Datastore' | 'Network', id: string): MoRef[];
  /** One for each version: it keeps what it finds out of the table. */
  writer(version: Version): ValueWriter;
  /** The one that was asked for last. */
  readonly usualWriter: ValueWriter;
  /** Calls something when a session ends, however it ends, unless the result is called before. */
  onSessionEnd(key: string, action: () => void): () => void;
  /** An id that no object had before. */
  newId(prefix: string): string;
}
