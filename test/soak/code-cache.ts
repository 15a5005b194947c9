/** `npm run soak -- code-cache`: a guest that generates code for minutes; what the process has of memory, each minute. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { generatingGuest } from './generating-guest.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.js');
const MINUTE_MS = 60_000;
/**
 * By how much the second half's highest minute may be above the first half's: the heap of the first minutes is still growing into
 * its size, and code that was given up goes when V8 collects, up and down by a tenth.
 */
const FLAT = 1.15;
const GUEST = { codeBytes: 16n << 20n, turns: 30_000n };

/** @returns whether memory stayed where it was */
export async function soakCodeCache(minutes: number, say: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-soak-'));
  const firmware = join(folder, 'generating.bin');
  writeFileSync(firmware, generatingGuest(GUEST));
  const given = ['run', '--stats', '--memory', '64M', '--console', 'none', '--firmware', firmware];
  const child = spawn(process.execPath, [MAIN, ...given], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const resident: number[] = [];
  try {
    for (let minute = 1; minute <= minutes && child.exitCode === null; minute++) {
      await wait(MINUTE_MS);
      resident.push(residentMiB(child.pid as number));
      say(`minute ${String(minute).padStart(2)}: ${resident.at(-1)} MiB resident`);
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  }
  const half = Math.ceil(resident.length / 2);
  const [before, after] = [Math.max(...resident.slice(0, half)), Math.max(...resident.slice(-half))];
  say(`at most ${before} MiB in the first half, ${after} MiB in the second`);
  return resident.length === minutes && after <= before * FLAT;
}

function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}
