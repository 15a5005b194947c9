// Tests of the vmk program with a machine of the test: what it is asked for, and what becomes of how it ends.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { readCpio } from '#guest';
import { HostError } from '#lib';
import type { RunConfig, RunMachine, RunResult, Terminal } from '../run-config.ts';
import { mainIn } from './main.ts';

const GUEST = { kernelPath: '/cache/vmlinux', initramfsPath: '/cache/initramfs', packages: {} };

/** Runs vmk with a machine that does `act`; gives what it was asked for and what the person saw. */
async function vmk(
  given: readonly string[],
  act: (terminal: Terminal, config: RunConfig, signals: EventEmitter) => RunResult | Promise<RunResult>,
) {
  const stdin = Object.assign(new PassThrough(), { isTTY: false });
  const stdout = Object.assign(new PassThrough(), { isTTY: false });
  const errors: string[] = [];
  const stderr = { isTTY: false, write: (text: string) => errors.push(text) };
  const parts = Object.assign(new EventEmitter(), { stdin, stdout, stderr, exit: () => assert.fail('exit') });
  const configs: RunConfig[] = [];
  const runMachine: RunMachine = async (config, terminal) => {
    configs.push(config);
    return act(terminal, config, parts);
  };
  let guests = 0;
  const guest = () => Promise.resolve((guests++, GUEST));
  const status = await mainIn(given, {
    ...{ runMachine, process: parts as never, guest },
    bringUp: () => assert.fail('no host is to be brought up'),
    restart: () => assert.fail('nothing is to start anew'),
    connect: () => assert.fail('no host is to be asked'),
  });
  const shown: string[] = [];
  for (let chunk = stdout.read(); chunk !== null; chunk = stdout.read()) shown.push(String(chunk));
  return {
    status,
    config: configs[0],
    errors: errors.join(''),
    output: shown.join(''),
    guests,
    parts,
  };
}

const off: RunResult = { kind: 'powered-off', status: 0 };
const never = () => assert.fail('no machine is to run');
const write = (terminal: Terminal, text: string) => terminal.write(new TextEncoder().encode(text));

test('run: without options the default guest on the serial console', async () => {
  const { status, config, guests } = await vmk(['run'], () => off);
  assert.equal(status, 0);
  assert.equal(guests, 1);
  assert.deepEqual(config, {
    kernel: '/cache/vmlinux',
    initrd: ['/cache/initramfs'],
    append: 'console=ttyS0 quiet',
    memoryBytes: 512 * 2 ** 20,
    disks: [],
    console: 'serial',
    deterministic: false,
    engine: 'jit',
    trace: [],
    stats: false,
    cpus: 1,
  });
});

// biome-ignore format: a table reads in columns
const CONFIGS: readonly (readonly [given: string, wanted: Partial<RunConfig>, guests: number])[] = [
  ['--kernel K --initrd I',            { kernel: 'K', initrd: ['I'], append: 'console=ttyS0 quiet' }, 0],
  ['--kernel K',                       { kernel: 'K', initrd: [] },                                   0],
  ['--initrd I',                       { kernel: '/cache/vmlinux', initrd: ['I'] },                   1],
  ['--firmware F --append a',          { firmware: 'F', initrd: [], append: 'a' },                    0],
  ['--append debug',                   { append: 'console=ttyS0 debug' },                             1],
  ['--append=',                        { append: 'console=ttyS0' },                                   1],
  ['--console virtio',                 { console: 'virtio', append: 'console=hvc0 quiet' },           1],
  ['--console none',                   { console: 'none', append: 'quiet' },                          1],
  ['--profile --json',                 { profile: { json: true } },                                   1],
  ['--profile --system-map M',         { profile: { json: false, systemMap: 'M' } },                  1],
  ['--check-code',                     { checkCode: true },                                           1],
  ['--memory 64M --cpus 2 --stats',    { memoryBytes: 2 ** 26, cpus: 2, stats: true },                1],
];

for (const [given, wanted, wantedGuests] of CONFIGS) {
  test(`run ${given}: asks for that machine`, async () => {
    const { config, guests } = await vmk(['run', ...given.split(' ')], () => off);
    assert.deepEqual({ ...config, ...wanted }, config);
    assert.equal(guests, wantedGuests);
    assert.equal('kernel' in (config ?? {}), !given.includes('--firmware'));
  });
}

/** Speaks as the guest's /init does. */
async function guestRuns(
  terminal: Terminal,
  config: RunConfig,
  output: string,
  status: string,
): Promise<string> {
  const entries = readCpio(readFileSync(config.initrd.at(-1) as string));
  const [script, nonce] = entries.map((entry) =>
    entry.kind === 'file' ? new TextDecoder().decode(entry.data) : '',
  );
  write(
    terminal,
    `noise\r\n\x1eVMK-EXEC-BEGIN ${nonce}${output}\x1eVMK-EXEC-END ${nonce?.trim()} ${status}\nmore noise`,
  );
  return script ?? '';
}

test('run --exec: hands the script in, shows its output only, ends with its status, leaves no file', async () => {
  let script = '';
  const act = async (terminal: Terminal, config: RunConfig) => {
    script = await guestRuns(terminal, config, 'hello\n', '7');
    return off;
  };
  const { status, output, config } = await vmk(['run', '--exec', 'echo hello; exit 7'], act);
  assert.equal(script, 'echo hello; exit 7\n');
  assert.deepEqual([status, output], [7, 'hello\n']);
  assert.equal(config?.append, 'console=ttyS0 loglevel=1 quiet');
  assert.equal(config?.initrd[0], '/cache/initramfs');
  assert.ok(!existsSync(config?.initrd[1] as string));
});

test('run --exec --deterministic: the guest is given the same bytes each time, otherwise a word of their own', async () => {
  const archives = async (...options: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (let run = 0; run < 2; run++) {
      await vmk(['run', '--exec', 'true', ...options], (_terminal, config) => {
        found.push(readFileSync(config.initrd[1] as string).toString('hex'));
        return off;
      });
    }
    return found;
  };
  const [first, second] = await archives('--deterministic');
  assert.equal(first, second);
  const [third, fourth] = await archives();
  assert.notEqual(third, fourth);
});

test('run --exec: a guest that ends before the script begins is a guest fault, with what its console said', async () => {
  const { status, errors } = await vmk(['run', '--exec', 'true'], (terminal) => {
    write(terminal, 'Kernel panic\n');
    return off;
  });
  assert.equal(status, 3);
  assert.match(errors, /switched off before it ran the script; its console said:\nKernel panic/);
});

test('run --exec: a script that switches off itself ends with what the guest says', async () => {
  const { status } = await vmk(['run', '--exec', 'poweroff -f'], async (terminal, config) => {
    await guestRuns(terminal, config, '', 'x');
    return off;
  });
  assert.equal(status, 0);
});

// biome-ignore format: a table reads in columns
const ENDS: readonly (readonly [what: string, result: RunResult, status: number, said: RegExp])[] = [
  ['power off',          off,                                          0,   /^$/],
  ['power off, failing', { kind: 'powered-off', status: 5 },           5,   /^$/],
  ['power off, far',     { kind: 'powered-off', status: 70_000 },      255, /^$/],
  ['left',               { kind: 'left' },                             0,   /^$/],
  ['fault',              { kind: 'fault', message: 'vm: pc 0x0' },     3,   /^vmk: vm: pc 0x0\n$/],
];

for (const [what, result, wanted, said] of ENDS) {
  test(`run: ${what} ends with status ${wanted}`, async () => {
    const { status, errors } = await vmk(['run'], () => result);
    assert.equal(status, wanted);
    assert.match(errors, said);
  });
}

test('run: a signal stops the machine and gives its status', async () => {
  const { status, parts } = await vmk(['run'], async (terminal, _config, signals) => {
    queueMicrotask(() => signals.emit('SIGINT'));
    await once(terminal.stop, 'abort');
    return { kind: 'left' };
  });
  assert.equal(status, 130);
  assert.deepEqual(parts.eventNames(), []);
});

test('run: what cannot be started is one line and status 2', async () => {
  const { status, errors } = await vmk(['run', '--kernel', 'K'], () => {
    throw new HostError('kernel-not-bootable', { path: 'K', reason: 'it is for x86-64' });
  });
  assert.equal(status, 2);
  assert.match(errors, /^vmk: Cannot boot kernel "K": it is for x86-64\. .*\n$/);
});

test('run: our own mistake is told with where it was made', async () => {
  const { status, errors } = await vmk(['run'], () => {
    throw new TypeError('x is undefined');
  });
  assert.equal(status, 1);
  assert.match(errors, /mistake of vmk itself: TypeError: x is undefined\n +at /);
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [given: string[], message: RegExp])[] = [
  [[],                                             /^vmk: no command\. Try "vmk help"\.\n$/],
  [['rum'],                                        /no command "rum"; did you mean "run"\? Try/],
  [['toString'],                                   /no command "toString"/],
  [['help', 'rnn'],                                /no command "rnn"; did you mean "run"/],
  [['run', '--kernel', 'a', '--firmware', 'b'],    /exclude each other/],
  [['run', '--firmware', 'b', '--exec', 'true'],   /--exec needs a Linux kernel/],
  [['run', '--firmware', 'b', '--initrd', 'i'],    /--initrd goes with a kernel/],
  [['run', '--console', 'none', '--exec', 'true'], /--exec needs a console/],
  [['run', 'Image'],                               /unexpected argument "Image"/],
];

for (const [given, message] of REFUSED) {
  test(`vmk ${given.join(' ')}: one line and status 2`, async () => {
    const { status, errors, output } = await vmk(given, never);
    assert.equal(status, 2);
    assert.match(errors, message);
    assert.equal(errors.trimEnd().split('\n').length, 1);
    assert.equal(output, '');
  });
}

// biome-ignore format: a table reads in columns
const HELPS: readonly (readonly [given: string[], shown: RegExp])[] = [
  [['help'],          /^ {2}run +boot/m],
  [['--help'],        /^ {2}run +boot/m],
  [['-h'],            /^ {2}run +boot/m],
  [['help', 'run'],   /--deterministic/],
  [['run', '--help'], /^ {2}130, 143 +stopped/m],
  [['version'],       /^vmk \d+\.\d+\.\d+, Node 26/],
  [['--version'],     /^vmk/],
];

for (const [given, shown] of HELPS) {
  test(`vmk ${given.join(' ')}: on standard output, status 0`, async () => {
    const { status, output, errors } = await vmk(given, never);
    assert.equal(status, 0);
    assert.match(output, shown);
    assert.equal(errors, '');
    for (const line of output.split('\n')) assert.ok(line.length <= 120, line);
  });
}
