/** Options of the log service: `Syslog.*`, and size and number of each logger's files. Source: ESXi 8.0, syslog options. */

import { parseLogDir } from '../../logs/log-dir.ts';
import { LOGGERS } from '../../logs/loggers.ts';
import { parseLogHosts } from '../../logs/remote/target.ts';
import { choice, flag, integer, type OptionRow, string } from './option.ts';

const LEVELS = ['debug', 'info', 'warning', 'error'];

// biome-ignore format: a table reads in columns
const GLOBAL: readonly OptionRow[] = [
  flag   ('Syslog.global.certificate.checkSSLCerts',         true,             'now', 'Check the certificates of remote hosts'),
  flag   ('Syslog.global.certificate.strictX509Compliance',  false,            'now', 'Be strict about them: subjectAltName, authorities, key usage'),
  integer('Syslog.global.defaultRotate',                     8,    0, 100,     'now', 'Old files kept of each log'),
  integer('Syslog.global.defaultSize',                       1024, 1, 10_240,  'now', 'KiB at which a log is put away'),
  string ('Syslog.global.logDir',                            '[] /var/log',    'now', 'Where logs are: [datastore] folder', logDir),
  flag   ('Syslog.global.logDirUnique',                      false,            'now', 'Give logs a folder with the host\'s name there'),
  string ('Syslog.global.logHost',                           '',               'now', 'Remote hosts, comma-separated: proto://host[:port][?formatter=…&framing=…]', logHost),
  choice ('Syslog.global.logLevel',                          'error', LEVELS,  'now', 'What the log service says about itself'),
  integer('Syslog.global.msgQueueDropMark',                  90,   1, 100,     'now', 'Percent of a remote host\'s queue above which messages are lost'),
  integer('Syslog.global.remoteHost.connectRetryDelay',      180,  1, 86_400,  'now', 'Seconds between two tries at most to reach a remote host'),
  integer('Syslog.global.remoteHost.maxMsgLen',              1024, 480, 16_384, 'now', 'Bytes of a message over TCP and TLS at most; longer ones are cut'),
];

export const SYSLOG_OPTIONS: readonly OptionRow[] = [
  ...GLOBAL,
  ...LOGGERS.flatMap(({ id, sizeKib, rotations }) => [
    integer(
      `Syslog.loggers.${id}.rotate`,
      rotations,
      0,
      100,
      'now',
      `Old files kept of ${id}; 0: Syslog.global.defaultRotate`,
    ),
    integer(
      `Syslog.loggers.${id}.size`,
      sizeKib,
      0,
      10_240,
      'now',
      `KiB at which ${id} is put away; 0: Syslog.global.defaultSize`,
    ),
  ]),
];

function logHost(value: string): string | undefined {
  const parsed = parseLogHosts(value);
  return parsed.kind === 'wrong' ? parsed.reason : undefined;
}

function logDir(value: string): string | undefined {
  const parsed = parseLogDir(value);
  return parsed.kind === 'wrong' ? parsed.reason : undefined;
}
