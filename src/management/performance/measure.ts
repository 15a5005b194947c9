/** Counters out of two samples: tables of what each is, for a VM, for the host and for a pool. */
import { MEMORY_STATES, type TopMemory, type TopSample, type TopWorld } from '../top/sample.ts';
import { ofDisks } from './measure-disks.ts';
import { type Measured, one, sum } from './measured.ts';
import type { PerfNic, PerfSample, PerfVm } from './sample.ts';

export const HOST_ENTITY = 'ha-host';

/** Per cent are told in hundredths. */
const WHOLE = 10_000;
const NS_PER_MS = 1e6;
const KIB = 1024;

type Time = (world: TopWorld) => number;

/** Of vCPUs: time of the span in which something was so. */
// biome-ignore format: a table reads in columns
const TIMES: readonly (readonly [counter: number, time: Time])[] = [
  [9,  ({ systemNs = 0 }) => systemNs],              // cpu.system.summation
  [10, ({ waitNs }) => waitNs],                      // cpu.wait.summation
  [11, ({ readyNs }) => readyNs],                    // cpu.ready.summation
  [12, ({ runNs, systemNs = 0 }) => runNs + systemNs], // cpu.used.summation
  [13, ({ idleNs }) => idleNs],                      // cpu.idle.summation
  [27, ({ costopNs }) => costopNs],                  // cpu.costop.summation
  [28, ({ limitedNs }) => limitedNs],                // cpu.maxlimited.summation
  [30, ({ runNs }) => runNs],                        // cpu.run.summation
];

/** Of a VM's memory, KiB. What nobody measures is absent. */
// biome-ignore format: a table reads in columns
const MEMORY: readonly (readonly [counter: number, bytes: (memory: TopMemory) => number | undefined])[] = [
  [65541, ({ granted }) => granted],             // mem.granted.average
  [65545, ({ active }) => active],               // mem.active.average
  [65549, ({ shared }) => shared],               // mem.shared.average
  [65553, ({ zero }) => zero],                   // mem.zero.average
  [65582, ({ balloon }) => balloon],             // mem.vmmemctl.average
  [65586, ({ overhead }) => overhead],           // mem.overhead.average
  [65591, ({ swapped }) => swapped],             // mem.swapped.average
  [65599, ({ swapRead }) => swapRead],           // mem.swapin.average
  [65603, ({ swapWritten }) => swapWritten],     // mem.swapout.average
  [65607, ({ balloonTarget }) => balloonTarget], // mem.vmmemctltarget.average
  [65611, ({ consumed }) => consumed],           // mem.consumed.average
  [65621, ({ compressed }) => compressed],       // mem.compressed.average
  [65629, ({ target }) => target],               // mem.entitlement.average
];

/** Of cards: counted, or KiB a second. */
// biome-ignore format: a table reads in columns
const NIC: readonly (readonly [counter: number, count: (nic: PerfNic) => number, isRate: boolean])[] = [
  [196609, ({ bytesRx, bytesTx }) => bytesRx + bytesTx, true], // net.usage.average
  [196612, ({ packetsRx }) => packetsRx, false],               // net.packetsRx.summation
  [196613, ({ packetsTx }) => packetsTx, false],
  [196614, ({ bytesRx }) => bytesRx, true],                    // net.received.average
  [196615, ({ bytesTx }) => bytesTx, true],
  [196616, ({ droppedRx }) => droppedRx, false],               // net.droppedRx.summation
  [196617, ({ droppedTx }) => droppedTx, false],
  [196618, ({ bytesRx }) => bytesRx, true],                    // net.bytesRx.average
  [196619, ({ bytesTx }) => bytesTx, true],
  [196620, ({ broadcastRx }) => broadcastRx, false],           // net.broadcastRx.summation
  [196621, ({ broadcastTx }) => broadcastTx, false],
  [196622, ({ multicastRx }) => multicastRx, false],           // net.multicastRx.summation
  [196623, ({ multicastTx }) => multicastTx, false],
];

interface Span {
  readonly before: TopSample;
  readonly now: TopSample;
  readonly ns: number;
  readonly cpuMhz: number;
}

/** What each entity did between two samples. */
export function measure(before: PerfSample, now: PerfSample): Map<string, Measured[]> {
  const ns = Math.max(1, now.top.takenNs - before.top.takenNs);
  const span: Span = { before: before.top, now: now.top, ns, cpuMhz: now.cpuMhz };
  const all = new Map<string, Measured[]>();
  const members = new Map<string, PerfVm[]>();
  for (const vm of now.vms) {
    const nics = before.vms.find(({ entity }) => entity === vm.entity)?.nics ?? [];
    all.set(vm.entity, [...ofVm(span, vm), ...ofNics(nics, vm.nics, ns)]);
    for (const pool of vm.pools) members.set(pool, [...(members.get(pool) ?? []), vm]);
  }
  all.set(HOST_ENTITY, [...ofHost(span), ...ofNics(before.uplinks, now.uplinks, ns)]);
  for (const [pool, vms] of members) all.set(pool, ofPool(span, vms));
  return all;
}

const groupOf = ({ groups }: TopSample, name: string) => groups.find((group) => group.name === name)?.id;
const worldsOf = ({ worlds }: TopSample, group: number | undefined) =>
  worlds.filter((world) => world.group === group);
const part = (ns: number, ofNs: number) => (ofNs <= 0 ? 0 : Math.min(1, ns / ofNs) * WHOLE);

/** How much longer something took until now; of a world that was not there, all of it. */
function grown({ before }: Span, time: Time, world: TopWorld): number {
  const old = before.worlds.find(({ id, group }) => id === world.id && group === world.group);
  return Math.max(0, time(world) - (old === undefined ? 0 : time(old)));
}

function ofVm(span: Span, { name, bootMs }: PerfVm): Measured[] {
  const group = groupOf(span.now, name);
  const worlds = worldsOf(span.now, group);
  const total = (time: Time) => sum(worlds, (world) => grown(span, time, world));
  const run = total(({ runNs }) => runNs);
  const ready = total(({ readyNs }) => readyNs);
  const late = ready + total(({ costopNs }) => costopNs);
  const own = span.ns * worlds.length;
  const memory = span.now.memory.find((each) => each.group === group);
  return [
    one(1, part(run, own)),
    one(5, (run / span.ns) * span.cpuMhz),
    one(24, part(late, own)),
    one(26, ((run + ready) / span.ns) * span.cpuMhz),
    one(32, part(ready, own)),
    ...TIMES.map(([counter, time]) => one(counter, total(time) / NS_PER_MS)),
    ...worlds.flatMap((world, vcpu) => ofVcpu(span, world, String(vcpu))),
    ...(memory === undefined ? [] : ofMemory(span, [memory])),
    ...ofDisks(
      span.before.disks,
      span.now.disks.filter((disk) => disk.group === group),
      span.ns,
      true,
    ),
    one(262144, (span.now.wallMs - bootMs) / 1000),
  ];
}

function ofVcpu(span: Span, world: TopWorld, instance: string): Measured[] {
  const run = grown(span, ({ runNs }) => runNs, world);
  return [
    one(5, (run / span.ns) * span.cpuMhz, instance),
    ...TIMES.map(([counter, time]) => one(counter, grown(span, time, world) / NS_PER_MS, instance)),
  ];
}

/** Of one VM, or of several together. */
function ofMemory({ before, ns }: Span, memory: readonly TopMemory[]): Measured[] {
  const told = MEMORY.flatMap(([counter, bytes]) => {
    const known = memory.flatMap((each) => bytes(each) ?? []);
    return known.length === 0 ? [] : [one(counter, sum(known, (each) => each) / KIB)];
  });
  const old = (group: number) => before.memory.find((each) => each.group === group);
  const rate = (of: (each: TopMemory) => number) =>
    (sum(memory, (each) => Math.max(0, of(each) - of(old(each.group) ?? each))) / KIB / ns) * 1e9;
  return [
    ...told,
    one(
      65537,
      part(
        sum(memory, ({ active = 0 }) => active),
        sum(memory, ({ size }) => size),
      ),
    ),
    one(
      65618,
      rate(({ swapRead = 0 }) => swapRead),
    ),
    one(
      65619,
      rate(({ swapWritten = 0 }) => swapWritten),
    ),
  ];
}

function ofHost(span: Span): Measured[] {
  const { now, before, ns, cpuMhz } = span;
  const { host, worlds, memory } = now;
  const pcpus = host.pcpuBusyNs.map((busy, pcpu) =>
    Math.max(0, busy - (before.host.pcpuBusyNs[pcpu] ?? busy)),
  );
  const busy = sum(pcpus, (each) => each);
  const ready = sum(worlds, (world) => grown(span, ({ readyNs }) => readyNs, world));
  const used = host.memory.total - host.memory.free;
  const shared = sum(memory, ({ shared = 0 }) => shared);
  const saved = sum(memory, ({ sharedSaved = 0 }) => sharedSaved);
  return [
    ...ofMemory(span, memory).filter(({ counter }) => !HOST_OWN.has(counter)),
    ...ofDisks(before.disks, now.disks, ns, false),
    one(1, part(busy, ns * pcpus.length)),
    one(5, (busy / ns) * cpuMhz),
    one(11, ready / NS_PER_MS),
    one(12, busy / NS_PER_MS),
    one(13, (ns * pcpus.length - busy) / NS_PER_MS),
    one(16, part(busy, ns * pcpus.length)),
    one(23, cpuMhz * pcpus.length),
    one(26, ((busy + ready) / ns) * cpuMhz),
    ...pcpus.flatMap((each, pcpu) => [
      one(1, part(each, ns), String(pcpu)),
      one(12, each / NS_PER_MS, String(pcpu)),
      one(13, (ns - each) / NS_PER_MS, String(pcpu)),
      one(16, part(each, ns), String(pcpu)),
    ]),
    one(65537, part(used, host.memory.total)),
    one(65561, sum(memory, ({ swapped = 0 }) => swapped) / KIB),
    one(65569, (shared - saved) / KIB),
    one(65611, used / KIB),
    one(65615, host.memory.kernel / KIB),
    one(65625, host.memory.total / KIB / KIB),
    ...(host.memory.state === undefined ? [] : [one(65580, MEMORY_STATES.indexOf(host.memory.state))]),
    one(262144, host.uptimeNs / 1e9),
  ];
}

/** mem.usage, swapped, consumed and entitlement, which a host counts in its own way or not at all. */
const HOST_OWN: ReadonlySet<number> = new Set([65537, 65591, 65611, 65629]);

function ofPool(span: Span, vms: readonly PerfVm[]): Measured[] {
  const groups = new Set(vms.flatMap(({ name }) => groupOf(span.now, name) ?? []));
  const worlds = span.now.worlds.filter(({ group }) => groups.has(group));
  const run = sum(worlds, (world) => grown(span, ({ runNs }) => runNs, world));
  const memory = span.now.memory.filter(({ group }) => groups.has(group));
  return [one(5, (run / span.ns) * span.cpuMhz), ...ofMemory(span, memory)];
}

function ofNics(before: readonly PerfNic[], now: readonly PerfNic[], ns: number): Measured[] {
  if (now.length === 0) return [];
  const each = now.map((nic) => {
    const old = before.find(({ instance }) => instance === nic.instance);
    const counts = NIC.map(([, count]) => Math.max(0, count(nic) - (old === undefined ? 0 : count(old))));
    return { instance: nic.instance, counts };
  });
  return NIC.flatMap(([counter, , isRate], row) => {
    const value = (count: number) => (isRate ? (count / KIB / ns) * 1e9 : count);
    const all = sum(each, ({ counts }) => counts[row] ?? 0);
    return [
      one(counter, value(all)),
      ...each.map(({ instance, counts }) => one(counter, value(counts[row] ?? 0), instance)),
    ];
  });
}
