// A host of the test's own: a home folder that is removed, the program "vmk up" as a process, and commands to it.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type HostClient, homePaths, localClient } from '#management';
import { type VmkResult, vmk } from './vmk.ts';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const UP = 'the host is up';

export class TestHost {
  readonly home = mkdtempSync(join(tmpdir(), 'vmk-home-'));
  readonly client: HostClient = localClient(homePaths(this.home).socket);
  /** All that the host said. */
  said = '';
  #process: ChildProcess | undefined;

  /** Brings the host up; resolves when it says that it is. */
  async up(...options: readonly string[]): Promise<void> {
    const before = this.said;
    const child = spawn(process.execPath, [MAIN, 'up', '--home', this.home, ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    await this.says(UP, before);
  }

  /** Resolves when the host has said `text` once more often than in `before`. */
  async says(text: string, before: string): Promise<void> {
    const child = this.#process as ChildProcess;
    const count = (from: string) => from.split(text).length;
    while (count(this.said) <= count(before)) {
      if (child.exitCode !== null) throw new Error(`the host ended: ${this.said}`);
      await Promise.race([once(child.stderr as NodeJS.ReadableStream, 'data'), once(child, 'exit')]);
    }
  }

  /** Runs `vmk GROUP VERB …` against it. */
  vmk(...given: readonly string[]): Promise<VmkResult> {
    return vmk([...given, '--home', this.home]);
  }

  /** Runs `vmk GROUP VERB …`, which has to go well; resolves to what it said. */
  async ok(...given: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.vmk(...given);
    assert.equal(status, 0, `${given.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Runs `esxcli …` on it. */
  esxcli(...given: readonly string[]): Promise<VmkResult> {
    return vmk(['esxcli', '--home', this.home, ...given]);
  }

  /** Ends the process with a signal, or waits for its end; resolves to its exit status. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      if (signal) child.kill(signal);
      await exited;
    }
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Waits for a text on a VM's console, then types the answer; and so on. Resolves to all that was said. */
export async function dialogue(
  client: HostClient,
  vm: string,
  steps: readonly (readonly [awaited: string, answer?: string])[],
): Promise<string> {
  const stream = await client.console(vm);
  const left = [...steps];
  let all = '';
  let fresh = '';
  const advance = (): boolean => {
    for (let step = left[0]; step && fresh.includes(step[0]); step = left[0]) {
      fresh = fresh.slice(fresh.indexOf(step[0]) + step[0].length);
      if (step[1] !== undefined) stream.write(step[1]);
      left.shift();
    }
    return left.length === 0;
  };
  const said = stream.setEncoding('utf8').iterator({ destroyOnReturn: false }) as AsyncIterable<string>;
  let isDone = advance();
  if (!isDone) {
    for await (const part of said) {
      all += part;
      fresh += part;
      isDone = advance();
      if (isDone) break;
    }
  }
  if (isDone) {
    await leave(stream);
    return all;
  }
  throw new Error(`the console of ${vm} ended before it said "${left[0]?.[0]}": ${all}`);
}

/** Who just goes while the machine says something is cut off, and what was typed last may be lost with it. */
async function leave(stream: Duplex): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.on('error', () => {});
  stream.once('close', resolve);
  stream.end();
  stream.resume();
  if (!stream.closed) await promise;
}
