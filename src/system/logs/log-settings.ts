/** What the log service takes from the advanced options. */
import type { LogLevel } from '#lib';
import { parseLogDir } from './log-dir.ts';
import type { LoggerRow } from './loggers.ts';
import { type LogTarget, parseLogHosts } from './remote/target.ts';
import type { Rotation } from './rotating-file.ts';

/** What it needs of the options. */
export interface OptionValues {
  integer(key: string): number;
  text(key: string): string;
  flag(key: string): boolean;
}

const KIB = 1024;
/** So much may wait for each remote host; lines above Syslog.global.msgQueueDropMark percent of it are lost. */
export const QUEUE_BYTES = 48 * 2 ** 20;

/** Of a logger's files, whenever one asks: its own numbers, or those that hold for all. */
export function rotationOf(options: OptionValues, { id }: LoggerRow): Rotation {
  const [size, count] = [`Syslog.loggers.${id}.size`, `Syslog.loggers.${id}.rotate`];
  return {
    get sizeBytes() {
      return (options.integer(size) || options.integer('Syslog.global.defaultSize')) * KIB;
    },
    get count() {
      return options.integer(count) || options.integer('Syslog.global.defaultRotate');
    },
  };
}

/** The folder of the logs in the host's file system. */
export function logFolderPath(options: OptionValues, hostName: string): string {
  const parsed = parseLogDir(options.text('Syslog.global.logDir'));
  const path = parsed.kind === 'path' ? parsed.path : '/var/log';
  return options.flag('Syslog.global.logDirUnique') ? `${path}/${hostName}` : path;
}

export function targetsOf(options: OptionValues): readonly LogTarget[] {
  const parsed = parseLogHosts(options.text('Syslog.global.logHost'));
  return parsed.kind === 'targets' ? parsed.targets : [];
}

export function queueBytesMax(options: OptionValues): number {
  return Math.floor((QUEUE_BYTES * options.integer('Syslog.global.msgQueueDropMark')) / 100);
}

const AGENT_LEVELS: Readonly<Record<string, LogLevel | 'none'>> = {
  none: 'none',
  quiet: 'none',
  panic: 'error',
  error: 'error',
  warning: 'warning',
  info: 'info',
  verbose: 'debug',
  trivia: 'debug',
};

/** The least urgent level that a logger takes; `none`: it takes nothing. */
export function thresholdOf(options: OptionValues, { id }: LoggerRow): LogLevel | 'none' {
  return id === 'hostd' ? (AGENT_LEVELS[options.text('Config.HostAgent.log.level')] ?? 'info') : 'info';
}
