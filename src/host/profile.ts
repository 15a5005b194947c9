/** `--profile`: where the time of guest and engine went, as tables. */
import { PLACES, type Place, Summary } from './profile-summary.ts';

export { Summary };

/** Lines for the person, each ending with a newline. */
export function formatProfile(summary: Summary): string {
  const { sampledMs, pcpus, places, regions, functions, misses, code } = summary;
  const time = (ms: number): string =>
    `${((100 * ms) / Math.max(sampledMs, 1)).toFixed(1).padStart(5)} %  ${ms.toFixed(0).padStart(7)} ms`;
  const shown = (Object.keys(PLACES) as Place[]).filter((place) => places[place] > 0);
  const lines = [
    `profile: ${sampledMs.toFixed(0)} ms of ${pcpus} pCPU${pcpus === 1 ? '' : 's'}, looked at each millisecond`,
    ...shown.map((place) => `  ${time(places[place])}  ${PLACES[place]}`),
    steps(summary),
    ...(misses
      ? [`misses of the TLB: load ${misses.load}, store ${misses.store}, fetch ${misses.fetch}`]
      : []),
    `exits: ${Object.entries(summary.exits)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    ...(code
      ? [
          `translated code: ${code.asked} regions asked for, ${code.installed} came into the table, ${code.dropped} left it;`,
          `  ${code.modules} modules, ${code.compiledMs.toFixed(0)} ms of the compiler's thread`,
        ]
      : []),
    ...(regions.length > 0 ? ['hottest regions'] : []),
    ...regions.map(
      ({ address, mode, ms, symbol }) => `  ${time(ms)}  ${mode}:${address}${symbol ? `  ${symbol}` : ''}`,
    ),
    ...(functions.length > 0 ? ['hottest functions around them'] : []),
    ...functions.map(({ name, ms }) => `  ${time(ms)}  ${name}`),
  ];
  return lines.map((line) => `vmk: ${line}\n`).join('');
}

function steps({ engine, steps: all, regionSteps }: Summary): string {
  const share = regionSteps === undefined ? 0 : (100 * Number(regionSteps)) / Math.max(Number(all), 1);
  const where = engine === 'jit' ? `, ${share.toFixed(1)} % of them in translated code` : '';
  return `steps: ${all} on the ${engine}${where}`;
}
