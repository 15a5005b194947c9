/** What the main thread and the memory manager's thread tell one another. */
import type { MemoryAllocation, MemoryOptions, MemoryPool, StoreProblem } from '#kernel';
import type { KeptVm } from './memory-keeper.ts';

/** Given to the thread at its start. */
export interface MemoryThreadStart {
  readonly memory: WebAssembly.Memory;
  /** Buffers of the Bells of the pCPUs, and of the MemoryBell. */
  readonly bells: SharedArrayBuffer;
  readonly pcpus: number;
  readonly bell: SharedArrayBuffer;
  readonly options: MemoryOptions;
}

export type MemoryMail =
  | { readonly kind: 'add'; readonly vm: KeptVm }
  /** Answered by `removed`: the thread is not at its pages any more. */
  | { readonly kind: 'remove'; readonly key: string }
  | {
      readonly kind: 'allocate';
      readonly key: string;
      readonly allocation: MemoryAllocation;
      /** Its resource pool. */
      readonly pool: number;
    }
  | { readonly kind: 'pools'; readonly pools: readonly MemoryPool[] }
  | { readonly kind: 'options'; readonly options: Partial<MemoryOptions> };

export type MemoryReport =
  | { readonly kind: 'removed'; readonly key: string }
  /** A page of this VM could not be put away. */
  | {
      readonly kind: 'problem';
      readonly key: string;
      readonly problem: StoreProblem;
      readonly reason: string;
    };
