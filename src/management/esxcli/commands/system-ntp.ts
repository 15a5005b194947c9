/** `esxcli system ntp`: whom the host would set its clock by. */
import { type Command, command, failed } from '../command.ts';
import { bool, list, oneOf, present } from '../option.ts';
import { nothing, record } from '../output.ts';
import { NTP_LEVELS } from '../ports/settings.ts';

const DAEMON = 'ntpd';

export const SYSTEM_NTP_COMMANDS: readonly Command[] = [
  command({
    path: 'system ntp get',
    summary: 'Display Network Time Protocol configuration',
    privilege: 'System.View',
    needs: ['ntp', 'services'],
    options: {},
    output: record('NtpConfig', { Enabled: 'boolean', Loglevel: 'string', Servers: 'string[]' }),
    run: ({ ntp, services }) => ({
      Enabled: services.list().some(({ key, running }) => key === DAEMON && running),
      Loglevel: ntp.state.logLevel,
      Servers: ntp.state.servers,
    }),
  }),
  command({
    path: 'system ntp set',
    summary: 'Configures the ESXi Network Time Protocol agent.',
    privilege: 'Host.Config.DateTime',
    needs: ['ntp', 'services'],
    options: {
      enabled: bool('e', 'Start or stop NTP service.'),
      loglevel: oneOf('l', NTP_LEVELS, 'System Log message verbosity'),
      reset: present('r', 'Return to defaults and stop NTP services.'),
      server: list('s', 'Ordered list of NTP servers by name or IP address'),
    },
    output: nothing(),
    run: async ({ ntp, services }, { enabled, loglevel, reset, server }) => {
      if (enabled === undefined && loglevel === undefined && !reset && server.length === 0) {
        return failed('There is nothing to set.');
      }
      if (reset) ntp.set({ servers: [], logLevel: 'warning' });
      const servers = server.flatMap((text) => text.split(','));
      if (servers.length > 0 || loglevel !== undefined) {
        ntp.set({
          ...(servers.length > 0 ? { servers } : {}),
          ...(loglevel === undefined ? {} : { logLevel: loglevel }),
        });
      }
      const run = reset ? (enabled ?? false) : enabled;
      if (run === undefined || (!run && !services.list().some(({ key }) => key === DAEMON))) return undefined;
      services.setPolicy(DAEMON, run ? 'on' : 'off');
      await (run ? services.start(DAEMON) : services.stop(DAEMON));
      return undefined;
    },
  }),
];
