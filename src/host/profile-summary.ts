/** What `--profile` tells of a run, from what was seen of its pCPUs: plain data once it is JSON. */
import type { SymbolLookup } from '#vmm';
import type { PcpuProfile, RunStats } from './messages.ts';
import type { Sampled } from './sampler.ts';
import { exitCounts } from './stats.ts';

/** Where time can go, in the order in which it is shown. */
// biome-ignore format: a table reads in columns
export const PLACES = {
  user:        'translated code of user programs',
  kernel:      'translated code of the kernel',
  interpreter: 'the interpreter',
  core:        'misses of the TLB, traps, CSRs, atomic accesses',
  float:       'soft floating point',
  engine:      'decoding, asking for regions, taking them in',
  machine:     'devices, SBI, the run loop',
  host:        'scheduling, input and output',
  memory:      "JavaScript's garbage",
  waiting:     'nothing to do, and what no sample tells',
} as const;
export type Place = keyof typeof PLACES;

export interface HotRegion {
  /** Virtual address where it begins, in hexadecimal. */
  readonly address: string;
  readonly mode: 'U' | 'S';
  readonly ms: number;
  readonly symbol?: string;
}

const MAX_REGIONS = 20;
const MAX_FUNCTIONS = 10;
const REGION = /^([US]):([0-9a-f]+)$/;
const CORE = /^core:(\w.*)$/;
const SOFT_FLOAT = /\/riscv\/(?:isa\/(?:soft-float|float-|boxing)|interpreter\/soft-float)/;
/** The room of a script, as far as it says where time goes. */
const OF_ROOM: Readonly<Record<string, Place>> = {
  riscv: 'engine',
  ...{ vmm: 'machine', devices: 'machine', storage: 'machine', net: 'machine' },
  ...{ kernel: 'host', host: 'host', lib: 'host', management: 'host' },
};

export class Summary {
  readonly sampledMs: number;
  readonly pcpus: number;
  readonly places: Readonly<Record<Place, number>>;
  readonly regions: readonly HotRegion[];
  /** Of the core, and of this program, most time first. */
  readonly functions: readonly { readonly name: string; readonly ms: number }[];
  readonly engine: string;
  readonly steps: string;
  /** Absent where the engine counts nothing. */
  readonly regionSteps?: string;
  readonly misses?: { readonly load: number; readonly store: number; readonly fetch: number };
  readonly code?: {
    readonly asked: number;
    readonly installed: number;
    readonly dropped: number;
    readonly modules: number;
    readonly compiledMs: number;
  };
  readonly exits: Readonly<Record<string, number>>;

  constructor(pcpus: readonly PcpuProfile[], stats: RunStats, symbols: SymbolLookup) {
    const samples = pcpus.flatMap((pcpu) => pcpu.samples);
    const total = (of: readonly { readonly ms: number }[]): number =>
      rounded(of.reduce((sum, { ms }) => sum + ms, 0));
    this.pcpus = pcpus.length;
    this.sampledMs = total(samples);
    this.places = placesOf(samples);
    this.regions = hotRegions(samples, symbols);
    this.functions = functionsOf(samples);
    this.engine = stats.engine;
    this.steps = String(stats.steps);
    this.exits = Object.fromEntries(exitCounts(stats).map(({ name, count }) => [name, count]));
    const engines = pcpus.flatMap(({ engine }) => engine ?? []);
    if (engines.length === 0) return;
    const sum = (of: (engine: (typeof engines)[number]) => bigint | number): number =>
      engines.reduce((before, engine) => before + Number(of(engine)), 0);
    this.regionSteps = String(engines.reduce((before, { regionSteps }) => before + regionSteps, 0n));
    this.misses = {
      load: sum(({ misses }) => misses.load),
      store: sum(({ misses }) => misses.store),
      fetch: sum(({ misses }) => misses.fetch),
    };
    this.code = {
      asked: sum(({ asked }) => asked),
      installed: sum(({ installed }) => installed),
      dropped: sum(({ dropped }) => dropped),
      modules: pcpus.reduce((before, { modules }) => before + modules, 0),
      compiledMs: rounded(pcpus.reduce((before, { compiledMs }) => before + compiledMs, 0)),
    };
  }
}

function placesOf(samples: readonly Sampled[]): Record<Place, number> {
  const places = Object.fromEntries(Object.keys(PLACES).map((place) => [place, 0])) as Record<Place, number>;
  for (const sampled of samples) places[placeOf(sampled)] += sampled.ms;
  for (const place of Object.keys(places) as Place[]) places[place] = rounded(places[place]);
  return places;
}

/** What a sampled function is part of. */
export function placeOf({ name, url }: Omit<Sampled, 'ms'>): Place {
  const mode = REGION.exec(name)?.[1];
  if (mode !== undefined) return mode === 'U' ? 'user' : 'kernel';
  if (name === 'core:run') return 'interpreter';
  if (name === 'core:decode') return 'engine';
  if (CORE.test(name)) return 'core';
  if (name === '(garbage collector)') return 'memory';
  if (SOFT_FLOAT.test(url)) return 'float';
  const room = /\/src\/(\w+)\//.exec(url)?.[1] ?? '';
  return OF_ROOM[room] ?? 'waiting';
}

function hotRegions(samples: readonly Sampled[], symbols: SymbolLookup): HotRegion[] {
  const byName = new Map<string, number>();
  for (const { name, ms } of samples) if (REGION.test(name)) byName.set(name, (byName.get(name) ?? 0) + ms);
  return [...byName]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MAX_REGIONS)
    .map(([name, ms]) => {
      const [, mode = 'U', address = '0'] = REGION.exec(name) ?? [];
      const symbol = mode === 'S' ? symbols(BigInt(`0x${address}`)) : undefined;
      return { address, mode: mode as 'U' | 'S', ms: rounded(ms), ...(symbol !== undefined && { symbol }) };
    });
}

/** What is neither a region nor waiting. */
function functionsOf(samples: readonly Sampled[]): { name: string; ms: number }[] {
  const byName = new Map<string, number>();
  for (const sampled of samples) {
    if (REGION.test(sampled.name) || placeOf(sampled) === 'waiting') continue;
    const file = /\/src\/(\w+\/.*)$/.exec(sampled.url)?.[1];
    const name = file === undefined ? sampled.name : `${sampled.name || '(top)'} of ${file}`;
    byName.set(name, (byName.get(name) ?? 0) + sampled.ms);
  }
  return [...byName]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MAX_FUNCTIONS)
    .map(([name, ms]) => ({ name, ms: rounded(ms) }));
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
