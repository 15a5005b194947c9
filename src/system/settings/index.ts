/** What the other rooms use of the settings. */
export { isLoopback, parseNetwork } from './firewall/addresses.ts';
export {
  type DefaultAction,
  type Door,
  FIREWALL_PATH,
  Firewall,
  type RulesetStatus,
} from './firewall/firewall.ts';
export { type FirewallRule, RULESETS, type RulesetRow } from './firewall/rulesets.ts';
export { type HostSettings, type HostSettingsParts, openHostSettings } from './host-settings.ts';
export { HostTime, OffsetClock, TIME_PATH } from './host-time.ts';
export { DnsSettings, type DnsState } from './identity/dns.ts';
export { HostIdentity, type HostNames as IdentityNames } from './identity/host-identity.ts';
export { NTP_LOG_LEVELS, type NtpLogLevel, NtpSettings, type NtpState } from './identity/ntp.ts';
export { MaintenanceMode, type MaintenanceState, type RunningVms } from './maintenance.ts';
export { AdvancedOptions, OPTIONS_PATH, type OptionChange } from './options/advanced-options.ts';
export { OPTIONS } from './options/all-options.ts';
export type { Applies, OptionRow, OptionType, OptionValue } from './options/option.ts';
export { fromVim, type VimOptionDef, vimOptionDef } from './options/vim-option.ts';
export {
  DESCRIPTOR_FOLDER,
  type Descriptor as ServiceDescriptor,
  parseDescriptor as parseServiceDescriptor,
} from './services/descriptor.ts';
export { type KnownDescriptors, syncPackageServices } from './services/package-services.ts';
export { POLICIES, type Policy, SERVICES, type Service, type ServiceRow } from './services/service.ts';
export { type ServiceStatus, Services } from './services/services.ts';
export { memorySettingsFiles, type SettingsFiles, vfsSettingsFiles } from './settings-files.ts';
