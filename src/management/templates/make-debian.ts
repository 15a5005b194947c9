/** A Debian system on a disk: its packages are fetched, and a machine of ours installs them. Root is not needed. */
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cacheFolder,
  type Guest,
  INSTALL_MEMORY_BYTES,
  INSTALLED,
  prepareSystem,
  type Report,
  type Run,
  runProgram,
} from '#guest';
import { HostError } from '#lib';
import type { RunConfig, RunMachine } from '../run-config.ts';
import { runScript } from '../run-script.ts';
import { countConfigured } from './install-progress.ts';
import { TEMPLATE_FILES, type Template, Templates } from './templates.ts';

export interface DebianWishes {
  readonly name: string;
  readonly hostname: string;
  /** Absent: one that is made up. */
  readonly password: string | undefined;
  readonly sizeBytes: number;
  readonly packages: readonly string[];
}

export interface MakerParts {
  readonly runMachine: RunMachine;
  readonly guest: (report: Report) => Promise<Guest>;
  readonly report: Report;
  /** Lines of the machine that installs; false: go slower. */
  readonly output: (bytes: Uint8Array) => void;
  readonly stop: AbortSignal;
}

export const DEBIAN_SIZE_BYTES = 4 * 2 ** 30;
const INSTALLING = 'installing, in a machine: some minutes';
const PASSWORD_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const PASSWORD_LENGTH = 12;
/** What the machine says last, when it failed: so much is shown. */
const SHOWN_BYTES = 2000;

/** Makes the template; one of that name is replaced when all went well. @throws HostError */
export async function makeDebian(wishes: DebianWishes, parts: MakerParts): Promise<Template> {
  const templates = new Templates(cacheFolder());
  const begun = templates.begin(wishes.name);
  try {
    const password = wishes.password ?? madeUpPassword();
    const guest = await parts.guest(parts.report);
    const { stop, report } = parts;
    const run: Run = (command, words, options) => runProgram(command, words, { ...options, signal: stop });
    const { diskPath, archivePath, firmwarePath, script, packages } = await prepareSystem(
      begun,
      { ...wishes, password },
      report,
      run,
    ).catch((error: unknown) => {
      throw stop.aborted ? stopped() : error;
    });
    parts.report(INSTALLING);
    const configured = countConfigured(packages, (done) => report(INSTALLING, done));
    const output = (bytes: Uint8Array) => {
      parts.output(bytes);
      configured(bytes);
    };
    await install(machineOf(guest, [diskPath, archivePath]), script, { ...parts, output });
    rmSync(archivePath);
    await rename(firmwarePath, join(begun, TEMPLATE_FILES.firmware));
    await rename(diskPath, join(begun, TEMPLATE_FILES.disk));
    const { name, sizeBytes } = wishes;
    const template = { name, what: 'Debian 13 (trixie)', password, sizeBytes, madeMs: Date.now() };
    templates.keep(template, begun);
    return template;
  } finally {
    rmSync(begun, { recursive: true, force: true });
  }
}

function machineOf(guest: Guest, disks: readonly string[]): RunConfig {
  return {
    kernel: guest.kernelPath,
    initrd: [guest.initramfsPath],
    append: 'console=ttyS0 loglevel=1 quiet',
    memoryBytes: INSTALL_MEMORY_BYTES,
    disks: disks.map((path, index) => ({ path, readOnly: index > 0 })),
    console: 'serial',
    deterministic: false,
    engine: 'jit',
    trace: [],
    stats: false,
    cpus: 1,
  };
}

async function install(
  machine: RunConfig,
  script: string,
  { runMachine, output, stop }: MakerParts,
): Promise<void> {
  let said = Buffer.alloc(0);
  const heard = (bytes: Uint8Array) => {
    said = Buffer.concat([said, bytes]).subarray(-SHOWN_BYTES);
    output(bytes);
  };
  const { result, status, preamble } = await runScript(machine, script, runMachine, heard, stop);
  const last = (preamble === '' ? said.toString() : preamble).trimEnd();
  if (result.kind === 'left') throw stopped();
  if (status === 0 && last.endsWith(INSTALLED)) return;
  const how =
    result.kind === 'fault' ? result.message : `the machine that installs ended with status ${status}`;
  throw new HostError('guest-fault', { reason: `${how}; it said:\n${last}` });
}

const stopped = () => new HostError('guest-unavailable', { reason: 'it was stopped' });

/** Without letters that look alike. */
function madeUpPassword(): string {
  return Array.from(
    { length: PASSWORD_LENGTH },
    () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)],
  ).join('');
}
