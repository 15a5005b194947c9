/** Templates: systems on disks that machines are made of, each in a folder of the user's cache. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostError, reasonOf, usageError } from '#lib';

/** What is known of a template. */
export interface Template {
  readonly name: string;
  /** What system it is, for a person. */
  readonly what: string;
  /** Of root. */
  readonly password: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly madeMs: number;
}

/** Files of a template, in its folder. */
export const TEMPLATE_FILES = { facts: 'template.json', disk: 'disk.img', firmware: 'u-boot.bin' } as const;

const NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/i;
/** Who knows the password gets into every machine that is made of it. */
const OWNER_ONLY = 0o600;
/** Source: stat(2). */
const STAT_BLOCK_BYTES = 512;

/** @throws HostError `usage` */
export function checkTemplateName(name: string): void {
  if (NAME.test(name)) return;
  const rule = '1 … 63 letters, digits, dots and dashes, beginning with a letter or digit';
  throw usageError(`"${name}" cannot be the name of a template: ${rule}`);
}

/** The templates in a folder. */
export class Templates {
  readonly path: string;

  constructor(cache: string) {
    this.path = join(cache, 'templates');
  }

  /** The folder of that one, be it there or not. @throws HostError `usage` */
  folder(name: string): string {
    checkTemplateName(name);
    return join(this.path, name);
  }

  list(): Template[] {
    const names = readNames(this.path).filter((name) => NAME.test(name));
    return names.flatMap((name) => this.find(name) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Undefined when it is not there. @throws HostError `archive-damaged`, `file-io` */
  find(name: string): Template | undefined {
    return readTemplate(this.folder(name), name);
  }

  /** @throws HostError `no-such-template` */
  get(name: string): Template {
    const found = this.find(name);
    if (found) return found;
    throw new HostError('no-such-template', { name });
  }

  /** A new folder that becomes the template of that name when it is `keep`-ed. @throws HostError */
  begin(name: string): string {
    checkTemplateName(name);
    const folder = `${join(this.path, name)}~`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Puts what was begun in the place of the template of that name. */
  keep(template: Template, begun: string): void {
    const facts = `${JSON.stringify(template, undefined, 2)}\n`;
    writeFileSync(join(begun, TEMPLATE_FILES.facts), facts, { mode: OWNER_ONLY });
    const folder = this.folder(template.name);
    rmSync(folder, { recursive: true, force: true });
    renameSync(begun, folder);
  }

  /** @throws HostError `no-such-template` */
  remove(name: string): void {
    this.get(name);
    rmSync(this.folder(name), { recursive: true, force: true });
  }

  /** Bytes that it takes on the machine. */
  usedBytes(name: string): number {
    return statSync(join(this.folder(name), TEMPLATE_FILES.disk)).blocks * STAT_BLOCK_BYTES;
  }
}

/** The template in a folder; undefined: there is none. @throws HostError `archive-damaged`, `file-io` */
export function readTemplate(folder: string, name: string): Template | undefined {
  const path = join(folder, TEMPLATE_FILES.facts);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const details = { action: 'read', what: 'template', path, reason: reasonOf(cause) };
    throw new HostError('file-io', details, { cause });
  }
  const given = parsed(text);
  if (given === undefined) {
    throw new HostError('archive-damaged', {
      what: `template "${path}"`,
      reason: 'it is not what was written',
    });
  }
  return { ...given, name };
}

function parsed(text: string): Omit<Template, 'name'> | undefined {
  try {
    const { what, password, sizeBytes, madeMs } = JSON.parse(text) as Partial<Template>;
    if (typeof what !== 'string' || typeof password !== 'string') return undefined;
    if (typeof sizeBytes !== 'number' || typeof madeMs !== 'number') return undefined;
    return { what, password, sizeBytes, madeMs };
  } catch {
    return undefined;
  }
}

function readNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new HostError(
      'file-io',
      { action: 'read', what: 'templates', path, reason: reasonOf(cause) },
      { cause },
    );
  }
}
