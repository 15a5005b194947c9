/** Puts a WebAssembly module together: types, imports, functions, globals, exports. */
import { Bytes } from './bytes.ts';
import { type FunctionBody, FunctionBuilder, type Signature } from './function-builder.ts';
import { Op, TYPE_CODE, type ValueType } from './opcodes.ts';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const FUNCTION_TYPE = 0x60;
const FUNCREF = 0x70;
const Section = { custom: 0, type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;
/** Subsection of the section "name". Source: WebAssembly core specification, appendix "Name Section". */
const FUNCTION_NAMES = 1;
/** Source: WebAssembly, branch hinting proposal: the section stands before the code. */
const HINTS_SECTION = 'metadata.code.branch_hint';
const External = { function: 0, table: 1, memory: 2, global: 3 } as const;
const MEMORY_SHARED_WITH_MAXIMUM = 3;

/** Name of the module that imports come from. */
export const IMPORT_MODULE = 'e';

export class ModuleBuilder {
  readonly #types: string[] = [];
  readonly #typeBytes = new Bytes();
  readonly #imports = new Bytes();
  #importCount = 0;
  #functionCount = 0;
  readonly #functionTypes: number[] = [];
  readonly #bodies: (FunctionBody | undefined)[] = [];
  readonly #globals: { type: ValueType; exported: string | undefined }[] = [];
  readonly #exports: { name: string; kind: number; index: number }[] = [];
  readonly #names: { name: string; index: number }[] = [];
  #imported = 0;
  #importedGlobals = 0;

  /** @param begun - a module that has nothing but types and imports yet: this one begins with the same */
  constructor(begun?: ModuleBuilder) {
    if (!begun) return;
    this.#types.push(...begun.#types);
    this.#typeBytes.append(begun.#typeBytes);
    this.#imports.append(begun.#imports);
    this.#importCount = begun.#importCount;
    this.#imported = begun.#imported;
    this.#functionCount = begun.#imported;
    this.#importedGlobals = begun.#importedGlobals;
  }

  type(signature: Signature): number {
    const key = `${signature.params.join()}>${signature.results.join()}`;
    const known = this.#types.indexOf(key);
    if (known >= 0) return known;
    this.#typeBytes.byte(FUNCTION_TYPE);
    for (const list of [signature.params, signature.results]) {
      this.#typeBytes.u32(list.length);
      for (const type of list) this.#typeBytes.byte(TYPE_CODE[type]);
    }
    return this.#types.push(key) - 1;
  }

  /** The shared machine memory; its size must fit within the limits stated here. */
  importMemory(name: string, initialPages: number, maximumPages: number): void {
    this.#importHead(name, External.memory);
    this.#imports.byte(MEMORY_SHARED_WITH_MAXIMUM);
    this.#imports.u32(initialPages);
    this.#imports.u32(maximumPages);
  }

  importTable(name: string, minimum: number): void {
    this.#importHead(name, External.table);
    this.#imports.byte(FUNCREF);
    this.#imports.byte(0);
    this.#imports.u32(minimum);
  }

  /** One that never changes; before any `global`. @param from - name of the module that it comes from. @returns its index */
  importGlobal(name: string, type: ValueType, from = IMPORT_MODULE): number {
    this.#importHead(name, External.global, from);
    this.#imports.byte(TYPE_CODE[type]);
    this.#imports.byte(0);
    return this.#importedGlobals++;
  }

  /** Imports come before any `declare`. @returns the function's index. */
  importFunction(name: string, signature: Signature): number {
    if (this.#bodies.length > 0) throw new Error(`import ${name} after a function was declared`);
    const type = this.type(signature);
    this.#importHead(name, External.function);
    this.#imports.u32(type);
    this.#imported++;
    return this.#functionCount++;
  }

  /** Reserves an index, so that functions may call each other; `define` gives the body. */
  declare(signature: Signature): { index: number; define: (body: (f: FunctionBuilder) => void) => void } {
    this.#functionTypes.push(this.type(signature));
    const place = this.#bodies.push(undefined) - 1;
    const index = this.#functionCount++;
    return {
      index,
      define: (body) => {
        const builder = new FunctionBuilder(signature);
        body(builder);
        this.#bodies[place] = builder;
      },
    };
  }

  /** Takes in a finished body. Its calls must name functions that were imported already. */
  add(body: FunctionBody): number {
    const { index } = this.declare(body.signature);
    this.#bodies[this.#bodies.length - 1] = body;
    return index;
  }

  function(signature: Signature, body: (f: FunctionBuilder) => void): number {
    const { index, define } = this.declare(signature);
    define(body);
    return index;
  }

  /** A mutable global that starts at 0. */
  global(type: ValueType, exported?: string): number {
    return this.#importedGlobals + this.#globals.push({ type, exported }) - 1;
  }

  /** What profilers and stack traces call a function. Ascending indices. */
  nameFunction(name: string, index: number): void {
    this.#names.push({ name, index });
  }

  exportFunction(name: string, index: number): void {
    this.#exports.push({ name, kind: External.function, index });
  }

  finish(): Uint8Array<ArrayBuffer> {
    const out = new Bytes();
    out.bytes(HEADER);
    const types = new Bytes();
    types.u32(this.#types.length);
    types.bytes(this.#typeBytes.finish());
    out.section(Section.type, types);
    const imports = new Bytes();
    imports.u32(this.#importCount);
    imports.bytes(this.#imports.finish());
    out.section(Section.import, imports);
    const functions = new Bytes();
    functions.u32(this.#functionTypes.length);
    for (const type of this.#functionTypes) functions.u32(type);
    out.section(Section.function, functions);
    this.#writeGlobals(out);
    this.#writeExports(out);
    this.#writeHints(out);
    const code = new Bytes();
    code.u32(this.#bodies.length);
    for (const [place, body] of this.#bodies.entries()) {
      if (!body) throw new Error(`function ${this.#imported + place} was declared and not defined`);
      code.sized(body.finish());
    }
    out.section(Section.code, code);
    this.#writeNames(out);
    return out.finish();
  }

  #importHead(name: string, kind: number, from = IMPORT_MODULE): void {
    this.#imports.name(from);
    this.#imports.name(name);
    this.#imports.byte(kind);
    this.#importCount++;
  }

  #writeGlobals(out: Bytes): void {
    if (this.#globals.length === 0) return;
    const globals = new Bytes();
    globals.u32(this.#globals.length);
    for (const { type } of this.#globals) {
      globals.byte(TYPE_CODE[type]);
      globals.byte(1);
      globals.byte(type === 'i64' ? Op.i64_const : Op.i32_const);
      globals.byte(0);
      globals.end();
    }
    out.section(Section.global, globals);
  }

  #writeHints(out: Bytes): void {
    const hinted = this.#bodies.flatMap((body, place) => {
      const hints = body?.encodedHints;
      return hints && hints.length > 0 ? [{ index: this.#imported + place, hints }] : [];
    });
    if (hinted.length === 0) return;
    const section = new Bytes();
    section.name(HINTS_SECTION);
    section.u32(hinted.length);
    for (const { index, hints } of hinted) {
      section.u32(index);
      section.bytes(hints);
    }
    out.section(Section.custom, section);
  }

  #writeNames(out: Bytes): void {
    if (this.#names.length === 0) return;
    const names = new Bytes();
    names.u32(this.#names.length);
    for (const { name, index } of this.#names) {
      names.u32(index);
      names.name(name);
    }
    const section = new Bytes();
    section.name('name');
    section.section(FUNCTION_NAMES, names);
    out.section(Section.custom, section);
  }

  #writeExports(out: Bytes): void {
    const exports = new Bytes();
    const globals = this.#globals.flatMap(({ exported }, index) =>
      exported === undefined
        ? []
        : [{ name: exported, kind: External.global, index: this.#importedGlobals + index }],
    );
    const all = [...this.#exports, ...globals];
    exports.u32(all.length);
    for (const { name, kind, index } of all) {
      exports.name(name);
      exports.byte(kind);
      exports.u32(index);
    }
    out.section(Section.export, exports);
  }
}
