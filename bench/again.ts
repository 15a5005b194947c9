/**
 * npm run bench -- again: the same guest booted twice in one host, one after the other. What was translated for the first is
 * found by the second by the content of its pages. Then in another host, which has only what was kept on disk.
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

const HELP = `npm run bench -- again [--rounds N]

Boots Debian to its prompt, powers it off, and boots it again in the same host, ${DEFAULT_ROUNDS} times each on a new host that
keeps no code; then on another new host that has the code that an earlier one has kept on disk.
Seconds from the first instruction to the prompt.
Fails when the first boot takes less than ${GOAL} times as long as the second.
`;

/** Resolves to the exit status. @throws HostError */
export async function benchAgain(given: readonly string[], say: (line: string) => void): Promise<number> {
  const { help, rounds } = parse(given);
  if (help) {
    process.stdout.write(HELP);
    return EXIT_STATUS.ok;
  }
  const guest = await defaultGuest(cacheFolder(), say);
  const boots: (readonly [Boot, Boot, Boot])[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'vmk-again-'));
  try {
    await bootInHost(guest, 1, folder);
    for (let round = 1; round <= rounds; round++) {
      const [first, second] = (await bootInHost(guest, 2)) as [Boot, Boot];
      const [other] = (await bootInHost(guest, 1, folder)) as [Boot];
      boots.push([first, second, other]);
      const what = `first ${told(first)}; again ${told(second)}; with kept code ${told(other)}`;
      say(`round ${round}/${rounds}  ${what}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [first, second, other] = [0, 1, 2].map((which) => ({
    seconds: median(boots.map((all) => (all[which] as Boot).seconds)),
    cpuSeconds: median(boots.map((all) => (all[which] as Boot).cpuSeconds)),
  })) as [Boot, Boot, Boot];
  const [ratio, cpuRatio] = [first.seconds / second.seconds, first.cpuSeconds / second.cpuSeconds];
  process.stdout.write(`boot            ${told(first)}\nboot again      ${told(second)}\n`);
  process.stdout.write(`times as fast   ${ratio.toFixed(2)}; of processor time ${cpuRatio.toFixed(2)}\n`);
  process.stdout.write(
    `with kept code  ${told(other)}; ${(first.seconds / other.seconds).toFixed(2)} times as fast\n`,
  );
  return ratio >= GOAL ? EXIT_STATUS.ok : EXIT_STATUS.failure;
}

/** One boot, from its first instruction to the prompt. */
interface Boot {
  readonly seconds: number;
  /** Processor time of all threads. */
  readonly cpuSeconds: number;
}

const told = ({ seconds, cpuSeconds }: Boot): string =>
  `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor time`;

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
async function bootInHost(guest: Guest, count: number, codeFolder?: string): Promise<Boot[]> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const cpus = new Cpus({ cpus: 1, memoryBytes: HOST_BYTES, engine: 'jit', codeFolder, report });
  const boots: Boot[] = [];
  try {
    while (boots.length < count) boots.push(await boot(cpus, guest));
    return boots;
  } finally {
    await cpus.close();
  }
}

/** Boots to the prompt; then the VM is powered off. */
async function boot(cpus: Cpus, guest: Guest): Promise<Boot> {
  let text = '';
  const asked = Promise.withResolvers<void>();
  const vm = await cpus.startVm(
    {
      ...{ name: 'again', kernel: guest.kernelPath, initrd: [guest.initramfsPath] },
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
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const ended = vm.ended.then(({ result }) => asked.reject(new Error(`it ended: ${JSON.stringify(result)}`)));
  await asked.promise;
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await vm.powerOff();
  await ended;
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}
