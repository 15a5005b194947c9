/** One thing that was said, ready for files and for the network, and its line in a file. Source: ESXi 8.0, log file formats. */
import type { LogRecord } from '#lib';
import { oneLine } from './escape.ts';
import { LOGGERS, type LoggerRow } from './loggers.ts';
import { type Facility, priority, type Severity, severityOf } from './severity.ts';

export interface LogEntry {
  /** Nanoseconds since 1970. */
  readonly wallNanoseconds: bigint;
  readonly severity: Severity;
  readonly facility: Facility;
  readonly program: string;
  readonly processId: number | undefined;
  /** One line: nothing in it ends it. */
  readonly text: string;
}

/** Who writes: numbers that stand in lines. */
export interface Writer {
  readonly processId: number;
}

const NANOSECONDS_PER_MS = 1_000_000n;
/** A message longer than this is cut, and says so. */
const TEXT_CHARACTERS_MAX = 16_384;

/** The entry of a record for a logger: warnings of the VMkernel call themselves vmkwarning, as ESXi's do. */
export function entryOf(record: LogRecord, row: LoggerRow, writer: Writer): LogEntry {
  const severity = severityOf(record.level);
  const isWarning = row.id === 'vmkernel' && (severity === 'Wa' || severity === 'Er');
  return {
    wallNanoseconds: record.wallNanoseconds,
    severity,
    facility: row.facility,
    program: isWarning ? 'vmkwarning' : programOf(record, row),
    processId: row.hasProcess ? writer.processId : undefined,
    text: cut(oneLine(textOf(record, row, isWarning))),
  };
}

/** Loggers with many programs name each; the VMkernel's own and hostd's parts stand in the text. */
function programOf(record: LogRecord, row: LoggerRow): string {
  if (row.id !== 'auth' && row.id !== 'syslog' && row.id !== 'vmksummary') return row.program;
  const first = /^[A-Za-z0-9_-]{1,48}/.exec(record.source)?.[0];
  return first === undefined || first === row.id ? row.program : first;
}

function textOf({ source, message }: LogRecord, row: LoggerRow, isWarning: boolean): string {
  const inside = source.slice(source.indexOf('.') + 1);
  const part = source.includes('.') ? inside : '';
  if (row.id === 'vmkernel') {
    const who = part === '' && source === row.id ? '' : `${part === '' ? source : part}: `;
    return `cpu0:0)${isWarning ? 'WARNING: ' : ''}${who}${message}`;
  }
  if (row.id === 'hostd') return `[sub=${part === '' ? 'Default' : part}] ${message}`;
  if (row.id === 'vobd') return `[${part === '' ? 'GenericCorrelator' : part}] ${message}`;
  return part === '' ? message : `${part}: ${message}`;
}

function cut(text: string): string {
  if (text.length <= TEXT_CHARACTERS_MAX) return text;
  return `${text.slice(0, TEXT_CHARACTERS_MAX).toWellFormed()}… (${text.length} characters)`;
}

/** `2026-11-26T00:37:01.123Z`. */
export function timestamp(wallNanoseconds: bigint): string {
  return new Date(Number(wallNanoseconds / NANOSECONDS_PER_MS)).toISOString();
}

/** `2026-11-26T00:37:01.123Z In(182) vmkernel: cpu0:1234)text`, with its end. */
export function fileLine(entry: LogEntry): string {
  const { severity, facility, program, processId, text } = entry;
  const who = processId === undefined ? program : `${program}[${processId}]`;
  return `${timestamp(entry.wallNanoseconds)} ${severity}(${priority(facility, severity)}) ${who}: ${text}\n`;
}

export function loggerRow(id: string): LoggerRow | undefined {
  return LOGGERS.find((row) => row.id === id);
}
