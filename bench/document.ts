/** docs/benchmarks.md: its text stays, the part between the two marks is the last run. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { formatSize, HostError } from '#lib';
import type { BenchRun } from './bench.ts';
import type { BenchOptions } from './options.ts';
import { formatMarkdown } from './table.ts';

const ROOT = join(import.meta.dirname, '..');
export const DOCUMENT = join('docs', 'benchmarks.md');
const BEGIN = '<!-- begin of the last run, written by npm run bench -- --write -->';
const END = '<!-- end of the last run -->';

/** What the run was made on and with, by name. */
export function describeRun({ versions }: BenchRun, { suite, rounds, engine }: BenchOptions) {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    suite: `${suite}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
    engine: engine ?? 'the default of vmk run',
    machine: `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} CPUs, ${formatSize(totalmem() - (totalmem() % 2 ** 30))} of memory, ${type()} ${release()}`,
    'load average at the end': `${loadavg()[0]?.toFixed(1)}; the benchmark's own part of it is about 1`,
    Node: process.version,
    ...versions,
  };
}

/** Puts the run into the document. Throws HostError `file-io`. */
export function writeDocument(run: BenchRun, options: BenchOptions): void {
  const facts = Object.entries(describeRun(run, options)).map(([name, value]) => `- ${name}: ${value}`);
  writeBetween({ begin: BEGIN, end: END }, [...facts, '', formatMarkdown(run.report).trimEnd()]);
}

/** Replaces what stands between two marks of the document. Throws HostError `file-io`. */
export function writeBetween(
  marks: { readonly begin: string; readonly end: string },
  lines: readonly string[],
): void {
  const path = join(ROOT, DOCUMENT);
  const part = [marks.begin, '', ...lines, '', marks.end].join('\n');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (begin < 0 || end < begin) {
    const reason = `it has no lines "${marks.begin}" and "${marks.end}"`;
    throw new HostError('file-io', { action: 'write', what: 'the table into', path: DOCUMENT, reason });
  }
  writeFileSync(path, text.slice(0, begin) + part + text.slice(end + marks.end.length));
}

function commit(): string {
  try {
    const hash = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
    return hash.trim();
  } catch {
    return 'unknown';
  }
}
