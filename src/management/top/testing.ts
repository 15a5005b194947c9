/** A host that does not exist, for tests of vmk top: what it shows at any second is known. */
import type { TopSample } from './sample.ts';

const SECOND = 1e9;
const MB = 2 ** 20;

/** The sample at a second: a busy VM, one whose limit is used up, and an idle one with two vCPUs. */
export function sampleAt(second: number): TopSample {
  const ns = (part: number) => part * second * SECOND;
  const world = (
    id: number,
    group: number,
    name: string,
    parts: readonly [number, number, number, number],
  ) => {
    const [run, ready, limited, costop] = parts;
    const wait = 1 - run - ready - costop;
    return {
      ...{ id, group, name, runNs: ns(run), readyNs: ns(ready), limitedNs: ns(limited) },
      ...{ costopNs: ns(costop), waitNs: ns(wait), idleNs: ns(wait * 0.9) },
    };
  };
  const memory = { group: 0, size: 512 * MB, granted: 400 * MB, shared: 100 * MB, sharedSaved: 50 * MB };
  return {
    takenNs: (1000 + second) * SECOND,
    wallMs: Date.UTC(2026, 10, 26, 2, 5, second),
    host: {
      ...{ name: 'esx', uptimeNs: (90_000 + second) * SECOND, vms: 3, vcpus: 4, load: [1.5, 0.75, 0.25] },
      pcpuBusyNs: [ns(0.9), ns(0.45)],
      memory: {
        ...{ total: 4096 * MB, kernel: 100 * MB, free: 3000 * MB, state: 'high', overcommit: [0.25, 0.1, 0] },
      },
    },
    groups: [
      { id: 3, name: 'idle' },
      { id: 1, name: 'busy' },
      { id: 2, name: 'a name that is too long' },
    ],
    worlds: [
      world(11, 1, 'vmx-vcpu-0:busy', [0.9, 0.1, 0, 0]),
      world(12, 2, 'vmx-vcpu-0:limited', [0.25, 0.7, 0.65, 0.05]),
      world(13, 3, 'vmx-vcpu-0:idle', [0.05, 0, 0, 0]),
      world(14, 3, 'vmx-vcpu-1:idle', [0.15, 0, 0, 0]),
    ],
    memory: [
      { ...memory, group: 1, name: 'busy', swapRead: second * MB, swapWritten: 0, balloon: 8 * MB },
      { group: 3, name: 'idle', size: 1024 * MB },
    ],
    disks: [
      {
        ...{
          group: 1,
          name: 'busy',
          disk: 'disk 0',
          commands: 30 * second,
          reads: 20 * second,
          writes: 8 * second,
        },
        ...{ bytesRead: 2 * MB * second, bytesWritten: MB * second, latencyNs: 60e6 * second },
      },
    ],
  };
}
