/** What a handler knows of the call that it answers: who calls, what they may, the objects that there are. */
import type { Session } from '#system';
import type { TypeTable } from '../table/type-table.ts';
import type { Version } from '../table/version.ts';
import type { Objects } from './objects.ts';
import type { TaskWork } from './tasks.ts';
import type { MoRef, VimFault } from './value.ts';

/** Who looks, and at what: for properties. */
export interface Look {
  readonly objects: Objects;
  /** Undefined for who is not logged in, and for the host itself. */
  readonly session: Session | undefined;
  /** Whether they have a privilege on an object: on the entity, or for what is none on the host's root. */
  readonly allows: (privilege: string, object: MoRef) => boolean;
}

export interface Call extends Look {
  readonly self: MoRef;
  readonly method: string;
  readonly version: Version;
  readonly table: TypeTable;
  /** The other end's address. */
  readonly remote: string;
  readonly userAgent: string;
  /** The name for logs and for who did it. */
  readonly user: string;
  /** Ends when the client goes away. */
  readonly gone: AbortSignal;
  /** NoPermission, or undefined when they may. */
  refusal(privilege: string, object: MoRef): VimFault | undefined;
  /** Begins a task: what a method whose name ends in `_Task` returns. `entity`: what it is about, if that is a ManagedEntity. */
  task(work: TaskWork, about?: TaskAbout): MoRef;
  /** Sets the cookie of the session that a login opened; undefined takes it away. */
  setSession(session: Session | undefined): void;
}

export interface TaskAbout {
  readonly entity?: MoRef | undefined;
  readonly isCancelable?: boolean;
}
