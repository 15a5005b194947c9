/** Severities and facilities of syslog, and how ESXi abbreviates them. Source: RFC 5424 §6.2.1; ESXi 8.0, log file formats. */
import type { LogLevel } from '#lib';

/** The eight severities, the most urgent first: the place in the list is the number. */
export const SEVERITIES = ['Em', 'Al', 'Cr', 'Er', 'Wa', 'No', 'In', 'Db'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The facilities that our loggers use. */
export const FACILITIES = { user: 1, auth: 4, syslog: 5, local4: 20, local6: 22 } as const;
export type Facility = keyof typeof FACILITIES;

const OF_LEVEL: Readonly<Record<LogLevel, Severity>> = {
  error: 'Er',
  warning: 'Wa',
  info: 'In',
  debug: 'Db',
};

export function severityOf(level: LogLevel): Severity {
  return OF_LEVEL[level];
}

/** The number that stands for both on the wire and in a file: `In(182)`. */
export function priority(facility: Facility, severity: Severity): number {
  return FACILITIES[facility] * 8 + SEVERITIES.indexOf(severity);
}
