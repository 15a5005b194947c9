// A Debian on a disk, from its packages to a package more: the template is made if it is not there, deployed, booted by U-Boot
// from its disk; a package is installed from the mirror over the NAT, and after a restart it is still there. It starts anew and
// powers off by the buttons of its machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '#guest';
import { Templates } from '../../src/management/templates/templates.ts';
import { TestHost } from '../scenario/host.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
/** Ends when the guest has the driver of the machine's buttons. */
const BUTTON = 'until grep -q "Power Button" /proc/bus/input/devices; do sleep 1; done';
const PACKAGE = 'hello';
const INSTALL = `apt-get -q update && apt-get -q -y install ${PACKAGE}`;
/** Nothing failed; of what did, its journal. */
const LOOK =
  'systemctl is-system-running --wait || ! for unit in $(systemctl list-units --failed --plain --no-legend | cut -d " " -f 1); do journalctl -b -o short-precise --no-pager -u $unit; done';
/** Its card is found, and has an address, when it is: nobody at the console waits for that. */
const ONLINE = 'until ip -4 route show default | grep -q .; do sleep 1; done; ip -4 -br address show eth0';

type Say = (line: string) => void;

/** @param name - of the template */
export async function soakDebian(name: string, say: Say): Promise<boolean> {
  const clock = stopwatch(say);
  const templates = new Templates(cacheFolder());
  if (templates.find(name) === undefined) {
    const [status] = await once(
      spawn(process.execPath, [MAIN, 'template', 'create', name], { stdio: 'inherit' }),
      'exit',
    );
    if (status !== 0) throw new Error(`no template: status ${status}`);
    clock('the template is made');
  }
  const { password } = templates.get(name);
  const host = new TestHost();
  try {
    await host.up('--https', 'off', '--memory', '2G');
    const { status, stderr } = await host.vmk('template', 'deploy', name, 'vm', '--memory', '1G', '--start');
    if (status !== 0) throw new Error(stderr);
    clock('deployed and started');
    const console = new Conversation(await host.client.console('vm'));
    await console.until('U-Boot');
    await logIn(console, password);
    clock('booted from its disk by U-Boot, and logged in');
    const looked = await console.run(LOOK);
    clock(`is it running, and what failed: ${looked.text.trim()}`);
    const online = await console.run(ONLINE);
    clock(`it reaches out: ${online.text.trim().replaceAll(/\s+/g, ' ')}`);
    const installed = await console.run(INSTALL);
    clock(`${INSTALL}: status ${installed.status}`);
    if (installed.status !== 0) say(installed.text);
    await host.ok('vm', 'reboot', 'vm');
    await console.until('U-Boot');
    await logIn(console, password);
    clock('started again by its button, and logged in');
    const again = await console.run(PACKAGE);
    clock(`${PACKAGE}: ${again.text.trim()}`);
    // It may ask for a login, and say that it is running, before it has found all of its devices.
    await console.run(BUTTON);
    await host.ok('vm', 'shutdown', 'vm');
    await console.until('reboot: Power down');
    clock('powered off by its button');
    return looked.status === 0 && installed.status === 0 && again.status === 0;
  } finally {
    await host.remove();
  }
}

async function logIn(console: Conversation, password: string): Promise<void> {
  await console.until('login: ');
  console.type('root\n');
  await console.until('Password: ');
  console.type(`${password}\n`);
  await console.until('# ');
  // What is typed is not shown from here on, and the prompt is one that nothing else says.
  console.type('stty -echo; PS1=; PROMPT_COMMAND=\n');
  await console.run('true');
}

/** What a machine says on its console, and what is typed there. */
class Conversation {
  readonly #stream: Duplex;
  #said = '';
  #heard: () => void = () => {};

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
      this.#heard();
    });
    stream.on('close', () => this.#heard());
  }

  type(text: string): void {
    this.#stream.write(text);
  }

  /** What it says up to this, which is taken away with it. */
  async until(text: string): Promise<string> {
    while (!this.#said.includes(text)) {
      await new Promise<void>((resolve) => (this.#heard = resolve));
      if (this.#stream.closed) throw new Error(`the console ended before "${text}": ${this.#said}`);
    }
    const end = this.#said.indexOf(text);
    const before = this.#said.slice(0, end);
    this.#said = this.#said.slice(end + text.length);
    return before;
  }

  /** Runs a command in the shell that is there. */
  async run(command: string): Promise<{ readonly status: number; readonly text: string }> {
    // What is typed does not hold what is waited for.
    this.type(`echo "vmk:"begin; ${command}; echo "vmk:"status=$?.\n`);
    await this.until('vmk:begin');
    const text = await this.until('vmk:status=');
    return { status: Number(await this.until('.')), text };
  }
}

function stopwatch(say: Say): (what: string) => void {
  let at = performance.now();
  return (what) => {
    say(`${((performance.now() - at) / 1000).toFixed(1).padStart(7)} s  ${what}`);
    at = performance.now();
  };
}
