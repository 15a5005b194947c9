/** `esxcli system`: names, version, clock, boot, maintenance mode and power of the host. */
import { type Command, command, failed } from '../command.ts';
import { bool, long, required, str } from '../option.ts';
import { nothing, record, text } from '../output.ts';
import { isoSeconds } from '../time.ts';
import { told } from './system-account.ts';

const DEFAULT_DELAY_SECONDS = 10;

export const SYSTEM_COMMANDS: readonly Command[] = [
  command({
    path: 'system boot device get',
    summary: 'Get the systems boot device.',
    privilege: 'System.View',
    needs: ['boot'],
    options: {},
    output: record('BootDevice', {
      'Boot Filesystem UUID': 'string',
      'Boot NIC': 'string',
      'Stateless Boot NIC': 'string',
    }),
    run: ({ boot }) => ({
      'Boot Filesystem UUID': boot.bootFilesystemUuid(),
      'Boot NIC': '',
      'Stateless Boot NIC': '',
    }),
  }),
  command({
    path: 'system hostname get',
    summary: 'Get the host, domain or fully qualified name of the ESX host.',
    privilege: 'System.View',
    needs: ['identity'],
    options: {},
    output: record('FullyQualifiedHostName', {
      'Domain Name': 'string',
      'Fully Qualified Domain Name': 'string',
      'Host Name': 'string',
    }),
    run: ({ identity }) => {
      const { host, domain } = identity.names();
      return {
        'Domain Name': domain,
        'Fully Qualified Domain Name': domain === '' ? host : `${host}.${domain}`,
        'Host Name': host,
      };
    },
  }),
  command({
    path: 'system hostname set',
    summary: 'Set the host, domain or fully qualified name of the ESX host.',
    privilege: 'Host.Config.Network',
    needs: ['identity'],
    options: {
      domain: str(
        'd',
        'The domain name to set for the ESX host. This option is mutually exclusive with --fqdn.',
      ),
      fqdn: str('f', 'Set the fully qualified domain name of the ESX host.'),
      host: str(
        'H',
        'The host name to set for the ESX host. This name should not contain the DNS domain name. This option is mutually exclusive with --fqdn.',
      ),
    },
    output: nothing(),
    run: async ({ identity }, { domain, fqdn, host }) => {
      if (fqdn === undefined && domain === undefined && host === undefined) {
        return failed('One of --domain, --fqdn and --host must be given.');
      }
      if (fqdn === undefined) {
        return told(
          await identity.setNames({
            ...(host === undefined ? {} : { host }),
            ...(domain === undefined ? {} : { domain }),
          }),
        );
      }
      if (domain !== undefined || host !== undefined) {
        return failed('--fqdn cannot be given together with --domain or --host.');
      }
      const dot = fqdn.indexOf('.');
      if (dot <= 0) return failed(`"${fqdn}" is no fully qualified domain name such as esx1.example.com.`);
      return told(await identity.setNames({ host: fqdn.slice(0, dot), domain: fqdn.slice(dot + 1) }));
    },
  }),
  command({
    path: 'system maintenanceMode get',
    summary: 'Get the maintenance mode state of the system.',
    privilege: 'System.View',
    needs: ['maintenance'],
    options: {},
    output: text(),
    run: ({ maintenance }) => (maintenance.enabled() ? 'Enabled' : 'Disabled'),
  }),
  command({
    path: 'system maintenanceMode set',
    summary: 'Enable or disable the maintenance mode of the system.',
    privilege: 'Host.Config.Maintenance',
    needs: ['maintenance'],
    options: {
      enable: required(bool('e', 'enable maintenance mode')),
      timeout: long('t', 'Time in seconds to perform state change (default 0 seconds, which means no limit)'),
    },
    output: nothing(),
    run: async ({ maintenance }, { enable, timeout }) => {
      if (enable === maintenance.enabled()) {
        return failed(`Maintenance mode is already ${enable ? 'enabled' : 'disabled'}.`);
      }
      return told(await maintenance.set(enable, timeout));
    },
  }),
  ...(['poweroff', 'reboot'] as const).map((how) =>
    command({
      path: `system shutdown ${how}`,
      summary: `${how === 'reboot' ? 'Reboot' : 'Power off'} the system. The host must be in maintenance mode.`,
      privilege: 'Host.Config.Maintenance',
      needs: ['power', 'maintenance'],
      options: {
        delay: long('d', 'Delay interval in seconds'),
        reason: required(str('r', 'Reason for performing the operation')),
      },
      output: nothing(),
      run: async ({ power, maintenance }, { delay = DEFAULT_DELAY_SECONDS, reason }) => {
        if (!maintenance.enabled()) return failed('The host must be in maintenance mode.');
        if (delay < 0) return failed(`The delay cannot be ${delay} seconds.`);
        return told(await power.shutdown(how, delay, reason));
      },
    }),
  ),
  command({
    path: 'system stats installtime get',
    summary: 'Display the date and time when this system was first installed.',
    privilege: 'System.View',
    needs: ['boot'],
    options: {},
    output: text(),
    run: ({ boot }) => isoSeconds(boot.installedWallNanoseconds()).slice(0, -1),
  }),
  command({
    path: 'system stats uptime get',
    summary: 'Display the number of microseconds the system has been running.',
    privilege: 'System.View',
    needs: ['uptime'],
    options: {},
    output: text(),
    run: ({ uptime }) => String(uptime.uptimeMicroseconds()),
  }),
  command({
    path: 'system uuid get',
    summary: 'Get the system UUID.',
    privilege: 'System.View',
    needs: ['identity'],
    options: {},
    output: text(),
    run: ({ identity }) => identity.uuid(),
  }),
  command({
    path: 'system version get',
    summary: 'Display the product name, version and build information.',
    privilege: 'System.View',
    needs: ['version'],
    options: {},
    output: record('VersionGet', {
      Product: 'string',
      Version: 'string',
      Build: 'string',
      Update: 'string',
      Patch: 'string',
    }),
    run: ({ version }) => {
      const { product, version: number, build, update, patch } = version.version();
      return { Product: product, Version: number, Build: build, Update: update, Patch: patch };
    },
  }),
];
