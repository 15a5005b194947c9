/**
 * The host's half of the guest's agent (src/guest/agent.sh): what a guest says of itself, and what is asked of it.
 * A guest may say anything: all that is kept has a bound, and who waits for an answer does not wait for ever.
 */
import { HostError, usageError } from '#lib';
import { captured, LONG } from './captured.ts';
import { FACTS_SCRIPT, type GuestFacts, readFacts } from './facts.ts';
import { GuestInfo, MAX_INFO_BYTES } from './guest-info.ts';
import { Heartbeat, type HeartbeatColour } from './heartbeat.ts';
import { fromWord, Lines, quoted, toWord } from './words.ts';

/** The way to the agent, as the host has it. */
export interface AgentPort {
  /** @returns how many bytes found room; `AgentListener.room` tells when there is more. */
  send(bytes: Uint8Array): Promise<number>;
  /** From now on `listener` hears what comes; first whether somebody is there. */
  listen(listener: AgentListener): void;
}

export interface AgentListener {
  data(bytes: Uint8Array): void;
  opened(isOpen: boolean): void;
  room(): void;
}

export interface AgentClock {
  nowMs(): number;
  /** Calls `action` once; the result cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** What a program is called by who starts it. */
export interface ProgramWords {
  readonly name: string;
  readonly commandLine: string;
  readonly owner: string;
}

/** A program that was started through the agent. */
export interface StartedProgram extends ProgramWords {
  readonly pid: number;
  readonly startedMs: number;
  /** When it has ended. */
  endedMs?: number;
  status?: number;
}

/** What a script came to. */
export interface ScriptEnd {
  readonly status: number;
  readonly output: string;
}

const ANSWER_MS = 20_000;
const MAX_WAITING = 64;
/** A longer guestinfo value goes as bytes: the guest's shell reads words slowly. */
const MAX_WORD_BYTES = 256;
const MAX_PROGRAMS = 64;
/** What one put or get carries. */
export const BLOCK_BYTES = 16_384;
const MAX_CAPTURED_BYTES = 2 ** 21;
/** Facts are asked for again after so many beats of 30 s. */
const BEATS_PER_LOOK = 20;
/** Of a script that was ended: what it had said by then is not all. */
const LEAST_CUT_STATUS = 124;

interface Waiter {
  resolve(words: readonly string[]): void;
  reject(error: Error): void;
  readonly cancel: () => void;
}

const byUser = (user: string) => (user === 'root' ? '' : ` ${toWord(user)}`);

export class GuestAgent {
  readonly #vm: string;
  readonly #clock: AgentClock;
  readonly #changed: () => void;
  readonly #heart: Heartbeat;
  readonly #info = new GuestInfo();
  readonly #programs: StartedProgram[] = [];
  readonly #waiters = new Map<number, Waiter>();
  #port: AgentPort | undefined;
  #lines = new Lines();
  #facts: GuestFacts | undefined;
  #greeting = '';
  #isThere = false;
  #wasThere = false;
  #beats = 0;
  /** The last look came to nothing: with the next beat there is another one. */
  #wantsLook = false;
  #first: { readonly facts: GuestFacts | undefined; readonly script: string | undefined } | undefined;
  #nextId = 1;
  /** Bytes on their way, in order. */
  #sending: Promise<void> = Promise.resolve();
  #room = Promise.withResolvers<void>();

  /** @param changed - hears of each change of what is known of the guest */
  constructor(vm: string, clock: AgentClock, changed: () => void) {
    this.#vm = vm;
    this.#clock = clock;
    this.#changed = changed;
    this.#heart = new Heartbeat(clock, changed);
  }

  /** Whether an agent has answered. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** Whether one has answered since the host knows the VM. */
  get wasThere(): boolean {
    return this.#wasThere;
  }

  get facts(): GuestFacts | undefined {
    return this.#facts;
  }

  /** guestinfo.*: what the guest, or a person, has set. */
  get info(): ReadonlyMap<string, string> {
    return this.#info.values;
  }

  /** Programs that were started, the oldest first. */
  get programs(): readonly StartedProgram[] {
    return this.#programs;
  }

  /** How the guest does, in the colours of VIM. */
  get heartbeat(): HeartbeatColour {
    return this.#heart.colour;
  }

  /**
   * A machine runs: its agent will come, or not.
   * @param vmx - the keys of its .vmx; `isNew` unless its guest goes on where it was, and has said things
   */
  connect(
    port: AgentPort,
    vmx: Iterable<readonly [key: string, value: string]> = [],
    { isNew = false } = {},
  ): void {
    this.#port = port;
    if (isNew) this.#info.begin(vmx);
    else this.#info.take(vmx);
    port.listen({
      data: (bytes) => this.#port === port && this.#hear(bytes),
      opened: (isOpen) => this.#port === port && (isOpen ? this.#greet() : this.#lose()),
      room: () => this.#haveRoom(),
    });
  }

  /** The machine is gone, and all that was known of its guest. */
  disconnect(): void {
    this.#port = undefined;
    this.#first = undefined;
    this.#programs.length = 0;
    this.#lose();
  }

  /**
   * The guest is a copy of one that has told its facts.
   * @param script - what it runs first, as soon as its agent answers; then it says `net`, and is looked at
   */
  beginAs(facts: GuestFacts | undefined, script: string | undefined): void {
    this.#first = { facts, script };
  }

  /** Tells the guest a guestinfo.* value, the empty one to take it away. @throws HostError `usage` */
  setInfo(key: string, value: string): void {
    if (!this.tellInfo(key, value)) {
      const reason = `"${key}" is no guestinfo.* key of at most 110 characters with at most ${MAX_INFO_BYTES} bytes`;
      throw usageError(reason);
    }
  }

  /** The same; false when it is nothing for a guest. */
  tellInfo(given: string, value: string): boolean {
    const key = this.#info.set(given, value);
    if (key !== undefined && this.#isThere) this.#tellInfo(key, value);
    return key !== undefined;
  }

  /** Runs a shell script in the guest; its output is cut to the last 16,000 bytes. @throws HostError */
  async run(script: string, seconds = 15): Promise<ScriptEnd> {
    const [output = ''] = await this.#ask('sh', `${seconds} ${toWord(script)}`, seconds * 1000 + ANSWER_MS);
    const text = Buffer.from(output, 'base64').toString('utf8');
    const [, body = '', status = '1'] = /^([\s\S]*?)status (\d+)\n$/.exec(text) ?? [];
    return { status: Number(status), output: body };
  }

  /** Starts a shell script in the guest and does not wait for it. @throws HostError */
  async start(script: string, words?: ProgramWords): Promise<StartedProgram> {
    const [pid = ''] = await this.#ask('start', toWord(script));
    const named = words ?? { name: 'sh', commandLine: script, owner: 'root' };
    const program = { ...named, pid: Number(pid), startedMs: this.#clock.nowMs() };
    this.#programs.push(program);
    if (this.#programs.length > MAX_PROGRAMS) this.#programs.shift();
    return program;
  }

  /** Writes a file in the guest, as one of its users. @throws HostError */
  async put(
    path: string,
    blocks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    user = 'root',
  ): Promise<void> {
    let how = 'new';
    for await (const bytes of blocks) {
      for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
        const part = bytes.subarray(at, at + BLOCK_BYTES);
        const asked = `${toWord(path)} ${how} ${part.length}${byUser(user)}`;
        await this.#ask('put', asked, ANSWER_MS, part);
        how = 'more';
      }
    }
    if (how === 'more') return;
    const empty = `: >${quoted(path)}`;
    const { status } = await this.run(
      user === 'root' ? empty : `su -s /bin/sh ${quoted(user)} -c ${quoted(empty)}`,
    );
    if (status !== 0) throw this.#refused('write a file in', `"${path}" cannot be written`);
  }

  /** Reads a file in the guest, block by block, as one of its users. @throws HostError */
  async *get(path: string, user = 'root'): AsyncGenerator<Uint8Array> {
    for (let block = 0; ; block++) {
      const [data = ''] = await this.#ask('get', `${toWord(path)} ${block}${byUser(user)}`);
      const bytes = Buffer.from(data, 'base64');
      if (bytes.length > 0) yield bytes;
      if (bytes.length < BLOCK_BYTES) return;
    }
  }

  /** Runs a script whose output may be long; what is above the limit is left out. @throws HostError */
  async capture(script: string): Promise<ScriptEnd> {
    const file = `/run/vmk/out.${this.#nextId++}`;
    const end = await this.run(captured(script, file));
    if (end.status !== LONG) return end;
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of this.get(file)) {
      parts.push(part);
      if ((length += part.length) > MAX_CAPTURED_BYTES) break;
    }
    await this.run(`rm -f ${file}`);
    return { status: 0, output: Buffer.concat(parts).toString('utf8') };
  }

  /** Asks the guest to end, or to begin anew; it does when it has cleaned up. @throws HostError */
  async down(how: 'poweroff' | 'reboot'): Promise<void> {
    await this.#ask('down', how);
  }

  /** Looks at the guest again. */
  async look(): Promise<void> {
    const { output, status } = await this.run(FACTS_SCRIPT);
    if (status >= LEAST_CUT_STATUS) throw this.#refused('look at the guest of', 'it takes too long');
    this.#facts = readFacts(output);
    this.#changed();
  }

  #greet(): void {
    this.#lines = new Lines();
    this.#greeting = `${this.#nextId++}-${Math.floor(this.#clock.nowMs())}`;
    this.#say(`hello ${this.#greeting}\n`);
  }

  #lose(): void {
    const wasThere = this.#isThere;
    this.#isThere = false;
    this.#facts = undefined;
    for (const [id, waiter] of this.#waiters) {
      this.#waiters.delete(id);
      waiter.cancel();
      waiter.reject(this.#refused('ask the guest of', 'its agent has gone'));
    }
    this.#sending = Promise.resolve();
    this.#haveRoom();
    this.#heart.stop();
    if (wasThere) this.#changed();
  }

  #haveRoom(): void {
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }

  #hear(bytes: Uint8Array): void {
    for (const line of this.#lines.add(bytes)) this.#take(line.split(' '));
  }

  #take([verb = '', ...words]: readonly string[]): void {
    if (verb === 'hello') return this.#welcome(words[0]);
    if (!this.#isThere) return;
    this.#heart.beat();
    if (verb === 'beat') this.#beat();
    else if (verb === 'net') this.#lookSoon();
    else if (verb === 'exit') this.#noteExit(words);
    else if (verb === 'info') this.#noteInfo(words);
    else this.#answer(Number(verb), words);
  }

  #welcome(greeting: string | undefined): void {
    if (greeting !== this.#greeting) return;
    this.#isThere = true;
    this.#wasThere = true;
    this.#heart.beat();
    for (const [key, value] of this.#info.values) this.#tellInfo(key, value);
    this.#changed();
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const { facts, script } = this.#first ?? {};
    this.#first = undefined;
    // Before it is asked for anything: what a look finds is newer.
    if (facts) this.#facts = script === undefined ? facts : { ...facts, nics: [] };
    if (facts) this.#changed();
    if (script !== undefined) await this.#ask('start', toWord(script)).catch(() => undefined);
    if (facts === undefined) this.#lookSoon();
  }

  #beat(): void {
    if (++this.#beats % BEATS_PER_LOOK === 0 || this.#wantsLook) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#wantsLook = false;
    this.look().catch(() => (this.#wantsLook = true));
  }

  #noteExit([pid, status]: readonly string[]): void {
    const program = this.#programs.findLast((one) => one.pid === Number(pid) && one.endedMs === undefined);
    if (program === undefined) return;
    program.endedMs = this.#clock.nowMs();
    program.status = Number(status) & 0xff;
  }

  #noteInfo([key = '', value = '']: readonly string[]): void {
    if (this.#info.set(fromWord(key), fromWord(value)) !== undefined) this.#changed();
  }

  #tellInfo(key: string, value: string): void {
    const name = key.slice('guestinfo.'.length);
    const bytes = Buffer.from(value);
    if (bytes.length <= MAX_WORD_BYTES) return this.#say(`set ${name} ${toWord(value)}\n`);
    // Answers to question 0 are for nobody.
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      const part = bytes.subarray(at, at + BLOCK_BYTES);
      const how = at === 0 ? 'new' : 'more';
      this.#say(`put 0 ${toWord(`/run/vmk/guestinfo/${name}`)} ${how} ${part.length}\n`, part);
    }
  }

  #answer(id: number, [verdict, ...words]: readonly string[]): void {
    const waiter = this.#waiters.get(id);
    if (waiter === undefined) return;
    this.#waiters.delete(id);
    waiter.cancel();
    if (verdict === 'ok') waiter.resolve(words);
    else waiter.reject(this.#refused('ask the guest of', 'the guest could not do it'));
  }

  async #ask(verb: string, words: string, ms = ANSWER_MS, bytes?: Uint8Array): Promise<readonly string[]> {
    if (!this.#isThere) throw this.#refused('ask the guest of', 'no agent answers in its guest');
    if (this.#waiters.size >= MAX_WAITING)
      throw this.#refused('ask the guest of', `${MAX_WAITING} questions wait already`);
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    const cancel = this.#clock.after(ms, () => {
      this.#waiters.delete(id);
      reject(this.#refused('ask the guest of', 'its agent does not answer'));
    });
    this.#waiters.set(id, { resolve, reject, cancel });
    this.#say(`${verb} ${id} ${words}\n`, bytes);
    return promise;
  }

  #say(line: string, bytes?: Uint8Array): void {
    const port = this.#port;
    const all = bytes ? Buffer.concat([Buffer.from(line), bytes]) : Buffer.from(line);
    if (port) this.#sending = this.#sending.then(() => this.#send(port, all));
  }

  async #send(port: AgentPort, bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0 && this.#port === port; ) {
      const room = this.#room.promise;
      const taken = await port.send(rest).catch(() => rest.length);
      rest = rest.subarray(taken);
      if (rest.length > 0) await room;
    }
  }

  #refused(action: string, reason: string): HostError {
    return new HostError('vm-refused', { action, vm: this.#vm, reason });
  }
}
