/** HostDateTimeSystem: the host's own clock, in UTC, and whom it would be set by. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import type { HostDateTimeInfo, HostDateTimeSystemTimeZone } from '../table/vim25.d.ts';

const UTC: HostDateTimeSystemTimeZone = { key: 'UTC', name: 'UTC', description: 'UTC', gmtOffset: 0 };
const NTP_SERVICE = 'ntpd';

function info({ host }: VimContext): HostDateTimeInfo {
  const { ntp, services } = host.settings;
  const service = services.list().find(({ key }) => key === NTP_SERVICE);
  return {
    ...{ timeZone: UTC, systemClockProtocol: 'ntp', ntpConfig: { server: ntp.state.servers } },
    ...(service !== undefined && { enabled: service.running }),
  };
}

export const HostDateTimeSystem = managed<'HostDateTimeSystem', VimContext>('HostDateTimeSystem', {
  properties: { dateTimeInfo: info },
  methods: {
    QueryDateTime: ({ host }) => new Date(Number(host.clock.wallNanoseconds() / 1_000_000n)),
    UpdateDateTime({ host, objects }, { dateTime }) {
      host.settings.time.set(dateTime.getTime());
      // Whatever shows when something began shows another time now.
      objects.changed('dateTimeSystem', 'ha-host');
      return undefined;
    },
    QueryAvailableTimeZones: () => [UTC],
    UpdateDateTimeConfig({ host, objects }, { config }) {
      const { timeZone, protocol, ntpConfig } = config;
      if (timeZone !== undefined && timeZone !== UTC.key)
        return FAULTS.invalidArgument('config.timeZone', 'a host is in UTC');
      if (protocol !== undefined && protocol !== 'ntp') return FAULTS.invalidArgument('config.protocol');
      if (ntpConfig?.configFile !== undefined)
        return FAULTS.notSupported('The file of NTP is written from the servers.');
      if (ntpConfig?.server !== undefined) host.settings.ntp.set({ servers: ntpConfig.server });
      objects.changed('dateTimeSystem', 'ha-host');
      return undefined;
    },
    RefreshDateTimeSystem: ({ objects }) => objects.changed('dateTimeSystem', 'ha-host'),
  },
});
