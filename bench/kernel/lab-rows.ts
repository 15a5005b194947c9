/** Rows of the kernel benchmark about worlds: what a switch costs, and what many busy VMs cost more than a few. */
import { setTimeout } from 'node:timers/promises';
import type { PromiseResult, PromiseRow } from '../promises.ts';
import { BUSY, sleeper } from '../sched/guests.ts';
import { Lab } from '../sched/lab.ts';
import { median } from '../statistics.ts';

const PCPUS = 2;
const COUNTS = [1, 2, 8, 32] as const;
const ROUNDS = 5;
const WINDOW_MS = 1000;
const WARM_UP_MS = 1500;
/** Enough that one of them always wants to run, whatever the others wait for. */
const NAPPERS = 16;
const NAP_TICKS = 200;
const MOST_OVERHEAD = 0.03;
/** Of the 5 ms that a world may run at a time. */
const QUANTUM_US = 5000;

export const LAB_ROWS: readonly PromiseRow[] = [
  {
    name: 'switch',
    promise: `a pCPU goes from one world to the next in less than 1 % of a quantum (${NAPPERS} VMs that wait, on one pCPU)`,
    measure: () => inLab(1, measureSwitch),
  },
  {
    name: 'throughput',
    promise: `instructions a second of CPU time of ${COUNTS.join(', ')} busy VMs on ${PCPUS} pCPUs: with 8 and 32 at most 3 % less than with 2`,
    measure: () => inLab(PCPUS, measureThroughput),
  },
];

type Measured = Pick<PromiseResult, 'measured' | 'isKept'>;

async function measureSwitch(lab: Lab): Promise<Measured> {
  for (let i = 0; i < NAPPERS; i++) await lab.vm(`napper ${i}`, { bytes: sleeper(NAP_TICKS, 0), vcpus: 1 });
  await setTimeout(WARM_UP_MS);
  const each: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [runs, cpu] = [runsOf(lab), process.cpuUsage()];
    await setTimeout(WINDOW_MS);
    each.push(cpuUs(cpu) / (runsOf(lab) - runs));
  }
  const us = median(each);
  return {
    measured: `${us.toFixed(1)} µs (${((100 * us) / QUANTUM_US).toFixed(2)} %)`,
    isKept: us < QUANTUM_US / 100,
  };
}

async function measureThroughput(lab: Lab): Promise<Measured> {
  const most = Math.max(...COUNTS);
  const vms = [];
  for (let i = 0; i < most; i++) vms.push(await lab.vm(`busy ${i}`, { bytes: BUSY, vcpus: 1 }));
  await setTimeout(WARM_UP_MS);
  const rates = new Map<number, number[]>(COUNTS.map((count) => [count, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const count of COUNTS) {
      await Promise.all(vms.map((vm, i) => (i < count ? vm.resume() : vm.pause())));
      const cpu = process.cpuUsage();
      const uses = await lab.measure(vms, WINDOW_MS);
      rates.get(count)?.push(uses.reduce((sum, { steps }) => sum + steps, 0) / cpuUs(cpu));
    }
  }
  const [one = 1, two = 1, ...many] = COUNTS.map((count) => median(rates.get(count) as number[]));
  const ratios = [one, ...many].map((rate) => (rate / two).toFixed(3));
  const [of1, ...ofMany] = ratios;
  return {
    measured: `${Math.round(two)} M a second of CPU time with 2; of that 1: ${of1}, 8: ${ofMany[0]}, 32: ${ofMany[1]}`,
    isKept: many.every((rate) => rate / two >= 1 - MOST_OVERHEAD),
  };
}

/** How often a pCPU has begun to run a world. */
function runsOf(lab: Lab): number {
  return lab.cpus.worlds.columns.runs.reduce((sum, runs) => sum + runs, 0);
}

function cpuUs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

async function inLab(pcpus: number, work: (lab: Lab) => Promise<Measured>): Promise<PromiseResult> {
  const lab = new Lab(pcpus);
  try {
    return { ...(await work(lab)), aside: 'by CPU time' };
  } finally {
    await lab.close();
  }
}
