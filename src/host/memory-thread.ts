/** The thread of the memory manager: does what its mail says, looks at all VMs, sleeps until it is time or somebody rings. */
import { cpus } from 'node:os';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { MachineMemory } from '#kernel';
import { heapTrimmer, memoryGiver } from '#storage';
import { Bells } from './bells.ts';
import { MemoryBell } from './memory-bell.ts';
import { MemoryKeeper } from './memory-keeper.ts';
import type { MemoryMail, MemoryReport, MemoryThreadStart } from './memory-messages.ts';

const MHZ_PER_GHZ = 1000;
const US_PER_MS = 1000;
/** Of a core whose clock the system does not tell. */
const USUAL_MHZ = 2000;

const start = workerData as MemoryThreadStart;
const port = parentPort as MessagePort;
const machine = MachineMemory.attach(start.memory);
const bells = new Bells(start.pcpus, start.bells);
const bell = new MemoryBell(start.bell);
const report = (message: MemoryReport): void => port.postMessage(message);
const keeper = new MemoryKeeper({
  machine,
  options: start.options,
  ghz: cpus().reduce((sum, { speed }) => sum + (speed === 0 ? USUAL_MHZ : speed), 0) / MHZ_PER_GHZ,
  random: Math.random,
  clockMs: () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / US_PER_MS;
  },
  give: memoryGiver(machine.memory.buffer),
  trim: heapTrimmer(),
  ring: (home) => bells.ring(home),
  onProblem: (key, problem, reason) => report({ kind: 'problem', key, problem, reason }),
});

function take(mail: MemoryMail): void {
  switch (mail.kind) {
    case 'add':
      keeper.add(mail.vm);
      break;
    case 'remove':
      keeper.remove(mail.key);
      report({ kind: 'removed', key: mail.key });
      break;
    case 'allocate':
      keeper.allocate(mail.key, mail.allocation, mail.pool);
      break;
    case 'pools':
      keeper.setPools(mail.pools);
      break;
    case 'options':
      keeper.setOptions(mail.options);
  }
}

for (let mails = 0; ; ) {
  const count = bell.count;
  if (bell.mails !== mails) {
    mails = bell.mails;
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      take(next.message as MemoryMail);
    }
  }
  bell.sleep(count, keeper.tick(performance.now()));
}
