/** What the VM commands need of the host: the VMs that run. */
import type { Trouble } from './accounts.ts';

/** How hard a VM is stopped, from its own shutdown to an end without mercy. */
export const KILL_TYPES = ['soft', 'hard', 'force'] as const;
export type KillType = (typeof KILL_TYPES)[number];

export interface VmProcess {
  readonly worldId: number;
  readonly processId: number;
  readonly cartelId: number;
  readonly uuid: string;
  readonly displayName: string;
  readonly configFile: string;
}

export interface VmsPort {
  list(): readonly VmProcess[];
  /** Undefined when it ended or is ending; a world that is no VM is a trouble. */
  kill(worldId: number, type: KillType): Trouble | Promise<Trouble>;
}
