/** Commands of a CD drive that only reads. Source: MMC-6 §6. */
import { be16, cut, DONE, put16, put32, type ScsiCommand, type ScsiOutcome } from './command.ts';
import { COMMON_COMMANDS, type CommandRow, read, type UnitFacts } from './common-commands.ts';

/** What a drive does beside reading. */
export interface CdFacts extends UnitFacts {
  isLocked: boolean;
  /** The medium was put in or taken out since somebody asked. */
  mediumEvent: 0 | 1 | 2 | 3;
  eject(): void;
}

const PROFILE_CD_ROM = 0x0008;
const LEAD_OUT = 0xaa;
const DATA_TRACK = 0x14;
const MEDIA_CLASS = 4;
const FRAMES_PER_SECOND = 75;
const LEAD_IN_FRAMES = 150;

export const CD_COMMANDS: Readonly<Record<number, CommandRow<CdFacts>>> = {
  ...COMMON_COMMANDS,
  ...{ 0x28: read, 0xa8: read },
  0x1b: startStop,
  0x1e({ cdb }, unit) {
    unit.isLocked = ((cdb[4] ?? 0) & 1) !== 0;
    return DONE;
  },
  0x25: readCapacity,
  0x43: readToc,
  0x46: configuration,
  0x4a: eventStatus,
  0x51: discInformation,
};

function startStop({ cdb }: ScsiCommand, unit: CdFacts): ScsiOutcome {
  const [isLoading, isStart] = [((cdb[4] ?? 0) & 2) !== 0, ((cdb[4] ?? 0) & 1) !== 0];
  if (!isLoading || isStart) return DONE;
  if (unit.isLocked) return { sense: 'removalPrevented' };
  unit.eject();
  return DONE;
}

function readCapacity(_: ScsiCommand, { hasMedium, blocks, blockBytes }: CdFacts): ScsiOutcome {
  if (!hasMedium) return { sense: 'mediumAbsent' };
  const data = new Uint8Array(8);
  put32(data, 0, blocks - 1);
  put32(data, 4, blockBytes);
  return { data };
}

/** One track of data, and the lead-out after it. Source: MMC-6 §6.25. */
function readToc({ cdb }: ScsiCommand, { hasMedium, blocks }: CdFacts): ScsiOutcome {
  if (!hasMedium) return { sense: 'mediumAbsent' };
  const format = (cdb[2] ?? 0) & 0x0f || (cdb[9] ?? 0) >> 6;
  const isTime = ((cdb[1] ?? 0) & 2) !== 0;
  const first = cdb[6] ?? 0;
  if (format > 1) return { sense: 'invalidField' };
  if (format === 0 && first > 1 && first !== LEAD_OUT) return { sense: 'invalidField' };
  const tracks: readonly (readonly [number: number, block: number])[] =
    format === 1
      ? [[1, 0]]
      : first === LEAD_OUT
        ? [[LEAD_OUT, blocks]]
        : [
            [1, 0],
            [LEAD_OUT, blocks],
          ];
  const data = new Uint8Array(4 + 8 * tracks.length);
  put16(data, 0, data.length - 2);
  data.set([1, 1], 2);
  for (const [index, [number, block]] of tracks.entries()) {
    data.set([0, DATA_TRACK, number], 4 + 8 * index);
    put32(data, 8 + 8 * index, isTime ? timeOf(block) : block);
  }
  return cut(data, be16(cdb, 7));
}

/** Minutes, seconds and frames as bytes of a number. */
function timeOf(block: number): number {
  const frames = block + LEAD_IN_FRAMES;
  const seconds = Math.floor(frames / FRAMES_PER_SECOND);
  return ((Math.floor(seconds / 60) & 0xff) << 16) | ((seconds % 60) << 8) | (frames % FRAMES_PER_SECOND);
}

/** The list of profiles, and that the medium can be removed. Source: MMC-6 §6.6. */
function configuration({ cdb }: ScsiCommand, { hasMedium }: CdFacts): ScsiOutcome {
  const profiles = [0x00, 0x00, 0x03, 4, 0x00, PROFILE_CD_ROM, hasMedium ? 1 : 0, 0];
  const core = [0x00, 0x01, 0x0b, 8, 0, 0, 0, 0x01, 1, 0, 0, 0];
  const removable = [0x00, 0x03, 0x07, 4, 0x29, 0, 0, 0];
  const data = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, ...profiles, ...core, ...removable]);
  put32(data, 0, data.length - 4);
  put16(data, 6, hasMedium ? PROFILE_CD_ROM : 0);
  return cut(data, be16(cdb, 7));
}

/** By polling only: what became of the medium, once. Source: MMC-6 §6.7. */
function eventStatus({ cdb }: ScsiCommand, unit: CdFacts): ScsiOutcome {
  if (((cdb[1] ?? 0) & 1) === 0) return { sense: 'invalidField' };
  const isAsked = ((cdb[4] ?? 0) & (1 << MEDIA_CLASS)) !== 0;
  if (!isAsked) return cut(Uint8Array.from([0, 2, 0x80, 1 << MEDIA_CLASS]), be16(cdb, 7));
  const event = unit.mediumEvent;
  unit.mediumEvent = 0;
  return cut(
    Uint8Array.from([0, 6, MEDIA_CLASS, 1 << MEDIA_CLASS, event, unit.hasMedium ? 2 : 0, 0, 0]),
    be16(cdb, 7),
  );
}

/** A complete disc of one session. Source: MMC-6 §6.21. */
function discInformation({ cdb }: ScsiCommand, { hasMedium }: CdFacts): ScsiOutcome {
  if (!hasMedium) return { sense: 'mediumAbsent' };
  const data = new Uint8Array(34);
  put16(data, 0, data.length - 2);
  data.set([0x0e, 1, 1, 1, 1], 2);
  return cut(data, be16(cdb, 7));
}
