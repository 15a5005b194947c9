/** `esxcli system syslog`: the log service, its files and remote hosts. */
import type { OptionValue } from '#system';
import { type Command, command, type Failed, failed } from '../command.ts';
import { bool, list, long, oneOf, required, str } from '../option.ts';
import { nothing, record, records } from '../output.ts';
import type { OptionsPort } from '../ports/settings.ts';

const VIEW = 'System.View';
const CHANGE = 'Host.Config.AdvancedConfig';

/** Options of `config set`, and the advanced option that each is. */
const KEYS = {
  'check-ssl-certs': 'Syslog.global.certificate.checkSSLCerts',
  'default-rotate': 'Syslog.global.defaultRotate',
  'default-size': 'Syslog.global.defaultSize',
  'default-timeout': 'Syslog.global.remoteHost.connectRetryDelay',
  'log-level': 'Syslog.global.logLevel',
  logdir: 'Syslog.global.logDir',
  'logdir-unique': 'Syslog.global.logDirUnique',
  loghost: 'Syslog.global.logHost',
  'queue-drop-mark': 'Syslog.global.msgQueueDropMark',
  'remote-host-connect-retry-delay': 'Syslog.global.remoteHost.connectRetryDelay',
  'remote-host-max-msg-len': 'Syslog.global.remoteHost.maxMsgLen',
  'x509-strict': 'Syslog.global.certificate.strictX509Compliance',
} as const;

export const SYSTEM_SYSLOG_COMMANDS: readonly Command[] = [
  command({
    path: 'system syslog config get',
    summary: 'Show the current global configuration values.',
    privilege: VIEW,
    needs: ['options', 'logs'],
    options: {},
    output: record('SyslogGlobal', {
      'Default Network Retry Timeout': 'integer',
      'Enforce SSLCertificates': 'boolean',
      'Local Log Output': 'string',
      'Local Log Output Is Configured': 'boolean',
      'Local Log Output Is Persistent': 'boolean',
      'Local Logging Default Rotation Size': 'integer',
      'Local Logging Default Rotations': 'integer',
      'Log Level': 'string',
      'Log To Unique Subdirectory': 'boolean',
      'Message Queue Drop Mark': 'integer',
      'Remote Host': 'string',
      'Remote Host Connect Retry Delay': 'integer',
      'Remote Host Maximum Message Length': 'integer',
      'Strict X509Compliance': 'boolean',
    }),
    run: ({ options, logs }) => {
      const integer = (name: keyof typeof KEYS) => options.get(KEYS[name]) as number;
      const flag = (name: keyof typeof KEYS) => options.get(KEYS[name]) as boolean;
      return {
        'Default Network Retry Timeout': integer('default-timeout'),
        'Enforce SSLCertificates': flag('check-ssl-certs'),
        'Local Log Output': logs.path,
        'Local Log Output Is Configured': !options.isDefault(KEYS.logdir),
        'Local Log Output Is Persistent': logs.path.startsWith('/vmfs/volumes/'),
        'Local Logging Default Rotation Size': integer('default-size'),
        'Local Logging Default Rotations': integer('default-rotate'),
        'Log Level': String(options.get(KEYS['log-level'])),
        'Log To Unique Subdirectory': flag('logdir-unique'),
        'Message Queue Drop Mark': integer('queue-drop-mark'),
        'Remote Host': String(options.get(KEYS.loghost)) || '<none>',
        'Remote Host Connect Retry Delay': integer('remote-host-connect-retry-delay'),
        'Remote Host Maximum Message Length': integer('remote-host-max-msg-len'),
        'Strict X509Compliance': flag('x509-strict'),
      };
    },
  }),
  command({
    path: 'system syslog config set',
    summary: 'Set global syslog options and values.',
    privilege: CHANGE,
    needs: ['options', 'logs'],
    options: {
      'check-ssl-certs': bool('', 'Verify remote SSL certificates against the local CA store.'),
      'default-rotate': long('', 'Default number of rotated local logs to keep.'),
      'default-size': long('', 'Default size of local logs before rotation, in KiB.'),
      'default-timeout': long(
        '',
        'Default network retry timeout in seconds if a remote server fails to respond.',
      ),
      'log-level': oneOf(
        '',
        ['debug', 'info', 'warning', 'error'],
        'What the log service says about itself.',
      ),
      logdir: str('', 'The directory to output local logs to.'),
      'logdir-unique': bool('', 'Place logs in a unique subdirectory of logdir, based on hostname.'),
      loghost: str('', 'The remote host(s) to send logs to, separated by commas.'),
      'queue-drop-mark': long('', 'Message queue capacity, in percent, after which messages are dropped.'),
      'remote-host-connect-retry-delay': long(
        '',
        'Longest delay in seconds between two tries to reach a remote host.',
      ),
      'remote-host-max-msg-len': long('', 'Longest message in bytes over TCP and SSL.'),
      reset: list('', 'Names of options to reset to their defaults.'),
      'x509-strict': bool('', 'Strict compliance with X.509.'),
    },
    output: nothing(),
    run: ({ options }, { reset, ...given }) => setOrReset(options, KEYS, given, reset),
  }),
  command({
    path: 'system syslog config logger list',
    summary: 'Show the currently configured sub-loggers.',
    privilege: VIEW,
    needs: ['logs'],
    options: {},
    output: records(
      'SyslogLogger',
      {
        Description: 'string',
        Destination: 'string',
        ID: 'string',
        'Rotation Size': 'integer',
        Rotations: 'integer',
      },
      (row) => row.ID ?? '',
    ),
    run: ({ logs }) =>
      logs.loggers().map(({ row, sizeKib, rotations }) => ({
        Description: row.description,
        Destination: row.file,
        ID: row.id,
        'Rotation Size': sizeKib,
        Rotations: rotations,
      })),
  }),
  command({
    path: 'system syslog config logger set',
    summary: 'Set configuration options for a specific sub-logger.',
    privilege: CHANGE,
    needs: ['options', 'logs'],
    options: {
      id: required(str('', 'The id of the logger to configure')),
      reset: list('', 'Reset values to default: rotate, size'),
      rotate: long('', 'Number of rotated logs to keep for this logger'),
      size: long('', 'Set size of logs before rotation for this logger, in KiB'),
    },
    output: nothing(),
    run: ({ options, logs }, { id, reset, rotate, size }) => {
      if (!logs.loggers().some(({ row }) => row.id === id)) return failed(`There is no logger '${id}'.`);
      const keys = { rotate: `Syslog.loggers.${id}.rotate`, size: `Syslog.loggers.${id}.size` };
      return setOrReset(options, keys, { rotate, size }, reset);
    },
  }),
  command({
    path: 'system syslog mark',
    summary: 'Mark all logs with the specified message.',
    privilege: CHANGE,
    needs: ['logs'],
    options: { message: required(str('s', 'The message to mark logs with.')) },
    output: nothing(),
    run: ({ logs }, { message }) => logs.mark(message),
  }),
  command({
    path: 'system syslog reload',
    summary: 'Reload the log daemon to apply any new configuration options.',
    privilege: CHANGE,
    needs: ['logs'],
    options: {},
    output: nothing(),
    run: ({ logs }) => logs.reload(),
  }),
];

/** Sets options by the names of their parameters, and those in `reset` to their defaults: all of them or none. */
function setOrReset(
  options: OptionsPort,
  keys: Readonly<Record<string, string>>,
  given: Readonly<Record<string, OptionValue | undefined>>,
  reset: readonly string[],
): Failed | undefined {
  const names = reset.flatMap((text) => text.split(',')).map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(keys, name));
  if (unknown !== undefined) return failed(`There is no parameter '${unknown}' to reset.`);
  const keyOf = (name: string) => keys[name] as string;
  const defaults = names.map((name) => [keyOf(name), options.row(keyOf(name)).default] as const);
  const changes = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[keyOf(name), value] as const],
  );
  if (changes.length + defaults.length === 0) return failed('There is nothing to set.');
  options.setAll([...defaults, ...changes]);
  return undefined;
}
