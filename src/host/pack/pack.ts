/**
 * A pack of the program's modules, with what V8 has compiled of them: a thread that loads hundreds takes a third of the time
 * that the same files take one by one. Who finds none, or one of other files, imports as ever.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import type { Shelf } from '../core-shelf.ts';
import { setOwnFlags } from '../v8-flags.ts';

import { type CodeIndex, isFresh, type PackIndex, ROOT, readPackFile, writePackFile } from './pack-file.ts';

/** Paths of modules have nothing that a URL has otherwise. */
const ROOT_URL = `${pathToFileURL(ROOT).href}/`;

type Namespace = Record<string, unknown>;
type Import = (specifier: string) => unknown;
type Later = Import & {
  readonly when: (specifier: string) => Promise<unknown>;
  /** Exports what another module does, by its names there. */
  readonly pass: (specifier: string, names: Readonly<Record<string, string>>) => void;
};
type Factory = ($now: Import, $meta: object, $later: Later, $exports: Namespace) => Promise<void> | undefined;

interface Loaded {
  readonly script: Script;
  readonly exports: Namespace;
  /** What it waits for itself before all of it is there. */
  waits?: Promise<void> | undefined;
  isDone: boolean;
}

export class Pack {
  readonly #index: PackIndex;
  readonly #texts: readonly Buffer[];
  readonly #codes: readonly Buffer[];
  readonly #codePath: string;
  readonly #tag = cachedDataVersionTag();
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #loaded: (Loaded | undefined)[] = [];
  /** There is no code of this kind of thread, or V8 did not take it. */
  #isCodeMissing = false;

  /** @param body - the texts */
  constructor(index: PackIndex, body: Buffer, codePath: string) {
    this.#index = index;
    this.#codePath = codePath;
    this.#texts = cut(
      body,
      index.modules.map(({ textBytes }) => textBytes),
    );
    this.#numbers = new Map(index.modules.map(({ path }, number) => [path, number]));
    const code = readPackFile(codePath);
    const { pack, tag, codeBytes } = (code?.index ?? {}) as Partial<CodeIndex>;
    const isGood = code !== undefined && pack === index.id && tag === this.#tag;
    this.#codes = isGood ? cut(code.body, codeBytes ?? []) : [];
    this.#isCodeMissing = !isGood;
  }

  /**
   * @param codePath - for each kind of thread another one: it needs other functions of the same modules
   * @returns undefined when there is none, or its files have changed.
   */
  static open(path: string, codePath: string): Pack | undefined {
    const file = readPackFile(path);
    if (file === undefined) return undefined;
    const pack = new Pack(file.index as PackIndex, file.body, codePath);
    return pack.#isFresh() ? pack : undefined;
  }

  /** Whether the files that such threads load are as they were. */
  #isFresh(): boolean {
    return this.#index.modules.every(
      (module, number) => this.#codes[number]?.length === 0 || isFresh(module),
    );
  }

  /** Whether there is such a module. @param path - below the root of the program */
  has(path: string): boolean {
    return this.#numbers.has(path);
  }

  /** A module, and all that it imports. Preconditions: there is such a module. */
  async load(path: string): Promise<unknown> {
    return this.#loadWhole(this.#numbers.get(path) as number);
  }

  /** Of this program, when it was packed; see engineKey. */
  get engineSources(): string {
    return this.#index.engineSources;
  }

  /** Whether there was no such code. */
  get isCodeMissing(): boolean {
    return this.#isCodeMissing;
  }

  /** Keeps what V8 has compiled by now, if there was nothing of it; takes some 50 ms then. */
  keepCode(): void {
    if (!this.#isCodeMissing) return;
    setOwnFlags();
    // Another thread has just begun to compile a region: another time.
    if (cachedDataVersionTag() !== this.#tag) return;
    this.#isCodeMissing = false;
    const codes = this.#texts.map(
      (_, number) => this.#loaded[number]?.script.createCachedData() ?? Buffer.alloc(0),
    );
    const codeBytes = codes.map(({ length }) => length);
    writePackFile(this.#codePath, { pack: this.#index.id, tag: this.#tag, codeBytes }, codes);
  }

  /** A place for one thing that is good for this pack only. */
  shelf(path: string): Shelf {
    const pack = this.#index.id;
    return {
      read() {
        const file = readPackFile(path);
        return (file?.index as { pack?: string } | undefined)?.pack === pack ? file : undefined;
      },
      write: (index, body) => writePackFile(path, { ...index, pack }, [body]),
    };
  }

  #load(number: number): Loaded {
    const known = this.#loaded[number];
    if (known?.isDone === false) throw new TypeError(`${this.#path(number)} imports itself`);
    if (known) return known;
    const path = this.#path(number);
    const href = ROOT_URL + path;
    const code = this.#codes[number];
    // Regions were compiled meanwhile.
    if (cachedDataVersionTag() !== this.#tag) setOwnFlags();
    const script = new Script((this.#texts[number] as Buffer).toString(), {
      filename: href,
      ...(code && code.length > 0 && { cachedData: code }),
    });
    if (script.cachedDataRejected === true) this.#isCodeMissing = true;
    const loaded: Loaded = { script, exports: {}, isDone: false };
    this.#loaded[number] = loaded;
    const factory = script.runInThisContext() as Factory;
    const imported = (specifier: string): unknown => this.#import(number, specifier, href);
    const later = Object.assign((specifier: string) => imported(specifier), {
      when: async (specifier: string) => {
        const wanted = this.#wanted(number, specifier);
        return wanted === undefined ? imported(specifier) : this.#loadWhole(wanted);
      },
      pass: (specifier: string, names: Readonly<Record<string, string>>) => {
        for (const [name, own] of Object.entries(names)) {
          const get = (): unknown => (imported(specifier) as Namespace)[own];
          Object.defineProperty(loaded.exports, name, { enumerable: true, get });
        }
      },
    });
    const meta = {
      url: href,
      filename: `${ROOT}/${path}`,
      dirname: `${ROOT}/${path.replace(/\/[^/]*$/, '')}`,
    };
    loaded.waits = factory(imported, meta, later, loaded.exports);
    loaded.isDone = true;
    return loaded;
  }

  async #loadWhole(number: number): Promise<Namespace> {
    const { exports, waits } = this.#load(number);
    await waits;
    return exports;
  }

  #wanted(number: number, specifier: string): number | undefined {
    return this.#index.modules[number]?.imports[specifier];
  }

  #import(number: number, specifier: string, from: string): unknown {
    if (specifier.startsWith('node:')) return process.getBuiltinModule(specifier);
    const wanted = this.#wanted(number, specifier);
    if (wanted !== undefined) {
      const { exports, waits } = this.#load(wanted);
      if (waits) throw new TypeError(`${this.#path(number)}: ${specifier} is not there at once`);
      return exports;
    }
    if (/^[.#]/.test(specifier))
      throw new TypeError(`${this.#path(number)}: ${specifier} is not in the pack`);
    return createRequire(from)(specifier);
  }

  #path(number: number): string {
    return this.#index.modules[number]?.path ?? '';
  }
}

function cut(body: Buffer, lengths: readonly number[]): Buffer[] {
  let at = 0;
  return lengths.map((length) => body.subarray(at, (at += length)));
}
