/** `npm run soak -- engines`: one guest of two billion instructions on all back ends, with a hash at each million steps. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecording } from '#vmm';
import { runToEnd } from './run-to-end.ts';

const STEPS_MIN = 2_000_000_000n;
/** Processes, pipes, files, signals and arithmetic, so that user and kernel mode take turns. */
const SCRIPT = `
i=0
while [ $i -lt 12 ]; do
  seq 1 4000 | sort -rn | md5sum
  dd if=/dev/zero bs=4096 count=200 2>/dev/null | gzip -c | gunzip -c | cksum
  for name in /bin /etc /dev /proc/self; do ls -l $name | wc -l; done
  awk 'BEGIN { for (x = 1; x < 20000; x++) s += sin(x) * sqrt(x); printf "%.9f\\n", s }'
  (sleep 0.01; kill -USR1 $$) & trap 'echo signal' USR1; wait
  i=$((i + 1))
done
cat /proc/interrupts /proc/uptime`;

/**
 * Records with the JIT, then goes through the recording on the interpreter to its end and on the reference as far as asked.
 * @returns whether all hashes were the same
 */
export async function soakEngines(referenceSteps: bigint, say: (line: string) => void): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vmk-soak-'));
  try {
    const path = join(folder, 'run.rec');
    await run(['run', '--record', path, '--stats', '--memory', '128M', '--exec', SCRIPT], say);
    const { lastStep, hashes } = readRecording(path, readFileSync(path));
    say(`recorded on the JIT: ${lastStep} steps, ${hashes.length} hashes`);
    await run(['replay', path, '--stats', '--engine', 'interpreter'], say);
    say(`the interpreter has met all ${hashes.length} of them`);
    const until = referenceSteps < lastStep ? referenceSteps : lastStep;
    await run(['replay', path, '--stats', '--engine', 'reference', '--until', String(until)], say);
    say(`the reference has met those of the first ${until} steps`);
    return lastStep >= STEPS_MIN;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A run that must end well; a hash that differs ends it with status 1. */
async function run(given: readonly string[], say: (line: string) => void): Promise<void> {
  const { status, stderr } = await runToEnd(given);
  for (const line of stderr.split('\n')) if (/engine|time|state/.test(line)) say(line.trim());
  if (status !== 0) throw new Error(`vmk ${given[0]} ended with status ${status}: ${stderr}`);
}
