/** Asks for secrets: at a terminal they are not shown, from a pipe each is a line. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { usageError } from '#lib';
import type { ClientContext } from './group.ts';

/** Owner: one command, which closes it. */
export class SecretPrompt {
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
    if (done === true) throw usageError('no answer was given');
    return value;
  }

  close(): void {
    this.#lines?.close();
  }

  /** A new password: at a terminal it is asked for twice. Throws HostError `usage` when they differ. */
  async askNew(): Promise<string> {
    const password = await this.ask('New password: ');
    if (this.#process.stdin.isTTY && (await this.ask('The same again: ')) !== password) {
      throw usageError('the two passwords differ');
    }
    return password;
  }
}
