/**
 * npm run bench -- again: the same guest booted twice in one host, one after the other. What was translated for the first is
 * found by the second by the content of its pages. Then in another host, which has only what was kept on disk; and in a host with two
 * pCPUs, the second on the pCPU that has not booted any, with nothing kept: what one pCPU had translated the other has.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, defaultGuest, type Guest } from '#guest';
import { Cpus } from '#host';
import { EXIT_STATUS, HostError } from '#lib';
import { median } from './statistics.ts';

const MIB = 2 ** 20;
const GUEST_BYTES = 256 * MIB;
const HOST_BYTES = 1024 * MIB;
const DEFAULT_ROUNDS = 5;
const PROMPT = '~ # ';
/** What the issue asks for: the first boot takes so many times as long as the second. */
export const GOAL = 1.5;
/** Of the regions that the first boot had translated, so many a boot on another pCPU may have translated: those that were not hot before. */
const MOST_ELSEWHERE = 0.1;

const HELP = `npm run bench -- again [--rounds N]

Boots Debian to its prompt, powers it off, and boots it again in the same host, ${DEFAULT_ROUNDS} times each on a new host that
keeps no code; then on another new host that has the code that an earlier one has kept on disk; then twice on a new host with two
pCPUs that keeps no code, the second one on the other pCPU, beside the first.
Seconds from the first instruction to the prompt, processor time of all threads, and regions that were translated.
Fails when the first boot takes less than ${GOAL} times as long as the second, or when the boot on the other pCPU has more than ${100 * MOST_ELSEWHERE} %
as many regions translated as the one before it.
`;

/** Resolves to the exit status. @throws HostError */
export async function benchAgain(given: readonly string[], say: (line: string) => void): Promise<number> {
  const { help, rounds } = parse(given);
  if (help) {
    process.stdout.write(HELP);
    return EXIT_STATUS.ok;
  }
  const guest = await defaultGuest(cacheFolder(), say);
  const boots: Boot[][] = [];
  const folder = await mkdtemp(join(tmpdir(), 'vmk-again-'));
  try {
    await bootInHost(guest, 1, folder);
    for (let round = 1; round <= rounds; round++) {
      const all = [
        ...(await bootInHost(guest, 2)),
        ...(await bootInHost(guest, 1, folder)),
        ...(await bootOnTwo(guest)),
      ];
      boots.push(all);
      say(`round ${round}/${rounds}  ${all.map((one, which) => `${NAMES[which]}: ${told(one)}`).join('; ')}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const of = (which: number, key: keyof Boot) => median(boots.map((all) => (all[which] as Boot)[key]));
  const medians = NAMES.map((_, which) => ({
    ...{ seconds: of(which, 'seconds'), cpuSeconds: of(which, 'cpuSeconds') },
    translated: of(which, 'translated'),
  }));
  for (const [which, name] of NAMES.entries())
    process.stdout.write(`${name.padEnd(20)}${told(medians[which] as Boot)}\n`);
  const [first, second, kept, one, other] = medians as [Boot, Boot, Boot, Boot, Boot];
  const ratio = first.seconds / second.seconds;
  const cpuRatio = first.cpuSeconds / second.cpuSeconds;
  const part = other.translated / one.translated;
  process.stdout.write(
    `again ${ratio.toFixed(2)} times as fast; of processor time ${cpuRatio.toFixed(2)}
with kept code ${(first.seconds / kept.seconds).toFixed(2)} times as fast
on the other pCPU ${(one.seconds / other.seconds).toFixed(2)} times as fast, ${(100 * part).toFixed(0)} % of the regions translated\n`,
  );
  return ratio >= GOAL && part <= MOST_ELSEWHERE ? EXIT_STATUS.ok : EXIT_STATUS.failure;
}

/** The boots of a round, in their order. */
const NAMES = ['boot', 'boot again', 'with kept code', 'on one pCPU of two', 'then on the other'] as const;

/** One boot, from its first instruction to the prompt. */
interface Boot {
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
  /** Regions that its pCPU had translated for it. */
  readonly translated: number;
}

const told = ({ seconds, cpuSeconds, translated }: Boot): string =>
  `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor time, ${translated} regions`;

function parse(given: readonly string[]): { help: boolean; rounds: number } {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { rounds: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
    const rounds = Number(values.rounds ?? DEFAULT_ROUNDS);
    if (!Number.isInteger(rounds) || rounds < 1)
      throw new RangeError(`--rounds ${values.rounds} is no count`);
    return { help: values.help, rounds };
  } catch (cause) {
    throw new HostError('usage', { reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** So many boots one after the other, in a new host. @param codeFolder - absent: no code is kept */
function bootInHost(guest: Guest, count: number, codeFolder?: string): Promise<Boot[]> {
  return withHost({ cpus: 1, codeFolder }, async (cpus) => {
    const boots: Boot[] = [];
    let before = 0;
    while (boots.length < count) {
      const { vm, boot } = await startOn(cpus, guest, 0);
      boots.push({ ...boot, translated: boot.translated - before });
      before = boot.translated;
      await vm.powerOff();
      await vm.ended;
    }
    return boots;
  });
}

/** One boot on each pCPU of a new host, one after the other; the first stays at its prompt. */
function bootOnTwo(guest: Guest): Promise<Boot[]> {
  return withHost({ cpus: 2 }, async (cpus) => {
    const one = await startOn(cpus, guest, 0);
    const other = await startOn(cpus, guest, 1);
    return [one.boot, other.boot];
  });
}

async function withHost(
  config: { readonly cpus: number; readonly codeFolder?: string | undefined },
  use: (cpus: Cpus) => Promise<Boot[]>,
): Promise<Boot[]> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const cpus = new Cpus({ ...config, memoryBytes: HOST_BYTES, engine: 'jit', report });
  try {
    return await use(cpus);
  } finally {
    await cpus.close();
  }
}

/** Boots to the prompt on this pCPU. @returns also what its home pCPU has had translated by then, for all VMs */
async function startOn(cpus: Cpus, guest: Guest, pcpu: number) {
  let text = '';
  const asked = Promise.withResolvers<void>();
  const vm = await cpus.startVm(
    {
      ...{ name: `again-${pcpu}`, kernel: guest.kernelPath, initrd: [guest.initramfsPath] },
      ...{ append: 'console=ttyS0 quiet', memoryBytes: GUEST_BYTES, disks: [], console: 'serial' },
      ...{ deterministic: false, trace: [], cpus: 1 },
    },
    {
      write(bytes) {
        text += Buffer.from(bytes).toString('latin1');
        if (text.includes(PROMPT)) asked.resolve();
        return true;
      },
      drained: () => Promise.resolve(),
      lines: (_text, done) => done(),
    },
  );
  for (const row of vm.rows) cpus.worlds.columns.affinity[row] = 1 << pcpu;
  const begun = performance.now();
  const cpu = process.cpuUsage();
  void vm.ended.then(({ result }) => asked.reject(new Error(`it ended: ${JSON.stringify(result)}`)));
  await asked.promise;
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const translated = (await vm.stats()).code?.translated ?? 0;
  return { vm, boot: { seconds, cpuSeconds: (user + system) / 1e6, translated } };
}
