/** Why commands of ESXi's esxcli are absent here: by the longest prefix that a row names. */

// biome-ignore format: a table reads in columns
export const ABSENT: Readonly<Record<string, string>> = {
  device:                      'no hardware with vendor drivers under the host',
  fcoe:                        'no Fibre Channel over Ethernet',
  graphics:                    'no graphics devices',
  hardware:                    'Node does not tell it',
  'hardware ipmi':             'no management controller is reached',
  'hardware smartcard':        'no smart cards',
  'hardware tpm':              'no TPM is reached',
  'hardware usb':              'no USB passthrough',
  iscsi:                       'not yet',
  network:                     'not yet',
  'network ens':               'no NSX',
  'network firewall ruleset client': 'rule sets have no clients of their own',
  'network nic':               'uplinks are sockets, not network cards',
  'network sriovnic':          'uplinks are sockets, not network cards',
  'network vswitch dvs':       'distributed switches need vCenter',
  nvme:                        'no NVMe devices',
  rdma:                        'no RDMA',
  sched:                       'not yet',
  software:                    'a bundle is installed as it is',
  'software sources':          'depots are files on the host',
  storage:                     'not yet',
  'storage iofilter':          'no I/O filters',
  'storage san':               'no SAN adapters',
  'storage vflash':            'no flash cache',
  'storage vvol':              'no virtual volumes',
  system:                      'not yet',
  'system coredump':           'a crash of the host is Node\'s',
  'system module':             'the kernel has no loadable modules',
  'system secpolicy':          'no mandatory access domains',
  'system security':           'not yet',
  'system settings kernel':    'there is no kernel that is given settings at boot',
  'system settings keyboard':  'the host has no keyboard',
  'system slp':                'no service location protocol',
  'system snmp':               'no SNMP agent',
  'system wbem':               'no CIM providers',
  vsan:                        'no vSAN',
};

/** The reason why a command is absent; undefined when no row names it. */
export function absentReason(path: readonly string[]): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const prefix = path.slice(0, length).join(' ');
    if (Object.hasOwn(ABSENT, prefix)) return ABSENT[prefix];
  }
  return undefined;
}
