/** "vmk esxcli …": the command lines of esxcli, run by the host that is up. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Outcome, withSecrets } from '../esxcli/index.ts';
import type { ClientContext } from './group.ts';
import { usage } from './options.ts';

/** Runs `vmk esxcli [--home DIR] WORDS…`; resolves to the exit status. Throws HostError. */
export async function runEsxcli(given: readonly string[], context: ClientContext): Promise<number> {
  const { process } = context;
  const { home, words } = splitHome(given);
  const secrets = new SecretPrompt(process);
  const whole = await withSecrets(words, (prompt) => secrets.ask(prompt));
  secrets.close();
  const screenWidth = process.stdout.columns;
  const { output, error, status } = await context
    .connect(home)
    .call<Outcome>('esxcli.run', { words: whole, ...(screenWidth > 0 ? { screenWidth } : {}) });
  if (output !== '') process.stdout.write(output);
  if (error !== '') process.stderr.write(error);
  return status;
}

/** The home folder may be named first: everything else is esxcli's. */
function splitHome(given: readonly string[]): { home: string | undefined; words: readonly string[] } {
  const [first, second, ...rest] = given;
  if (first?.startsWith('--home=')) return { home: first.slice('--home='.length), words: given.slice(1) };
  if (first !== '--home') return { home: undefined, words: given };
  if (second === undefined) throw usage('--home needs a value: --home DIR');
  return { home: second, words: rest };
}

/** Lines from the terminal that are not shown, or from a pipe. */
class SecretPrompt {
  readonly #process: ClientContext['process'];
  #lines: Interface | undefined;
  #answers: AsyncIterator<string> | undefined;

  constructor(process: ClientContext['process']) {
    this.#process = process;
  }

  async ask(prompt: string): Promise<string> {
    const { stdin, stderr } = this.#process;
    stderr.write(prompt);
    const output = new Writable({ write: (_part, _encoding, done) => done() });
    this.#lines ??= createInterface({ input: stdin, output, terminal: stdin.isTTY }).on('SIGINT', () =>
      this.close(),
    );
    this.#answers ??= this.#lines[Symbol.asyncIterator]();
    const { done, value } = await this.#answers.next();
    stderr.write('\n');
    if (done === true) throw usage('no answer was given');
    return value;
  }

  close(): void {
    this.#lines?.close();
  }
}
