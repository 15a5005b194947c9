/** Options of security, sessions, banners and the host agent. Source: ESXi 7.0, list of advanced options; 8.0, security settings. */
import { choice, flag, integer, type OptionRow, string } from './option.ts';

/** What the loggers of the host agent know, the loudest last. */
export const AGENT_LOG_LEVELS = [
  'none',
  'quiet',
  'panic',
  'error',
  'warning',
  'info',
  'verbose',
  'trivia',
] as const;

const QUALITY = 'retry=3 min=disabled,disabled,disabled,7,7';

// biome-ignore format: a table reads in columns
export const HOST_OPTIONS: readonly OptionRow[] = [
  string ('Annotations.WelcomeMessage',                  '',               'now',     'Text on the first screen, before anybody has logged in'),
  string ('Config.Etc.issue',                            '',               'now',     'Text before a login of ssh or shell', multiline),
  string ('Config.Etc.motd',                             '',               'now',     'Text after a login of ssh or shell', multiline),
  choice ('Config.HostAgent.log.level',                  'info', AGENT_LOG_LEVELS, 'now', 'What the host agent writes into its log'),
  flag   ('Config.HostAgent.plugins.solo.enableMob',     false,            'kept',    'The browser of managed objects'),
  integer('Config.HostAgent.plugins.vimsvc.authValidateInterval', 1440, 0, 525_600, 'kept', 'Minutes between two checks of all users and groups; 0: never'),
  integer('Config.HostAgent.plugins.vimsvc.httpNfcLeaseTimeout',  300, 1, 86_400, 'kept', 'Seconds after which an idle lease of an import or export ends'),
  integer('Config.HostAgent.plugins.vimsvc.userSearch.maxResults', 100, 0, 10_000, 'kept', 'Users and groups that a search gives; 0: any number'),
  integer('Config.HostAgent.plugins.vmsvc.guestWatchdogTimeout',  900, 1, 3600, 'kept', 'Seconds that a guest has to shut down'),
  integer('Config.HostAgent.vmacore.soap.maxSessionCount', 500, 0, 10_000, 'now',     'Sessions of the API at a time; 0: any number'),
  integer('Config.HostAgent.vmacore.soap.sessionTimeout',  30,  0, 525_600, 'now',    'Minutes after which an idle session of the API ends; 0: never'),
  string ('DCUI.Access',                                 'root',           'now',     'Users who may always use the direct console, comma-separated', userList),
  integer('Security.AccountLockFailures',                5,    0, 100,     'now',     'Failed logins after which an account is locked; 0: never'),
  integer('Security.AccountUnlockTime',                  900,  0, 86_400,  'now',     'Seconds for which an account is locked'),
  integer('Security.PasswordHistory',                    0,    0, 10,      'now',     'Old passwords that may not be used again; 0: all may'),
  integer('Security.PasswordMaxDays',                    99_999, 0, 99_999, 'now',    'Days after which a password has to be changed'),
  string ('Security.PasswordQualityControl',             QUALITY,          'now',     'What a password must be, in the words of pam_passwdqc', quality),
  integer('Security.SshSessionLimit',                    50,   0, 1000,    'kept',    'Sessions of ssh at a time, root\'s not counted'),
  integer('UserVars.DcuiTimeOut',                        600,  0, 86_400,  'kept',    'Seconds after which an idle direct console logs out; 0: never'),
  integer('UserVars.ESXiShellInteractiveTimeOut',        0,    0, 86_400,  'kept',    'Seconds after which an idle shell logs out; 0: never'),
  integer('UserVars.ESXiShellTimeOut',                   0,    0, 86_400,  'kept',    'Seconds after which shell and ssh are switched off; 0: never'),
  string ('UserVars.ESXiVPsDisabledProtocols',           'sslv3,tlsv1,tlsv1.1', 'kept', 'Versions of TLS that are refused'),
  integer('UserVars.HostClientCEIPOptIn',                2,    0, 2,       'kept',    'Experience improvement: 0 ask, 1 yes, 2 no'),
  string ('UserVars.HostClientDefaultConsole',           'webmks',         'kept',    'Which console the host client opens'),
  integer('UserVars.HostClientSessionTimeout',           900,  0, 7200,    'now',     'Seconds after which an idle session of the host client ends; 0: never'),
  string ('UserVars.HostClientWelcomeMessage',           'Welcome to {{hostname}}', 'kept', 'What the host client greets with'),
  string ('UserVars.ProductLockerLocation',              '/locker/packages/vmtoolsRepo/', 'kept', 'Where the tools for guests are'),
  integer('UserVars.SuppressCoredumpWarning',            0,    0, 1,       'kept',    'Do not warn when there is no place for core dumps'),
  integer('UserVars.SuppressHyperthreadWarning',         0,    0, 1,       'kept',    'Do not warn of weaknesses of hyperthreading'),
  integer('UserVars.SuppressShellWarning',               0,    0, 1,       'kept',    'Do not warn when shell or ssh is switched on'),
];

function multiline(value: string): string | undefined {
  return /[^\P{Cc}\n\t]/u.test(value) ? 'it is a text without control characters' : undefined;
}

function userList(value: string): string | undefined {
  if (value === '') return undefined;
  const wrong = value.split(',').find((name) => !/^[A-Za-z_][A-Za-z0-9_.@\\-]{0,63}$/.test(name.trim()));
  return wrong === undefined ? undefined : `"${wrong.trim()}" is not a name of a user`;
}

/** Source: pam_passwdqc(8). */
function quality(value: string): string | undefined {
  const words = value.split(/\s+/).filter((word) => word !== '');
  const wrong = words.find((word) => !QUALITY_WORD.test(word));
  if (wrong !== undefined) return `"${wrong}" is no option of pam_passwdqc`;
  return words.some((word) => word.startsWith('min=')) ? undefined : 'min=N0,N1,N2,N3,N4 is missing';
}

const LENGTH = '(?:disabled|\\d{1,3})';
const QUALITY_WORD = new RegExp(
  `^(?:retry=\\d{1,2}|min=${LENGTH}(?:,${LENGTH}){4}|max=\\d{1,3}|passphrase=\\d{1,2}|match=\\d{1,2}|similar=(?:permit|deny)|enforce=(?:none|users|everyone))$`,
);
