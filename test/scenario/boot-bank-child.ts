// A host that is killed (SIGKILL) before a given write: it boots, saves its state, or stages an update.
import { readFileSync } from 'node:fs';
import { machineDisk } from '#system';
import { bootHost, NAMES } from './boot-bank-host.ts';

const [folder = '', action = '', step = '', argument = ''] = process.argv.slice(2);
let stepsLeft = Number(step);
const disk = machineDisk(() => {
  if (stepsLeft === 0) process.kill(process.pid, 'SIGKILL');
  stepsLeft--;
});
const { files, keeper, packages } = bootHost(disk, folder);

if (action === 'save') {
  for (const name of NAMES) files.write(`/etc/${name}`, argument);
  keeper.save();
}
if (action === 'update') {
  files.write('/tmp/x.vib', readFileSync(argument));
  packages.install(['/tmp/x.vib'], 'install', { noSignatureCheck: true });
}
