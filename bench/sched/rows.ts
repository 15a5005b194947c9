/** The rows of the scheduling benchmark: what is promised, and how it is measured with guests. */
import { SHARE_LEVELS } from '#kernel';
import type { PromiseResult, PromiseRow } from '../promises.ts';
import { BUSY, BUSY_2, sleeper } from './guests.ts';
import { type GuestProgram, Lab } from './lab.ts';

/** Beside each figure stands the CPU time of this process for each second that its pCPUs ran: below 1 the machine had other things to do. */
type Kept = Pick<PromiseResult, 'measured' | 'isKept'>;

const busy: GuestProgram = { bytes: BUSY, vcpus: 1 };
const busy2: GuestProgram = { bytes: BUSY_2, vcpus: 2 };
const TICKS_PER_MS = 10_000;
const asleep: GuestProgram = { bytes: sleeper(30 * TICKS_PER_MS), vcpus: 1 };
/** Until all code is translated. */
const WARM_UP_MS = 1500;
const RUN_MS = 5000;
const WINDOW_MS = 500;
const MHZ = 2000;

export const SCHED_ROWS: readonly PromiseRow[] = [
  shares(1),
  shares(2),
  {
    name: 'pools',
    promise: 'pools 3:1, inside the first 2:1: within 2 %',
    measure: () =>
      inLab(1, async (lab) => {
        const [a, b] = [lab.pool('a', { shares: 3000 }), lab.pool('b', { shares: 1000 })];
        const vms = [
          await lab.vm('a1', busy, { shares: 2000 }, a),
          await lab.vm('a2', busy, { shares: 1000 }, a),
          await lab.vm('b1', busy, {}, b),
        ];
        const uses = await warm(lab, vms);
        return parts(uses, [0.5, 0.25, 0.25], 0.02);
      }),
  },
  {
    name: 'limit',
    promise: '25 % of a core in each 500 ms, beside two busy ones: within 2 %',
    measure: () =>
      inLab(1, async (lab) => {
        const vm = await lab.vm('limited', busy, { limitMhz: MHZ / 4 });
        await lab.vm('b', busy);
        await lab.vm('c', busy);
        await lab.measure([], WARM_UP_MS);
        const windows = await lab.windows(vm, WINDOW_MS, RUN_MS / WINDOW_MS);
        const [least, most] = [Math.min(...windows), Math.max(...windows)];
        const isKept = least >= 0.25 * 0.98 && most <= 0.25 * 1.02;
        return { measured: `${percent(least)} … ${percent(most)}`, isKept };
      }),
  },
  {
    name: 'reservation',
    promise: '50 % of a core with 10 shares, against eight busy ones with 2000: within 1 %',
    measure: () =>
      inLab(1, async (lab) => {
        const vms = [await lab.vm('reserved', busy, { shares: 10, reservationMhz: MHZ / 2 })];
        for (let i = 0; i < 8; i++) vms.push(await lab.vm(`busy ${i}`, busy, { shares: SHARE_LEVELS.high }));
        const [use] = await warm(lab, vms);
        const part = use === undefined ? 0 : use.runNs / use.passedNs;
        return { measured: percent(part), isKept: part >= 0.5 * 0.99 };
      }),
  },
  {
    name: 'wake',
    promise: 'a world that wakes runs within a quantum (5 ms), against eight busy ones',
    measure: () =>
      inLab(1, async (lab) => {
        for (let i = 0; i < 8; i++) await lab.vm(`busy ${i}`, busy);
        const vm = await lab.vm('sleeper', asleep);
        await lab.measure([], WARM_UP_MS);
        const { wakes, meanNs, longestNs } = await lab.wakes(vm, RUN_MS);
        const measured = `${wakes} times, mean ${ms(meanNs)}, longest ${ms(longestNs)}`;
        return { measured, isKept: wakes > 50 && longestNs <= 5e6 };
      }),
  },
  {
    name: 'states',
    promise: 'RUN, RDY, CSTP and WAIT of each VM add up to 100 %',
    measure: () =>
      inLab(2, async (lab) => {
        const vms = [
          await lab.vm('a', busy2),
          await lab.vm('b', busy, { limitMhz: MHZ / 4 }),
          await lab.vm('c', asleep),
          await lab.vm('d', busy2),
        ];
        const uses = await warm(lab, vms);
        const off = uses.map(({ runNs, readyNs, costopNs, waitNs, passedNs }) =>
          Math.abs(1 - (runNs + readyNs + costopNs + waitNs) / passedNs),
        );
        const most = Math.max(...off);
        return { measured: `off by ${(100 * most).toFixed(4)} % at most`, isKept: most < 1e-6 };
      }),
  },
];

function shares(pcpus: 1 | 2): PromiseRow {
  const program = pcpus === 1 ? busy : busy2;
  return {
    name: `shares-${pcpus}`,
    promise: `on ${pcpus} pCPU${pcpus === 1 ? '' : 's'}, two busy VMs of ${pcpus} vCPU${pcpus === 1 ? '' : 's'} with 2:1 get 2:1 within 1 % over 5 s`,
    measure: () =>
      inLab(pcpus, async (lab) => {
        const a = await lab.vm('a', program, { shares: 2000 });
        const b = await lab.vm('b', program, { shares: 1000 });
        const [of2, of1] = await warm(lab, [a, b]);
        if (of2 === undefined || of1 === undefined) throw new TypeError('two VMs were measured');
        const run = of2.runNs / of1.runNs;
        const measured = `run time ${run.toFixed(3)}, steps ${(of2.steps / of1.steps).toFixed(3)}`;
        return { measured, isKept: Math.abs(run / 2 - 1) <= 0.01 };
      }),
  };
}

async function inLab(pcpus: number, work: (lab: Lab) => Promise<Kept>): Promise<PromiseResult> {
  const lab = new Lab(pcpus);
  const before = process.cpuUsage();
  try {
    const result = await work(lab);
    const { user, system } = process.cpuUsage(before);
    const { pcpuBusyNs } = lab.cpus.resources.accounts();
    const gotPart = ((user + system) * 1000) / pcpuBusyNs.reduce((a, b) => a + b, 0);
    return { ...result, aside: gotPart.toFixed(2) };
  } finally {
    await lab.close();
  }
}

async function warm(lab: Lab, vms: Parameters<Lab['measure']>[0]) {
  await lab.measure([], WARM_UP_MS);
  return lab.measure(vms, RUN_MS);
}

function parts(uses: readonly { runNs: number }[], wanted: readonly number[], tolerance: number): Kept {
  const all = uses.reduce((sum, { runNs }) => sum + runNs, 0);
  const got = uses.map(({ runNs }) => runNs / all);
  const isKept = got.every((part, i) => Math.abs(part / (wanted[i] as number) - 1) <= tolerance);
  return { measured: got.map(percent).join(', '), isKept };
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}

function ms(ns: number): string {
  return `${(ns / 1e6).toFixed(2)} ms`;
}
