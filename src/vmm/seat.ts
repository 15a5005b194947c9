/**
 * What one thread has of a VM: its harts, its page map and a run loop over them, attached to what stands in machine
 * memory. One thread, the home, has the devices too; harts are dealt with there when they meet one.
 */
import { BOARD, type GuestMemory } from '#devices';
import {
  forkMap,
  GuestMap,
  type GuestMapHost,
  type MachineMemory,
  type MapPlace,
  mapTableBytes,
} from '#kernel/machine';
import { assert, HostError } from '#lib';
import { Context, type Engine, PAGE_BYTES } from '#riscv';
import { deviceUses, EXIT_COUNT_BYTES, exitCounts } from './exit-counts.ts';
import { Hart, type TickClock } from './hart.ts';
import { HART_BYTES, HartWords } from './hart-words.ts';
import { checkConfig, type MachineConfig } from './machine-config.ts';
import { RunLoop, type RunParts } from './run-loop.ts';
import type { SbiMachine } from './sbi/call.ts';

/** Where a VM stands in machine memory; plain data, for every thread that is to run it. */
export interface MachinePlace {
  readonly name: string;
  readonly ramBytes: number;
  /** Machine addresses of the harts. */
  readonly harts: readonly number[];
  readonly map: MapPlace;
  /** Machine address of the words that belong to the VM as a whole. */
  readonly shared: number;
}

/** What a thread gives the VMs that it runs. */
export interface SeatHost {
  readonly clock: TickClock;
  /** A hart may have something to do now, on whichever thread. */
  wake(hart: Hart): void;
  /** Whether the VM shall not run now. */
  isHeld(): boolean;
  /** How its map gets pages when there are none, and where those are that were taken from it. */
  readonly memory?: Pick<GuestMapHost, 'stores' | 'reclaim'> | undefined;
}

/** What the home adds. */
export interface SeatDevices
  extends Pick<RunParts, 'bus' | 'symbols' | 'observer' | 'alarm' | 'poll' | 'isPaced'> {
  readonly sbi: Pick<SbiMachine, 'writeConsole' | 'readConsole' | 'powerOff' | 'reset'>;
}

/** What a place is laid out for. */
type SeatConfig = Pick<MachineConfig, 'name' | 'ramBytes' | 'harts'>;

function emptyMap(memory: MachineMemory, { ramBytes }: SeatConfig): GuestMap {
  return new GuestMap(memory, { ramBase: BOARD.ram.base, ramBytes, onHostWrite: () => {} });
}

/** Bytes that a VM takes in machine memory beside its pages and its harts. */
const SHARED_BYTES = EXIT_COUNT_BYTES;

/** Returns when every hart that runs has come out; see GuestMapHost. */
function hartsOutside(harts: readonly HartWords[]): void {
  for (const words of harts) words.waitOutside();
}

/** A VM's map for a thread that runs none of its harts, and looks after its memory. */
export function attachMap(
  memory: MachineMemory,
  place: MachinePlace,
  host: Pick<GuestMapHost, 'stores'>,
): GuestMap {
  const words = place.harts.map((address) => HartWords.of(memory.memory.buffer, address));
  return GuestMap.attach(memory, place.map, {
    ...{ onHostWrite: () => {}, quiesce: () => hartsOutside(words) },
    ...host,
  });
}

/** Machine pages of a VM's tables: what it costs beside its memory. */
export function overheadPages({ ramBytes, harts }: Pick<MachineConfig, 'ramBytes' | 'harts'>): number {
  const pages = (bytes: number): number => Math.ceil(bytes / PAGE_BYTES);
  return pages(mapTableBytes(ramBytes / PAGE_BYTES)) + harts * pages(HART_BYTES) + pages(SHARED_BYTES);
}

export class Seat {
  readonly place: MachinePlace;
  readonly harts: readonly Hart[];
  readonly map: GuestMap;
  readonly loop: RunLoop;
  /** How often each exit reason came, on all threads; index is the reason. */
  readonly exits: Int32Array;

  constructor(
    place: MachinePlace,
    memory: MachineMemory,
    engine: Engine,
    host: SeatHost,
    devices?: (seat: Pick<Seat, 'harts' | 'map'>) => SeatDevices,
  ) {
    const { buffer } = memory.memory;
    this.place = place;
    this.exits = exitCounts(buffer, place);
    this.harts = place.harts.map(
      (address, id) => new Hart(id, new Context(buffer, address), HartWords.of(buffer, address), host.clock),
    );
    this.map = GuestMap.attach(memory, place.map, {
      onHostWrite: (mpn) => engine.dropCode(mpn),
      quiesce: () => hartsOutside(this.harts.map(({ words }) => words)),
      ...host.memory,
    });
    const own = devices?.(this);
    this.loop = new RunLoop({
      ...{ engine, harts: this.harts, map: this.map, clock: host.clock },
      exits: this.exits,
      ...{ bus: own?.bus, symbols: own?.symbols ?? (() => undefined), observer: own?.observer },
      sbi: this.#sbi(this.map, host, own),
      isPaced: own?.isPaced,
      alarm: () => own?.alarm(),
      poll: () => own?.poll(),
      isHeld: () => host.isHeld(),
    });
  }

  /** Makes room for a VM, with a map that is there already or an empty one. @throws HostError `host-limit` */
  static layOut(
    memory: MachineMemory,
    config: SeatConfig,
    map: Pick<GuestMap, 'place'> = emptyMap(memory, config),
  ): MachinePlace {
    const { name, ramBytes, harts } = config;
    checkConfig(config);
    return {
      ...{ name, ramBytes },
      harts: Array.from({ length: harts }, (_, id) => memory.allocateTable(`hart ${id}`, HART_BYTES)),
      map: map.place,
      shared: memory.allocateTable('a VM', SHARED_BYTES),
    };
  }

  /**
   * Makes room for a VM whose pages are another one's until one of them writes. Preconditions: the other one is paused.
   * @throws HostError `host-limit`
   */
  static copy(
    memory: MachineMemory,
    config: SeatConfig,
    parent: GuestMap,
    host: SeatHost['memory'],
  ): MachinePlace {
    const map = forkMap(memory, parent, { onHostWrite: () => {}, ...host });
    if (map instanceof GuestMap) return Seat.layOut(memory, config, map);
    const reason = map === 'lost' ? 'a page of its memory was lost' : 'machine memory is used up';
    throw new HostError('host-limit', { what: `the copy ${config.name}`, reason });
  }

  /** Takes the room back. Preconditions: no thread uses it, and all pages are given back. */
  static giveBack(memory: MachineMemory, { harts, map, shared }: MachinePlace): void {
    for (const hart of harts) memory.freeTable(hart, HART_BYTES);
    memory.freeTable(map.table, mapTableBytes(map.ramPages));
    memory.freeTable(shared, SHARED_BYTES);
  }

  /** See exit-counts.ts. */
  get deviceUses(): number {
    return deviceUses(this.exits);
  }

  /** Whether nothing can ever make the VM go on: all harts wait, and none for anything that may come. */
  get isHalted(): boolean {
    return this.harts.every((hart) => !hart.wouldRun && !hart.canWake);
  }

  #sbi(memory: GuestMemory, host: SeatHost, own: SeatDevices | undefined): SbiMachine {
    const ram = { base: BigInt(BOARD.ram.base), end: BigInt(BOARD.ram.base + this.place.ramBytes) };
    return {
      ...(own?.sbi ?? AWAY),
      harts: this.harts,
      memory,
      isRam: (address) => address >= ram.base && address < ram.end,
      fence: (harts, what) => {
        for (const { words } of harts) words.post(what);
        for (const { words } of harts) words.waitOutside();
      },
      wake: (hart) => host.wake(hart),
    };
  }
}

const never = (): never => {
  assert(false, 'the devices are on another thread');
};
/** Calls of extensions that use devices are not made away from home. */
const AWAY: SeatDevices['sbi'] = {
  writeConsole: never,
  readConsole: never,
  powerOff: never,
  reset: never,
};
