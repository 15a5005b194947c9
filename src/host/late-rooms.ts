/**
 * What one VM without network cards and disks can do without, with the engine that it mostly has: whoever needs it first loads it,
 * here and now.
 */
import { createRequire } from 'node:module';
import type * as Net from '#net';
import type * as Riscv from '#riscv';
import type * as Storage from '#storage';
import type * as BootFiles from './boot-files.ts';
import type * as HomeDisks from './home-disks.ts';
import type * as HostMemory from './host-memory.ts';
import type * as ProfilePart from './profile.ts';
import type * as SamplerPart from './sampler.ts';
import type * as SnapshotFile from './snapshot-file.ts';
import type * as TracePart from './trace.ts';

const load = createRequire(import.meta.url);

/** What is not loaded with the thread. A getter each; what was loaded is found again by Node. */
export const late = {
  get bootFiles(): typeof BootFiles {
    return load('./boot-files.ts');
  },
  get hostMemory(): typeof HostMemory {
    return load('./host-memory.ts');
  },
  get homeDisks(): typeof HomeDisks {
    return load('./home-disks.ts');
  },
  get profile(): typeof ProfilePart {
    return load('./profile.ts');
  },
  get sampler(): typeof SamplerPart {
    return load('./sampler.ts');
  },
  get snapshotFile(): typeof SnapshotFile {
    return load('./snapshot-file.ts');
  },
  get trace(): typeof TracePart {
    return load('./trace.ts');
  },
  get net(): typeof Net {
    return load('#net');
  },
  get riscv(): typeof Riscv {
    return load('#riscv');
  },
  get storage(): typeof Storage {
    return load('#storage');
  },
};
