/** PerformanceManager: what the host has counted, of itself, its VMs and its pools. Rules: vSphere API reference, PerfQuerySpec. */
import { COUNTERS, type Counter, counterOf } from '../../performance/counters.ts';
import {
  PAST_DAY,
  type PerfHistory,
  type PerfPeriod,
  REALTIME,
  UNKNOWN,
} from '../../performance/recorder.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import { data, type MoRef, VimFault } from '../model/value.ts';
import type {
  ElementDescription,
  PerfCounterInfo,
  PerfEntityMetric,
  PerfEntityMetricBase,
  PerfEntityMetricCSV,
  PerfMetricId,
  PerfQuerySpec,
} from '../table/vim25.d.ts';

const READ = 'System.Read';
/** Entities that something is counted of. */
const COUNTED: ReadonlySet<string> = new Set(['HostSystem', 'VirtualMachine', 'ResourcePool']);
const ALL_INSTANCES = '*';
const MAX_LEVEL = 4;

// biome-ignore format: a table reads in columns
const UNITS: Readonly<Record<string, string>> = {
  percent: '%', kiloBytes: 'KB', megaBytes: 'MB', teraBytes: 'TB', megaHertz: 'MHz', number: 'num',
  microsecond: 'µs', millisecond: 'ms', second: 's', kiloBytesPerSecond: 'KBps', watt: 'W', joule: 'J', celsius: '°C',
};
// biome-ignore format: a table reads in columns
const GROUPS: Readonly<Record<string, string>> = {
  cpu: 'CPU', mem: 'Memory', disk: 'Disk', net: 'Network', sys: 'System', rescpu: 'Resource group CPU',
  datastore: 'Datastore', virtualDisk: 'Virtual disk', storageAdapter: 'Storage adapter', storagePath: 'Storage path',
};

const described = (key: string, label: string, summary = label): ElementDescription => ({
  ...{ key, label, summary },
});

/** `usagemhz` and `packetsRx` as words. */
const words = (name: string) =>
  name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(/^./, (first) => first.toUpperCase());

function counterInfo({ id, group, name, rollup, stats, unit }: Counter): PerfCounterInfo {
  const label = words(name);
  return {
    key: id,
    nameInfo: described(name, label, `${GROUPS[group] ?? group}: ${label}, ${rollup}`),
    groupInfo: described(group, GROUPS[group] ?? words(group)),
    unitInfo: described(unit, UNITS[unit] ?? unit),
    rollupType: rollup as PerfCounterInfo['rollupType'],
    statsType: stats as PerfCounterInfo['statsType'],
    level: 1,
    perDeviceLevel: 3,
  };
}

/** The period of an interval id; the finest for none. */
function periodOf(intervalId: number | undefined): PerfPeriod | undefined {
  return [REALTIME, PAST_DAY].find(({ seconds }) => seconds === (intervalId ?? REALTIME.seconds));
}

/** What hinders asking after an entity. */
function entityTrouble({ objects }: VimContext, entity: MoRef, call: Call): VimFault | undefined {
  const object = objects.get(entity.value);
  if (object === undefined) return FAULTS.objectNotFound(entity);
  if (!COUNTED.has(object.kind.name)) return FAULTS.invalidArgument('entity');
  return call.refusal(READ, object.ref);
}

/** Places of the samples in a time; the first moment is not part of it. */
function within(
  history: PerfHistory,
  beginMs: number | undefined,
  endMs: number | undefined,
): { first: number; end: number } {
  const { times } = history;
  const first = beginMs === undefined ? 0 : times.findIndex((time) => time > beginMs);
  const end = endMs === undefined ? -1 : times.findIndex((time) => time > endMs);
  return { first: first < 0 ? times.length : first, end: end < 0 ? times.length : end };
}

interface FoundSeries {
  readonly id: PerfMetricId;
  readonly values: readonly number[];
}

interface Query {
  readonly vim: VimContext;
  readonly spec: PerfQuerySpec;
  readonly period: PerfPeriod;
}

function query(vim: VimContext, spec: PerfQuerySpec, call: Call): Query | VimFault {
  const trouble = entityTrouble(vim, spec.entity, call);
  if (trouble !== undefined) return trouble;
  if (spec.format !== undefined && spec.format !== 'normal' && spec.format !== 'csv')
    return FAULTS.invalidArgument('querySpec.format');
  if (spec.maxSample !== undefined && spec.maxSample < 1)
    return FAULTS.invalidArgument('querySpec.maxSample');
  const period = periodOf(spec.intervalId);
  return period === undefined ? FAULTS.invalidArgument('querySpec.interval') : { vim, spec, period };
}

/** Undefined for an entity of which there is nothing in that time. */
function answer({ vim, spec, period }: Query): PerfEntityMetric | PerfEntityMetricCSV | undefined {
  const history = vim.host.performance?.of(spec.entity.value, period);
  if (history === undefined) return undefined;
  const span = within(history, spec.startTime?.getTime(), spec.endTime?.getTime());
  // The newest of them.
  const first = spec.maxSample === undefined ? span.first : Math.max(span.first, span.end - spec.maxSample);
  if (first >= span.end) return undefined;
  const found = history.series
    .filter(({ counter, instance }) => isAsked(spec.metricId, counter, instance))
    .map(({ counter, instance, values }) => ({
      id: { counterId: counter, instance },
      values: values.slice(first, span.end),
    }));
  const times = history.times.slice(first, span.end).map((time) => new Date(time));
  const asked = vim.objects.get(spec.entity.value)?.ref ?? spec.entity;
  return spec.format === 'csv' ? asCsv(asked, times, found, period) : asValues(asked, times, found, period);
}

function isAsked(asked: PerfQuerySpec['metricId'], counter: number, instance: string): boolean {
  if (asked === undefined || asked.length === 0) return true;
  return asked.some(
    (one) => one.counterId === counter && (one.instance === ALL_INSTANCES || one.instance === instance),
  );
}

function asValues(
  entity: MoRef,
  times: readonly Date[],
  found: readonly FoundSeries[],
  { seconds }: PerfPeriod,
): PerfEntityMetric {
  return data('PerfEntityMetric', {
    entity,
    sampleInfo: times.map((timestamp) => ({ timestamp, interval: seconds })),
    value: found.map(({ id, values }) => data('PerfMetricIntSeries', { id, value: values })),
  });
}

function asCsv(
  entity: MoRef,
  times: readonly Date[],
  found: readonly FoundSeries[],
  { seconds }: PerfPeriod,
): PerfEntityMetricCSV {
  const second = (time: Date) => time.toISOString().replace(/\.\d+Z$/, 'Z');
  return data('PerfEntityMetricCSV', {
    entity,
    sampleInfoCSV: times.map((time) => `${seconds},${second(time)}`).join(','),
    value: found.map(({ id, values }) => ({ id, value: values.join(',') })),
  });
}

function isKnown(values: readonly number[], { first, end }: { first: number; end: number }): boolean {
  return values.slice(first, end).some((value) => value !== UNKNOWN);
}

export const PerformanceManager = managed<'PerformanceManager', VimContext>('PerformanceManager', {
  properties: {
    description: () => ({
      counterType: ['average', 'maximum', 'minimum', 'latest', 'summation', 'none'].map((key) =>
        described(key, words(key)),
      ),
      statsType: ['absolute', 'delta', 'rate'].map((key) => described(key, words(key))),
    }),
    historicalInterval: () => [
      {
        ...{ key: 1, samplingPeriod: PAST_DAY.seconds, name: 'Past day', level: 1, enabled: true },
        length: PAST_DAY.seconds * PAST_DAY.kept,
      },
    ],
    perfCounter: () => COUNTERS.map(counterInfo),
  },
  methods: {
    QueryPerfProviderSummary(vim, { entity }, call) {
      const trouble = entityTrouble(vim, entity, call);
      if (trouble !== undefined) return trouble;
      const ref = vim.objects.get(entity.value)?.ref ?? entity;
      return {
        ...{ entity: ref, currentSupported: true, summarySupported: true },
        refreshRate: REALTIME.seconds,
      };
    },
    QueryAvailablePerfMetric(vim, { entity, beginTime, endTime, intervalId }, call) {
      const trouble = entityTrouble(vim, entity, call);
      if (trouble !== undefined) return trouble;
      const period = periodOf(intervalId);
      if (period === undefined) return FAULTS.invalidArgument('interval');
      const history = vim.host.performance?.of(entity.value, period);
      if (history === undefined) return [];
      const span = within(history, beginTime?.getTime(), endTime?.getTime());
      return history.series
        .filter(({ values }) => isKnown(values, span))
        .map(({ counter, instance }) => ({ counterId: counter, instance }));
    },
    QueryPerfCounter(_, { counterId }) {
      const found = counterId.map(counterOf);
      if (found.includes(undefined)) return FAULTS.invalidArgument('counterId');
      return found.flatMap((counter) => (counter === undefined ? [] : [counterInfo(counter)]));
    },
    QueryPerfCounterByLevel(_, { level }) {
      if (level < 1 || level > MAX_LEVEL) return FAULTS.invalidArgument('level');
      return COUNTERS.map(counterInfo);
    },
    QueryPerf(vim, { querySpec }, call) {
      const answers: PerfEntityMetricBase[] = [];
      for (const spec of querySpec) {
        const asked = query(vim, spec, call);
        if (asked instanceof VimFault) return asked;
        const found = answer(asked);
        if (found !== undefined) answers.push(found);
      }
      return answers;
    },
    QueryPerfComposite(vim, { querySpec }, call) {
      const asked = query(vim, querySpec, call);
      if (asked instanceof VimFault) return asked;
      const own = answer(asked);
      const isHost = vim.objects.get(querySpec.entity.value)?.kind.name === 'HostSystem';
      const children = isHost ? vim.objects.ofType('VirtualMachine') : [];
      const childEntity = children
        .filter(({ ref }) => call.allows(READ, ref))
        .flatMap(({ ref }) => answer({ ...asked, spec: { ...querySpec, entity: ref } }) ?? []);
      return { ...(own && { entity: own }), ...(childEntity.length > 0 && { childEntity }) };
    },
  },
});
