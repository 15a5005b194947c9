// Linux with more virtual CPUs than there are pCPUs: all come up, work in parallel, and keep their locks and clocks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vmk } from './vmk.ts';

/** Every CPU counts by itself, forks, and passes bytes through pipes: run queues, IPIs and remote fences are used. */
const script = (cpus: number): string => `
[ "$(nproc)" = ${cpus} ] || { echo "nproc: $(nproc)"; exit 1; }
before=$(date +%s)
for i in $(seq ${2 * cpus}); do
  (n=0; while [ $n -lt 2000 ]; do n=$((n+1)); done; for k in 1 2 3 4 5; do /bin/true; done; seq 1 3000 | sort -rn | md5sum) &
done > /tmp/sums
wait
[ "$(sort -u /tmp/sums | wc -l)" = 1 ] && [ "$(wc -l < /tmp/sums)" = ${2 * cpus} ] || { echo "sums differ"; exit 2; }
busy=$(grep -E '^cpu[0-9]' /proc/stat | while read -r name user nice system rest; do [ $((user + system)) -gt 0 ] && echo $name; done | wc -l)
[ "$busy" = ${cpus} ] || { echo "only $busy CPUs did anything"; exit 3; }
[ $(($(date +%s) - before)) -lt 120 ] || exit 4
dmesg | grep -E 'soft lockup|rcu.*stall|BUG' && exit 5
echo all is well`;

for (const cpus of [2, 4, 8]) {
  test(`Linux on ${cpus} virtual CPUs works on all of them`, async () => {
    const { stdout, stderr, status } = await vmk(['run', '--cpus', String(cpus), '--exec', script(cpus)]);
    assert.deepEqual([stdout.trim(), status], ['all is well', 0], stderr);
  });
}
