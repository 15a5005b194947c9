/**
 * The first start of a program pays for what later ones find: its modules without types, in a pack, and what V8 has compiled of
 * them. Run when the program has just been installed: a machine of a few instructions is started three times, so that nobody waits for that.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', 'src', 'main.js');
/** The first makes the pack, the second keeps the core's module, the third what was compiled for a start that has both. */
const STARTS = 3;
const LONGEST_MS = 60_000;

// biome-ignore format: an instruction a line
/** A loop, which is soon translated. @param time - how long, in 4,096 ticks of 100 ns */
const loop = (time: number): number[] => [
  0xc010_22f3,                // rdtime t0
  0x0000_0337 | (time << 12), // lui    t1, time
  0x0062_82b3,                // add    t0, t0, t1
  0x0015_0513,                // addi   a0, a0, 1
  0x0000_1397,                // auipc  t2, 1
  0x00a3_b023,                // sd     a0, 0(t2)
  0x0003_b583,                // ld     a1, 0(t2)
  0xc010_2e73,                // rdtime t3
  0xfe5e_66e3,                // bltu   t3, t0, -20
];

// biome-ignore format: an instruction a line
/** The second loop is translated by a translator that has done so before. */
const FIRMWARE = Uint32Array.of(
  ...loop(1200), ...loop(600),
  0x5352_58b7, // lui    a7, 0x53525     SBI's system reset: shutdown
  0x3548_8893, // addi   a7, a7, 0x354
  0x0000_0813, // li     a6, 0
  0x0000_0513, // li     a0, 0
  0x0000_0593, // li     a1, 0
  0x0000_0073, // ecall
  0x0000_006f, // j      .
);

const folder = mkdtempSync(join(tmpdir(), 'vmk-warm-up-'));
try {
  const firmware = join(folder, 'firmware.bin');
  writeFileSync(firmware, FIRMWARE);
  for (let start = 0; start < STARTS; start++) {
    // What it translates is of no use to anybody, and each is to translate anew. Where it fails, later starts are slower, and nothing else.
    spawnSync(process.execPath, [MAIN, 'run', '--firmware', firmware], {
      stdio: 'ignore',
      timeout: LONGEST_MS,
      env: { ...process.env, XDG_CACHE_HOME: join(folder, `${start}`) },
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
