/** The default guest's initramfs, as cpio archives that the kernel unpacks one over the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpioEntry, writeCpio } from './cpio.ts';
import type { GuestParts } from './extract.ts';
import { aliasIndex, dependencyIndex, type Module } from './modules.ts';

// biome-ignore format: a table reads in columns
const FOLDERS = [
  'bin', 'sbin', 'usr', 'usr/bin', 'usr/sbin', 'dev', 'proc', 'sys', 'run', 'tmp', 'root', 'mnt',
  'etc', 'etc/vmk', 'lib', 'lib/modules', 'var', 'var/log',
];

// biome-ignore format: a table reads in columns
const TEXTS: Readonly<Record<string, string>> = {
  'etc/passwd':   'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n',
  'etc/group':    'root:x:0:\nnogroup:x:65534:\n',
  'etc/hostname': 'vmkernel\n',
  'etc/hosts':    '127.0.0.1 localhost vmkernel\n',
  'etc/fstab':    ['proc /proc proc', 'dev /dev devtmpfs', 'sys /sys sysfs', 'tmp /tmp tmpfs', 'run /run tmpfs', ''].join('\n'),
  // Tried in this order by mount when no type is given; naming them lets the kernel load their modules.
  'etc/filesystems': 'ext4\nvfat\n',
  // What acpid, a part of busybox, runs in /etc/acpi when a button is pressed: KEY_POWER, KEY_RESTART.
  'etc/acpi.map': ['EV_KEY 1 KEY_POWER 116 1 poweroff', 'EV_KEY 1 KEY_RESTART 408 1 reboot', ''].join('\n'),
  'etc/motd':     'Welcome to Debian GNU/Linux on VMkernel. "poweroff" ends this machine.\n',
};

/** What of it runs. */
const PROGRAMS: Readonly<Record<string, string>> = {
  init: 'init.sh',
  'sbin/vmk-agent': 'agent.sh',
  'bin/vmk-info': 'vmk-info.sh',
  'etc/udhcpc.sh': 'udhcpc.sh',
};

const encoder = new TextEncoder();

/** What comes from Debian's packages: folders, busybox, modules. */
export function writeDebianArchive({
  busybox,
  kernelRelease,
  modules,
}: Omit<GuestParts, 'kernel'>): Uint8Array {
  return writeCpio([
    ...FOLDERS.map((path) => ({ kind: 'directory', path }) as const),
    { kind: 'file', path: 'bin/busybox', permissions: 0o755, data: busybox },
    { kind: 'symlink', path: 'bin/sh', target: 'busybox' },
    ...moduleEntries(`lib/modules/${kernelRelease}`, modules),
  ]);
}

/** What is ours: /init and the agent, the console it starts on, and a few files that programs look into. */
export function writeOwnArchive(): Uint8Array {
  return writeCpio([
    // The kernel opens it before /init runs.
    { kind: 'character-device', path: 'dev/console', major: 5, minor: 1 },
    ...Object.entries(PROGRAMS).map(([path, file]) => ({
      ...({ kind: 'file', path, permissions: 0o755 } as const),
      data: readFileSync(join(import.meta.dirname, file)),
    })),
    { kind: 'directory', path: 'etc/acpi' },
    ...['poweroff', 'reboot'].map(
      (name) => ({ kind: 'symlink', path: `etc/acpi/${name}`, target: '/bin/busybox' }) as const,
    ),
    ...Object.entries(TEXTS).map(([path, content]) => textFile(path, content)),
    // Root gets in without a password, until it has one.
    textFile('etc/shadow', 'root::20000:0:99999:7:::\nnobody:*:20000:0:99999:7:::\n', 0o600),
  ]);
}

/**
 * Makes the guest run a script and power off. The script's output lies between two lines with the nonce on the
 * console, the second of which has its exit status: see `init.sh`.
 */
export function writeExecArchive(script: string, nonce: string): Uint8Array {
  return writeCpio([textFile('etc/vmk/exec', `${script}\n`), textFile('etc/vmk/nonce', `${nonce}\n`)]);
}

function moduleEntries(root: string, modules: readonly Module[]): CpioEntry[] {
  const folders = new Set([root, ...modules.flatMap(({ path }) => foldersAbove(root, path))]);
  return [
    ...[...folders].map((path) => ({ kind: 'directory', path }) as const),
    ...modules.map(({ path, data }) => ({ kind: 'file', path: `${root}/${path}`, data }) as const),
    textFile(`${root}/modules.dep`, dependencyIndex(modules)),
    textFile(`${root}/modules.alias`, aliasIndex(modules)),
  ];
}

/** The folders below `root` that lead to `path`, the outermost first. */
function foldersAbove(root: string, path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, i) => `${root}/${names.slice(0, i + 1).join('/')}`);
}

function textFile(path: string, content: string, permissions = 0o644): CpioEntry {
  return { kind: 'file', path, data: encoder.encode(content), permissions };
}
