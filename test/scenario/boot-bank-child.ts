// A host that is killed (SIGKILL) before a given write: it boots, saves its state, stages an update, or saves while one waits.
import { readFileSync } from 'node:fs';
import { machineDisk } from '#system';
import { bootHost, NAMES } from './boot-bank-host.ts';

const [folder = '', action = '', step = '', argument = ''] = process.argv.slice(2);
let stepsLeft = Number(step);
/** Whether the steps of now are among those that count. */
let counts = action !== 'update+save';
const disk = machineDisk(() => {
  if (!counts) return;
  if (stepsLeft === 0) process.kill(process.pid, 'SIGKILL');
  stepsLeft--;
});
const { files, keeper, packages } = bootHost(disk, folder);

const save = (text: string) => {
  for (const name of NAMES) files.write(`/etc/${name}`, text);
  keeper.save();
};
if (action === 'save') save(argument);
if (action.startsWith('update')) {
  files.write('/tmp/x.vib', readFileSync(argument));
  packages.install(['/tmp/x.vib'], 'install', { noSignatureCheck: true });
}
counts = true;
if (action === 'update+save') save('new');
