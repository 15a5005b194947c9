/** "vmk vm record", recordings, replay, debug: VMs in exact steps. */
import { formatSize, usageError } from '#lib';
import type { DebugRow } from '../vms/exact-runs.ts';
import type { RecordingRow } from '../vms/recordings.ts';
import type { ReplayResult } from '../vms/runner.ts';
import { command, type Group } from './group.ts';
import { type Column, formatTable } from './table.ts';
import { count, flag, text } from './value-options.ts';

const COLUMNS: readonly Column<RecordingRow>[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Steps', value: ({ steps }) => steps },
  { title: 'Inputs', value: ({ inputs }) => inputs },
  { title: 'Hashes', value: ({ hashes }) => hashes },
  { title: 'Size', value: ({ bytes }) => formatSize(bytes) },
  { title: 'End', value: ({ about }) => about },
];

export const EXACT_COMMANDS: Group = {
  record: command(
    ['VM'],
    'records the run of a VM; one that is off is switched on',
    { end: flag('the recording ends, and the VM goes on') },
    async ({ client, words: [vm], values: { end }, print }) => {
      print(
        await client.call<{ recording: string }>(end ? 'vm.record.end' : 'vm.record', { vm }),
        ({ recording }) => `${recording}\n`,
      );
    },
    `The run is deterministic: guest time comes from instructions. Recorded is all that comes from outside: what is typed on
its console ("vmk vm console") and the frames for its network cards. What its disks hold at the beginning is kept as a
snapshot, and the memory of a VM that is on as a file beside the recording. It ends with "poweroff" in the guest, with
"vmk vm stop", or with "vmk vm record VM --end".
`,
  ),
  recordings: command(
    ['VM'],
    'lists the recordings of a VM',
    { remove: text('NAME', 'remove that one, and the snapshot of disks that it begins with') },
    async ({ client, words: [vm], values: { remove }, print }) => {
      if (remove !== undefined) await client.call('vm.recording.remove', { vm, recording: remove });
      const rows = await client.call<RecordingRow[]>('vm.recordings', { vm });
      if (remove === undefined) print(rows, (all) => formatTable(COLUMNS, all));
    },
  ),
  replay: command(
    ['VM', '[RECORDING]'],
    'goes through a recording again (the last one), and says where it differs',
    { until: text('STEP', 'end at this step (the end of the recording)') },
    async ({ client, words: [vm, recording], values: { until }, print }) => {
      const given = { vm, recording, until };
      print(await client.call<ReplayResult & { recording: string }>('vm.replay', given), replayText);
    },
    `It needs nothing of the VM, which may be on or off. The state of the machine is compared with what was recorded, every
million instructions. Exit status 1 and the first difference, when there is one.
`,
  ),
  debug: command(
    ['VM'],
    'gives a VM, or a recording of it, to gdb; prints where gdb connects',
    {
      recording: text('NAME', 'that recording, or "last": gdb can go backwards too'),
      port: count('N', 'port of 127.0.0.1 (any that is free)'),
      end: flag('gdb is done: the VM goes on as before'),
    },
    async ({ client, words: [vm], values: { recording, port, end }, print }) => {
      if (end && port !== undefined) throw usageError('--end and --port exclude each other');
      const isRecording = recording !== undefined;
      const name = isRecording ? 'vm.recording.debug' : 'vm.debug';
      const given = { vm, ...(isRecording && { recording: recording === 'last' ? undefined : recording }) };
      if (end) await client.call(`${name}.end`, given);
      else {
        const row = await client.call<DebugRow>(name, { ...given, port });
        print(row, ({ address }) => `target remote ${address}\n`);
      }
    },
    `A VM that is on goes over to a thread of its own with its memory and disks, and stands still until gdb comes; one that
is off begins at power-on. "vmk vm debug VM --end" lets it go on as before.
In gdb-multiarch: set arch riscv:rv64, then what this prints; "monitor help" tells more.
`,
  ),
};

function replayText({
  recording,
  steps,
  firstStep,
  compared,
  hashes,
  state,
  how,
  ms,
}: ReplayResult & { recording: string }): string {
  const ran = BigInt(steps) - BigInt(firstStep);
  const rate = Math.round(Number(ran) / Math.max(ms, 1) / 1000);
  const from = firstStep === '0' ? '' : ` from step ${firstStep} on`;
  return [
    `${recording}: ${ran} steps${from} in ${(ms / 1000).toFixed(1)} s (${rate} million a second), ended: ${how}`,
    `${compared} of ${hashes} hashes compared, all equal; state ${state}\n`,
  ].join('\n');
}
