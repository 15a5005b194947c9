/** A SCSI unit: a disk or a CD drive over a store, with what it has to say to whoever comes next. Source: SAM-5 §5.14. */
import type { BlockBackend } from '../virtio/block-backend.ts';
import { CD_COMMANDS, type CdFacts } from './cd-commands.ts';
import type { ScsiCommand, ScsiOutcome } from './command.ts';
import { DISK_COMMANDS } from './disk-commands.ts';
import type { SenseName } from './sense.ts';

export type ScsiUnitKind = 'disk' | 'cdrom';

export interface ScsiUnitStateV1 {
  readonly blocks: number;
  readonly attention: SenseName | '';
  readonly isLocked: boolean;
  readonly hasMedium: boolean;
}

const BLOCK_BYTES = { disk: 512, cdrom: 2048 } as const;
const REPORT_LUNS = 0xa0;
const INQUIRY = 0x12;
const REQUEST_SENSE = 0x03;

export class ScsiUnit implements CdFacts {
  readonly kind: ScsiUnitKind;
  readonly backend: BlockBackend;
  readonly type: number;
  readonly product: string;
  readonly serial: string;
  readonly isRemovable: boolean;
  readonly readOnly: boolean;
  readonly blockBytes: number;
  hasMedium = true;
  isLocked = false;
  mediumEvent: 0 | 1 | 2 | 3 = 0;
  blocks: number;
  #attention: SenseName | '' = 'reset';

  constructor(kind: ScsiUnitKind, backend: BlockBackend) {
    this.kind = kind;
    this.backend = backend;
    this.type = kind === 'disk' ? 0 : 5;
    this.product = kind === 'disk' ? 'Virtual disk' : 'Virtual CD-ROM';
    this.serial = backend.id;
    this.isRemovable = kind === 'cdrom';
    this.readOnly = kind === 'cdrom' || backend.readOnly;
    this.blockBytes = BLOCK_BYTES[kind];
    this.blocks = Math.floor(backend.sizeBytes / this.blockBytes);
  }

  /** What becomes of a command; unit attentions come first. Source: SAM-5 §5.14. */
  take(command: ScsiCommand): ScsiOutcome {
    const code = command.cdb[0] ?? 0;
    if (code === REPORT_LUNS) return reportLuns(command.cdb);
    const attention = this.#attention;
    if (attention !== '' && code !== INQUIRY) {
      this.#attention = '';
      if (code !== REQUEST_SENSE) return { sense: attention };
    }
    const row = this.kind === 'disk' ? DISK_COMMANDS[code] : CD_COMMANDS[code];
    return row?.(command, this) ?? { sense: 'invalidCommand' };
  }

  /** The guest's own button, or the host's. */
  eject(): void {
    this.hasMedium = false;
    this.isLocked = false;
    this.mediumEvent = 3;
  }

  insert(): void {
    this.hasMedium = true;
    this.mediumEvent = 2;
    this.#attention = 'mediumChanged';
    this.#measure();
  }

  /** The store is larger. */
  resized(): void {
    this.#measure();
    this.#attention = 'capacityChanged';
  }

  /** Units beside it came or went, and its driver hears of that in no other way. */
  othersChanged(): void {
    if (this.#attention === '') this.#attention = 'unitsChanged';
  }

  reset(): void {
    this.#attention = 'reset';
    this.isLocked = false;
  }

  save(): ScsiUnitStateV1 {
    return {
      blocks: this.blocks,
      attention: this.#attention,
      isLocked: this.isLocked,
      hasMedium: this.hasMedium,
    };
  }

  restore({ attention, isLocked, hasMedium }: ScsiUnitStateV1): void {
    this.#attention = attention;
    this.isLocked = isLocked;
    this.hasMedium = hasMedium;
  }

  #measure(): void {
    this.blocks = Math.floor(this.backend.sizeBytes / this.blockBytes);
  }
}

/** Each target has the one unit. Source: SPC-4 §6.33. */
function reportLuns(cdb: Uint8Array): ScsiOutcome {
  const allocation = (cdb[6] ?? 0) * 2 ** 24 + ((cdb[7] ?? 0) << 16) + ((cdb[8] ?? 0) << 8) + (cdb[9] ?? 0);
  const data = new Uint8Array(16);
  data[3] = 8;
  return { data: data.subarray(0, allocation) };
}
