/** Everything measured: readings by row and machine, whether they agree, and what the table says of them. */
import type { Outcome } from './guest-run.ts';
import type { Reading } from './protocol.ts';
import { GROUPS, type Group, type Row } from './rows.ts';
import { geometricMean, median, speedRatio, spread } from './statistics.ts';

export const MACHINES = ['vmkernel', 'qemu', 'native'] as const;
export type MachineName = (typeof MACHINES)[number];

/** A machine's readings of a row in short. */
export interface Summary {
  readonly median: number;
  /** Half of what lies between the extremes, as a part of the median. */
  readonly spread: number;
  readonly values: readonly number[];
}

export interface RowReport {
  readonly name: string;
  readonly group: Group;
  readonly what: string;
  readonly unit: string;
  readonly machines: Readonly<Partial<Record<MachineName, Summary>>>;
  /** How many times faster than QEMU we are; undefined when either failed or the results differ. */
  readonly ratio?: number;
}

export interface Failure {
  readonly row: string;
  readonly machine: MachineName;
  readonly reason: string;
}

export interface Report {
  readonly rows: readonly RowReport[];
  /** Geometric means of the ratios, by group. */
  readonly means: Readonly<Partial<Record<Group, number>>>;
  readonly failures: readonly Failure[];
}

/** Relative difference that results of type double may have between instruction sets. */
const DOUBLE_TOLERANCE = 1e-9;

/** Readings as they come. */
export class Results {
  readonly #readings = new Map<string, Reading[]>();
  readonly #failures = new Map<string, Failure>();

  add(row: string, machine: MachineName, outcome: Outcome): void {
    const key = `${row} ${machine}`;
    if ('failure' in outcome) this.#failures.set(key, { row, machine, reason: outcome.failure });
    else this.#readings.set(key, [...(this.#readings.get(key) ?? []), outcome]);
  }

  /** A row that failed once on a machine is not tried there again. */
  hasFailed(row: string, machine: MachineName): boolean {
    return this.#failures.has(`${row} ${machine}`);
  }

  report(rows: readonly Row[]): Report {
    const failures = rows.flatMap((row) => [...this.#ownFailures(row), ...this.#wrongResults(row)]);
    const failed = (row: Row, machine: MachineName): boolean =>
      failures.some((failure) => failure.row === row.name && failure.machine === machine);
    const reports = rows.map((row) => this.#reportRow(row, (machine) => failed(row, machine)));
    return { rows: reports, means: meansOf(reports), failures };
  }

  #ownFailures({ name }: Row): Failure[] {
    return MACHINES.flatMap((machine) => this.#failures.get(`${name} ${machine}`) ?? []);
  }

  #readingsOf({ name }: Row, machine: MachineName): readonly Reading[] {
    return this.#readings.get(`${name} ${machine}`) ?? [];
  }

  /** What computed something else than QEMU did; without QEMU, than this machine itself. */
  #wrongResults(row: Row): Failure[] {
    const [right] = [...this.#readingsOf(row, 'qemu'), ...this.#readingsOf(row, 'native')];
    if (right === undefined) return [];
    const isNativeRight = this.#readingsOf(row, 'qemu').length === 0;
    return MACHINES.flatMap((machine) => {
      const tolerant = row.result === 'double' && (machine === 'native') !== isNativeRight;
      const wrong = this.#readingsOf(row, machine).find(
        ({ result }) => !agree(result, right.result, tolerant),
      );
      if (wrong === undefined) return [];
      return [{ row: row.name, machine, reason: `wrong result ${wrong.result}, not ${right.result}` }];
    });
  }

  #reportRow(row: Row, failed: (machine: MachineName) => boolean): RowReport {
    const machines: Partial<Record<MachineName, Summary>> = {};
    let unit = '';
    for (const machine of MACHINES) {
      const readings = this.#readingsOf(row, machine);
      if (readings.length === 0 || failed(machine)) continue;
      const values = readings.map(({ value }) => value);
      unit = readings[0]?.unit ?? unit;
      machines[machine] = { median: median(values), spread: spread(values), values };
    }
    const { vmkernel, qemu } = machines;
    const { name, group, what } = row;
    return {
      name,
      group,
      what,
      unit,
      machines,
      ...(vmkernel && qemu && { ratio: speedRatio(vmkernel.median, qemu.median, unit) }),
    };
  }
}

function agree(result: string, right: string, tolerant: boolean): boolean {
  if (result === right || !tolerant) return result === right;
  const [a, b] = [asDouble(result), asDouble(right)];
  return Math.abs(a - b) <= DOUBLE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function asDouble(hexadecimal: string): number {
  return Buffer.from(hexadecimal, 'hex').readDoubleBE();
}

function meansOf(reports: readonly RowReport[]): Partial<Record<Group, number>> {
  const means: Partial<Record<Group, number>> = {};
  for (const group of Object.keys(GROUPS) as Group[]) {
    const ratios = reports.flatMap((row) => (row.group === group ? (row.ratio ?? []) : []));
    const mean = geometricMean(ratios);
    if (mean !== undefined) means[group] = mean;
  }
  return means;
}
