// Many VMs on one host: what the processor has to do for those that wait at their prompt.
//   node bench/many-vms.ts [VMs] [seconds]
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { cacheFolder, defaultGuest } from '#guest';
import { Cpus } from '../src/host/cpus.ts';

const MIB = 2 ** 20;
const [count, seconds] = [Number(process.argv[2] ?? 50), Number(process.argv[3] ?? 10)];
const guest = await defaultGuest(cacheFolder(), () => {});
const cpus = new Cpus({
  cpus: availableParallelism(),
  memoryBytes: 4096 * MIB,
  engine: 'jit',
  report: (line) => console.error(line),
});

/** Starts a VM; resolves when its shell asks for a command. */
async function prompt(name: string): Promise<void> {
  let text = '';
  const asked = Promise.withResolvers<void>();
  const vm = await cpus.startVm(
    {
      ...{ name, kernel: guest.kernelPath, initrd: [guest.initramfsPath], append: 'console=ttyS0 quiet' },
      ...{ memoryBytes: 96 * MIB, disks: [], console: 'serial', deterministic: false, trace: [], cpus: 1 },
    },
    {
      write(bytes) {
        text += Buffer.from(bytes).toString('latin1');
        if (text.includes('~ # ')) asked.resolve();
        return true;
      },
      drained: () => Promise.resolve(),
      lines: (_text, done) => done(),
    },
  );
  await Promise.race([
    asked.promise,
    vm.ended.then(({ result }) => asked.reject(new Error(JSON.stringify(result)))),
  ]);
}

const booting = process.cpuUsage();
for (let i = 0; i < count; i++) await prompt(`vm${i}`);
const booted = process.cpuUsage(booting);
await setTimeout(3000);
const picks = (): number => cpus.worlds.columns.runs.reduce((a, b) => a + b, 0);
const picksBefore = picks();
const before = process.cpuUsage();
await setTimeout(seconds * 1000);
const { user, system } = process.cpuUsage(before);
const share = (user + system) / 1e6 / seconds;
console.log(`${count} VMs booted in ${((booted.user + booted.system) / 1e6).toFixed(1)} s of processor time`);
console.log(`${((picks() - picksBefore) / seconds / count).toFixed(1)} times a second each is run`);
console.log(`at their prompt they take ${(100 * share).toFixed(2)} % of one core together`);
console.log(`${(process.memoryUsage().rss / MIB / count).toFixed(0)} MiB resident for each`);
await cpus.close();
