/** For tests of machine memory: a machine, maps on it, and words of their pages as a guest or a device would reach them. */
import { MapFlag, PAGE_BYTES } from '#riscv';
import { GuestMap } from '../guest-map.ts';
import { MachineMemory } from '../machine-memory.ts';
import type { GuestMapHost } from '../page-changer.ts';

export const RAM = 0x8000_0000;
export const FIRST = RAM / PAGE_BYTES;

export class TestMaps {
  readonly machine: MachineMemory;
  readonly ramPages: number;
  readonly #words: Int32Array;

  constructor(machinePages: number, ramPages: number) {
    this.machine = new MachineMemory(machinePages * PAGE_BYTES);
    this.ramPages = ramPages;
    this.#words = new Int32Array(this.machine.memory.buffer);
  }

  map(host: Partial<GuestMapHost> = {}): GuestMap {
    const ram = { ramBase: RAM, ramBytes: this.ramPages * PAGE_BYTES };
    return new GuestMap(this.machine, { onHostWrite: () => {}, ...host, ...ram });
  }

  /** Rights of a page as the engine sees them. */
  rights(map: GuestMap, page: number): '' | 'r' | 'rw' {
    const entry = map.changer.table.load(page);
    if ((entry & MapFlag.Writable) !== 0) return 'rw';
    return (entry & MapFlag.Present) !== 0 ? 'r' : '';
  }

  /** A store of the guest: the page's first word. */
  write(map: GuestMap, page: number, value: number): void {
    this.#access(map, page, true);
    this.#words[(map.machinePage(FIRST + page) * PAGE_BYTES) / 4] = value;
  }

  /** A load of the guest. */
  read(map: GuestMap, page: number): number {
    this.#access(map, page, false);
    return this.#words[(map.machinePage(FIRST + page) * PAGE_BYTES) / 4] as number;
  }

  #access(map: GuestMap, page: number, write: boolean): void {
    if (this.rights(map, page) === 'rw' || (!write && this.rights(map, page) === 'r')) return;
    const resolution = map.resolve(FIRST + page, write);
    if (resolution !== 'ok') throw new Error(`page ${page}: ${resolution}`);
  }
}
