/** How far a long copy is, on standard error: nothing of what is done within a second. */

const AFTER_MS = 1000;
const EVERY_MS = 500;

export function slowProgress(
  stderr: { write(text: string): unknown },
  what: string,
  nowMs: () => number = () => performance.now(),
): { at(done: number): void; end(): void } {
  const begunMs = nowMs();
  let saidMs = begunMs + AFTER_MS - EVERY_MS;
  let hasSaid = false;
  return {
    at(done) {
      if (nowMs() - saidMs < EVERY_MS) return;
      saidMs = nowMs();
      hasSaid = true;
      stderr.write(`\rvmk: ${what}: ${Math.floor(done * 100)} %`);
    },
    end() {
      if (hasSaid) stderr.write(`\rvmk: ${what}: 100 %\n`);
    },
  };
}
