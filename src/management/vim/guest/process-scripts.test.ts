// Scripts for programs in guests: quoted whatever they hold; what a guest says of its processes is read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { mayStart, programScript, readProcesses } from './process-scripts.ts';

const sh = (script: string | undefined) =>
  spawnSync('/bin/sh', ['-c', script ?? 'exit 99'], { encoding: 'utf8' });

test('programScript: folder, variables, the shell takes the arguments apart', () => {
  const envVariables = ["A=it's", 'B='];
  const spec = { programPath: '/bin/sh', arguments: `-c 'pwd; echo "$A|$B|$1"' sh "x  y"`, envVariables };
  assert.equal(sh(programScript({ ...spec, workingDirectory: '/usr' })).stdout, "/usr\nit's||x  y\n");
  assert.equal(sh(programScript(spec)).stdout, "/\nit's||x  y\n");
  assert.equal(programScript({ ...spec, envVariables: ['a b=1'] }), undefined);
});

test('mayStart: what is there and may be run', () => {
  const status = (programPath: string, workingDirectory = '/') =>
    sh(mayStart({ programPath, arguments: '', workingDirectory })).status;
  assert.deepEqual(
    [status('/bin/sh'), status('sh'), status('/bin/none'), status('/etc/passwd'), status('/bin/sh', '/none')],
    [0, 0, 5, 4, 6],
  );
});

const stat = (pid: number, name: string, ticks: number) =>
  `${pid} (${name}) S 1 2 3 4 -1 ${'0 '.repeat(13)}${ticks} 5 6 7\n`;

test('readProcesses: names of any kind, owners, command lines, times', () => {
  const output = [
    '50.5\n',
    stat(1, 'init', 100) + stat(7, 'a) S (b', 250) + stat(9, 'gone', 0),
    '/proc/1 0\n/proc/7 1000\n',
    '==> /proc/1/cmdline <==\n/bin/sh\0/init\0\n==> /proc/7/cmdline <==\n',
    'root:0\nann:1000\n',
  ].join('\u0002\n');
  assert.deepEqual(readProcesses(output, 100_000), [
    { name: 'init', pid: 1, owner: 'root', cmdLine: '/bin/sh /init', startTime: new Date(50_500) },
    { name: 'a) S (b', pid: 7, owner: 'ann', cmdLine: '', startTime: new Date(52_000) },
  ]);
});

test('readProcesses: fuzz: whatever a guest says', () => {
  const random = new SeededRandom(3);
  const parts = ['\u0002\n', '\n', stat(1, 'x', 1), '/proc/1 0', '==> /proc/1/cmdline <==\n', ' ', '9', '('];
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: random.below(30) }, () => parts[random.below(parts.length)]).join('');
    for (const { pid } of readProcesses(text, 0)) assert.ok(Number(pid) > 0);
  }
});
