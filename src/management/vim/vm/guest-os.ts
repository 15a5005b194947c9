/** Guest systems by their ids: what they are called in VIM, in a .vmx file, and by people. Any of ESXi's list is taken. */

interface GuestOs {
  /** As VIM has it: `debian12_64Guest`. */
  readonly id: string;
  readonly fullName: string;
  readonly family: 'linuxGuest' | 'windowsGuest' | 'otherGuestFamily';
}

type Family = GuestOs['family'];
const BITS_64 = ' (64-bit)';
const BITS_32 = ' (32-bit)';

/** Beginning of the id, what people call it (`#` stands for the version in the id), family. The first that fits counts. */
// biome-ignore format: a table reads in columns
const STEMS: readonly (readonly [stem: string, name: string, family: Family])[] = [
  ['dos',                 'Microsoft MS-DOS',                                  'windowsGuest'],
  ['win31',               'Microsoft Windows 3.1',                             'windowsGuest'],
  ['win95',               'Microsoft Windows 95',                              'windowsGuest'],
  ['win98',               'Microsoft Windows 98',                              'windowsGuest'],
  ['winMe',               'Microsoft Windows Millennium Edition',              'windowsGuest'],
  ['winNTGuest',          'Microsoft Windows NT',                              'windowsGuest'],
  ['win2000Pro',          'Microsoft Windows 2000 Professional',               'windowsGuest'],
  ['win2000Serv',         'Microsoft Windows 2000 Server',                     'windowsGuest'],
  ['win2000AdvServ',      'Microsoft Windows 2000 Advanced Server',            'windowsGuest'],
  ['winXPHome',           'Microsoft Windows XP Home Edition',                 'windowsGuest'],
  ['winXPPro',            'Microsoft Windows XP Professional',                 'windowsGuest'],
  ['winNetWeb',           'Microsoft Windows Server 2003, Web Edition',        'windowsGuest'],
  ['winNetStandard',      'Microsoft Windows Server 2003 Standard',            'windowsGuest'],
  ['winNetEnterprise',    'Microsoft Windows Server 2003',                     'windowsGuest'],
  ['winNetDatacenter',    'Microsoft Windows Server 2003, Datacenter Edition', 'windowsGuest'],
  ['winNetBusiness',      'Microsoft Windows Small Business Server 2003',      'windowsGuest'],
  ['winLonghorn',         'Microsoft Windows Server 2008',                     'windowsGuest'],
  ['winVista',            'Microsoft Windows Vista',                           'windowsGuest'],
  ['windows7Server',      'Microsoft Windows Server 2008 R2',                  'windowsGuest'],
  ['windows7',            'Microsoft Windows 7',                               'windowsGuest'],
  ['windows8Server',      'Microsoft Windows Server 2012',                     'windowsGuest'],
  ['windows8',            'Microsoft Windows 8.x',                             'windowsGuest'],
  ['windows9Server',      'Microsoft Windows Server 2016 or later',            'windowsGuest'],
  ['windows9',            'Microsoft Windows 10',                              'windowsGuest'],
  ['windows11',           'Microsoft Windows 11',                              'windowsGuest'],
  ['windows12',           'Microsoft Windows 12',                              'windowsGuest'],
  ['windowsHyperV',       'Microsoft Windows Hyper-V',                         'windowsGuest'],
  ['windows2019srvNext',  'Microsoft Windows Server 2022',                     'windowsGuest'],
  ['windows2019srv',      'Microsoft Windows Server 2019',                     'windowsGuest'],
  ['windows2022srvNext',  'Microsoft Windows Server 2025',                     'windowsGuest'],
  ['freebsd',             'FreeBSD #',                                         'otherGuestFamily'],
  ['redhat',              'Red Hat Linux 2.1',                                 'linuxGuest'],
  ['rhel',                'Red Hat Enterprise Linux #',                        'linuxGuest'],
  ['centos',              'CentOS #',                                          'linuxGuest'],
  ['oracleLinux',         'Oracle Linux #',                                    'linuxGuest'],
  ['opensuse',            'SUSE openSUSE',                                     'linuxGuest'],
  ['suse',                'SUSE Linux Enterprise',                             'linuxGuest'],
  ['sles',                'SUSE Linux Enterprise #',                           'linuxGuest'],
  ['nld9',                'Novell Linux Desktop 9',                            'linuxGuest'],
  ['oes',                 'Novell Open Enterprise Server',                     'linuxGuest'],
  ['sjds',                'Sun Java Desktop System',                           'linuxGuest'],
  ['mandrake',            'Mandrake Linux',                                    'linuxGuest'],
  ['mandriva',            'Mandriva Linux',                                    'linuxGuest'],
  ['turboLinux',          'Turbolinux',                                        'linuxGuest'],
  ['ubuntu',              'Ubuntu Linux',                                      'linuxGuest'],
  ['debian',              'Debian GNU/Linux #',                                'linuxGuest'],
  ['asianux',             'Asianux #',                                         'linuxGuest'],
  ['fedora',              'Red Hat Fedora',                                    'linuxGuest'],
  ['coreos',              'CoreOS Linux',                                      'linuxGuest'],
  ['vmwarePhoton',        'VMware Photon OS',                                  'linuxGuest'],
  ['other24xLinux',       'Other 2.4.x Linux',                                 'linuxGuest'],
  ['other26xLinux',       'Other 2.6.x Linux',                                 'linuxGuest'],
  ['other3xLinux',        'Other 3.x Linux',                                   'linuxGuest'],
  ['other4xLinux',        'Other 4.x Linux',                                   'linuxGuest'],
  ['other5xLinux',        'Other 5.x Linux',                                   'linuxGuest'],
  ['other6xLinux',        'Other 6.x or later Linux',                          'linuxGuest'],
  ['other7xLinux',        'Other 7.x or later Linux',                          'linuxGuest'],
  ['otherLinux',          'Other Linux',                                       'linuxGuest'],
  ['genericLinux',        'Other Linux',                                       'linuxGuest'],
  ['amazonlinux',         'Amazon Linux #',                                    'linuxGuest'],
  ['crxPod',              'CRX Pod #',                                         'linuxGuest'],
  ['crxSys',              'CRX Sys #',                                         'linuxGuest'],
  ['rockylinux',          'Rocky Linux',                                       'linuxGuest'],
  ['almalinux',           'AlmaLinux',                                         'linuxGuest'],
  ['solaris',             'Oracle Solaris #',                                  'otherGuestFamily'],
  ['os2',                 'IBM OS/2',                                          'otherGuestFamily'],
  ['eComStation',         'Serenity Systems eComStation',                      'otherGuestFamily'],
  ['netware',             'Novell NetWare #.x',                                'otherGuestFamily'],
  ['openServer',          'SCO OpenServer #',                                  'otherGuestFamily'],
  ['unixWare',            'SCO UnixWare #',                                    'otherGuestFamily'],
  ['darwin',              'Apple macOS (Darwin #)',                            'otherGuestFamily'],
  ['vmkernel',            'VMware ESXi #',                                     'otherGuestFamily'],
  ['other',               'Other',                                             'otherGuestFamily'],
];

/** What a machine is when nobody has said. */
export const DEFAULT_GUEST_ID = 'otherGuest64';

/** The ids of ESXi's list, as the type table has them, and what each means. */
export class GuestIds {
  readonly #ids: ReadonlySet<string>;
  readonly #ofVmx: ReadonlyMap<string, string>;
  readonly #systems = new Map<string, GuestOs>();

  constructor(ids: ReadonlySet<string>) {
    this.#ids = ids;
    // Where two stand for the same, the first one counts.
    this.#ofVmx = new Map([...ids].toReversed().map((id) => [vmxGuestOs(id), id]));
  }

  /** Those of a type table. */
  static of(table: { enumeration(name: string): ReadonlySet<string> | undefined }): GuestIds {
    return new GuestIds(table.enumeration('VirtualMachineGuestOsIdentifier') ?? new Set());
  }

  /** The system of an id, or undefined when it is none. */
  system(id: string): GuestOs | undefined {
    if (!this.#ids.has(id)) return undefined;
    const known = this.#systems.get(id) ?? systemOf(id);
    this.#systems.set(id, known);
    return known;
  }

  /** What a .vmx file's `guestOS` means: `debian12-64` is `debian12_64Guest`. */
  ofVmx(text: string): string {
    return this.#ids.has(text) ? text : (this.#ofVmx.get(text.toLowerCase()) ?? DEFAULT_GUEST_ID);
  }
}

function systemOf(id: string): GuestOs {
  const [stem = '', name = id, family = 'otherGuestFamily'] =
    STEMS.find(([start]) => id.startsWith(start)) ?? [];
  const is64 = /64/.test(id);
  const version = /^\d+/.exec(id.slice(stem.length).replace(/64/, ''))?.[0] ?? '';
  return { id, family, fullName: name.replace(/ ?#/, version && ` ${version}`) + (is64 ? BITS_64 : BITS_32) };
}

/** How an id stands in a .vmx file. */
export function vmxGuestOs(id: string): string {
  return id
    .replace('Guest', '')
    .toLowerCase()
    .replace(/[_-]?64$/, '-64');
}
