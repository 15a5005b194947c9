/** All settings of a host together, as one opens them at the start. */
import type { Logger } from '#lib';
import type { After } from '../logs/remote/sender.ts';
import { Firewall } from './firewall/firewall.ts';
import { HostTime, type OffsetClock } from './host-time.ts';
import { DnsSettings } from './identity/dns.ts';
import { HostIdentity, type HostNames } from './identity/host-identity.ts';
import { NtpSettings } from './identity/ntp.ts';
import { MaintenanceMode, type RunningVms } from './maintenance.ts';
import { AdvancedOptions } from './options/advanced-options.ts';
import { OptionFiles } from './options/option-files.ts';
import { Services } from './services/services.ts';
import type { SettingsFiles } from './settings-files.ts';

export interface HostSettingsParts {
  /** `/etc` must be there, with what was saved of it. */
  readonly files: SettingsFiles;
  readonly logger: Logger;
  readonly vms: RunningVms;
  readonly after: After;
  readonly initialNames: HostNames;
  /** Shows the host's time; it is set by what was kept. */
  readonly clock: OffsetClock;
}

export interface HostSettings {
  readonly options: AdvancedOptions;
  readonly optionFiles: OptionFiles;
  readonly firewall: Firewall;
  readonly services: Services;
  readonly identity: HostIdentity;
  readonly dns: DnsSettings;
  readonly ntp: NtpSettings;
  readonly time: HostTime;
  readonly maintenance: MaintenanceMode;
}

export function openHostSettings({
  files,
  logger,
  vms,
  after,
  initialNames,
  clock,
}: HostSettingsParts): HostSettings {
  const part = (name: string) => ({ files, logger: logger.child(name) });
  const firewall = new Firewall(part('firewall'));
  const options = new AdvancedOptions(part('options'));
  return {
    options,
    optionFiles: new OptionFiles({ ...part('options'), options }),
    firewall,
    services: new Services({ ...part('services'), rulesets: firewall }),
    identity: new HostIdentity({ ...part('identity'), initial: initialNames }),
    dns: new DnsSettings(part('dns')),
    ntp: new NtpSettings(part('ntp')),
    time: new HostTime({ ...part('time'), clock }),
    maintenance: new MaintenanceMode({ ...part('maintenance'), vms, after }),
  };
}
