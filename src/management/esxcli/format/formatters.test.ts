// What every formatter prints, byte by byte, in the forms that real esxcli output has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Output, record, records, table, text, texts } from '../output.ts';
import { type FormatRequest, format } from './formatters.ts';

const NIC = table('Nic', {
  Name: 'string',
  'PCI Device': 'string',
  'Admin Status': 'string',
  MTU: 'integer',
  'MAC Address': 'string',
});
const NICS = [
  {
    Name: 'vmnic0',
    'PCI Device': '0000:02:00.0',
    'Admin Status': 'Up',
    MTU: 1500,
    'MAC Address': '78:ac:44:07:b2:c4',
  },
  { Name: 'vmnic10', 'PCI Device': '0000:88:00.1', 'Admin Status': 'Down', MTU: 900, 'MAC Address': '' },
];
const SWITCH = record('VirtualSwitch', {
  Name: 'string',
  'Beacon Enabled': 'boolean',
  'Num Ports': 'integer',
  Portgroups: 'string[]',
  Uplinks: 'string[]',
});
const VSWITCH0 = {
  Name: 'vSwitch0',
  'Beacon Enabled': false,
  'Num Ports': 2560,
  Portgroups: ['VM "1"', 'mgmt'],
  Uplinks: [],
};

const shows = (output: Output, answer: unknown, request: FormatRequest, expected: readonly string[]) =>
  assert.equal(format(output, answer, request), expected.map((line) => `${line}\n`).join(''));

test('table: a head, dashes, two spaces between columns, numbers to the right', () => {
  shows(NIC, NICS, {}, [
    'Name     PCI Device    Admin Status   MTU  MAC Address      ',
    '-------  ------------  ------------  ----  -----------------',
    'vmnic0   0000:02:00.0  Up            1500  78:ac:44:07:b2:c4',
    'vmnic10  0000:88:00.1  Down           900                   ',
  ]);
});

test('table: without rows it is nothing; without a head it is the rows', () => {
  shows(NIC, [], {}, []);
  shows(NIC, NICS, { showHeader: false, fields: ['MTU', 'Name'] }, ['1500  vmnic0 ', ' 900  vmnic10']);
});

test('record: a line for each field, lists joined by commas', () => {
  shows(SWITCH, VSWITCH0, {}, [
    '   Name: vSwitch0',
    '   Beacon Enabled: false',
    '   Num Ports: 2560',
    '   Portgroups: VM "1", mgmt',
    '   Uplinks: ',
  ]);
});

test('records: blocks with their titles, apart by an empty line', () => {
  const cpus = records('CPU', { Id: 'integer', Brand: 'string' }, ({ Id }) => `CPU:${Id}`);
  shows(
    cpus,
    [
      { Id: 0, Brand: 'A' },
      { Id: 1, Brand: undefined },
    ],
    {},
    ['CPU:0', '   Id: 0', '   Brand: A', '', 'CPU:1', '   Id: 1', '   Brand: '],
  );
});

test('record: as a table when it is asked for', () => {
  shows(SWITCH, VSWITCH0, { formatter: 'table', fields: ['Name', 'NumPorts'] }, [
    'Name      Num Ports',
    '--------  ---------',
    'vSwitch0       2560',
  ]);
});

test('csv: squeezed names by their bytes, a comma after each cell', () => {
  shows(NIC, NICS, { formatter: 'csv' }, [
    'AdminStatus,MACAddress,MTU,Name,PCIDevice,',
    'Up,78:ac:44:07:b2:c4,1500,vmnic0,0000:02:00.0,',
    'Down,,900,vmnic10,0000:88:00.1,',
  ]);
  shows(SWITCH, VSWITCH0, { formatter: 'csv' }, [
    'BeaconEnabled,Name,NumPorts,Portgroups,Uplinks,',
    'false,vSwitch0,2560,"VM ""1"",mgmt,",,',
  ]);
  shows(NIC, [], { formatter: 'csv' }, ['AdminStatus,MACAddress,MTU,Name,PCIDevice,']);
});

test('keyvalue: the path, the type, the value', () => {
  shows(NIC, NICS.slice(0, 1), { formatter: 'keyvalue' }, [
    'structure[0].Nic.AdminStatus.string=Up',
    'structure[0].Nic.MACAddress.string=78:ac:44:07:b2:c4',
    'structure[0].Nic.MTU.integer=1500',
    'structure[0].Nic.Name.string=vmnic0',
    'structure[0].Nic.PCIDevice.string=0000:02:00.0',
  ]);
  shows(SWITCH, VSWITCH0, { formatter: 'keyvalue' }, [
    'VirtualSwitch.BeaconEnabled.boolean=false',
    'VirtualSwitch.Name.string=vSwitch0',
    'VirtualSwitch.NumPorts.integer=2560',
    'VirtualSwitch.Portgroups.string[0].string=VM "1"',
    'VirtualSwitch.Portgroups.string[1].string=mgmt',
    'VirtualSwitch.Uplinks.string[] = ',
  ]);
  shows(text(), 'a\nb', { formatter: 'keyvalue' }, ['string=a\\nb']);
});

test('xml: root, lists, structures, and an element of the type in each field', () => {
  shows(
    SWITCH,
    { ...VSWITCH0, Name: '<&\u0001', Portgroups: ['a'], Uplinks: [] },
    { formatter: 'xml', fields: ['Name', 'Num Ports', 'Portgroups', 'Uplinks'] },
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<output xmlns="http://www.vmware.com/Products/ESX/5.0/esxcli">',
      '<root>',
      '   <structure typeName="VirtualSwitch">',
      '      <field name="Name">',
      '         <string>&lt;&amp;\ufffd</string>',
      '      </field>',
      '      <field name="NumPorts">',
      '         <integer>2560</integer>',
      '      </field>',
      '      <field name="Portgroups">',
      '         <list type="string">',
      '            <string>a</string>',
      '         </list>',
      '      </field>',
      '      <field name="Uplinks">',
      '         <list type="string">',
      '         </list>',
      '      </field>',
      '   </structure>',
      '</root>',
      '</output>',
    ],
  );
  shows(texts(), ['x'], { formatter: 'xml' }, [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<output xmlns="http://www.vmware.com/Products/ESX/5.0/esxcli">',
    '<root>',
    '   <list type="string">',
    '      <string>x</string>',
    '   </list>',
    '</root>',
    '</output>',
  ]);
});

test('json: squeezed names, unset fields left out, big integers whole', () => {
  const rows = table('R', { 'A B': 'integer', C: 'string', D: 'boolean', E: 'string[]' });
  const answer = [{ 'A B': 9_007_199_254_740_993n, C: undefined, D: true, E: ['x'] }];
  assert.equal(
    (format(rows, answer, { formatter: 'json' }) as string).replace(/\s/g, ''),
    '[{"AB":9007199254740993,"D":true,"E":["x"]}]',
  );
  shows(text(), 'a', { formatter: 'json' }, ['"a"']);
});

test('fields: one that is not there is named, with those that are', () => {
  assert.deepEqual(format(NIC, NICS, { formatter: 'csv', fields: ['Nmae'] }), {
    wrong: "Unknown field 'Nmae'. Fields: Name, PCI Device, Admin Status, MTU, MAC Address",
  });
});
