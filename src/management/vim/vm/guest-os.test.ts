// Guest systems: every id of ESXi's list has a name, and comes back from a .vmx file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestIds, vmxGuestOs } from './guest-os.ts';

// biome-ignore format: a table reads in columns
const NAMES: readonly (readonly [id: string, vmx: string, name: string, family: string])[] = [
  ['otherGuest64',        'other-64',        'Other (64-bit)',                        'otherGuestFamily'],
  ['otherGuest',          'other',           'Other (32-bit)',                        'otherGuestFamily'],
  ['otherLinux64Guest',   'otherlinux-64',   'Other Linux (64-bit)',                  'linuxGuest'],
  ['other6xLinux64Guest', 'other6xlinux-64', 'Other 6.x or later Linux (64-bit)',     'linuxGuest'],
  ['debian12_64Guest',    'debian12-64',     'Debian GNU/Linux 12 (64-bit)',          'linuxGuest'],
  ['debian6Guest',        'debian6',         'Debian GNU/Linux 6 (32-bit)',           'linuxGuest'],
  ['ubuntu64Guest',       'ubuntu-64',       'Ubuntu Linux (64-bit)',                 'linuxGuest'],
  ['rhel8_64Guest',       'rhel8-64',        'Red Hat Enterprise Linux 8 (64-bit)',   'linuxGuest'],
  ['centos64Guest',       'centos-64',       'CentOS (64-bit)',                       'linuxGuest'],
  ['freebsd64Guest',      'freebsd-64',      'FreeBSD (64-bit)',                      'otherGuestFamily'],
  ['windows9_64Guest',    'windows9-64',     'Microsoft Windows 10 (64-bit)',         'windowsGuest'],
];
const IDS = new GuestIds(new Set(NAMES.map(([id]) => id)));

for (const [id, vmx, fullName, family] of NAMES) {
  test(`GuestIds: ${id}`, () => {
    assert.deepEqual(IDS.system(id), { id, fullName, family });
    assert.equal(vmxGuestOs(id), vmx);
    assert.equal(IDS.ofVmx(vmx), id);
    assert.equal(IDS.ofVmx(id), id);
  });
}

test('GuestIds: an id that is none', () => {
  assert.equal(IDS.system('riscvGuest'), undefined);
  assert.equal(IDS.ofVmx('riscv'), 'otherGuest64');
});
