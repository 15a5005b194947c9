/**
 * Calls of the local API that the HTTPS port takes too, and the privilege that each takes: what VIM has no words for.
 * Those on a VM ask for it on that VM, all others on the host.
 */

// biome-ignore format: a table reads in columns
export const REMOTE_CALLS: Readonly<Record<string, string>> = {
  'user.unlock':       'Host.Local.ManageUserGroups',
  'lockdown.show':     'Host.Config.Settings',
  'lockdown.set':      'Host.Config.Settings',
  'datastore.show':    'Datastore.Browse',
  'datastore.browse':  'Datastore.Browse',
  'datastore.limit':   'Host.Config.Storage',
  'host.autostart':    'Host.Config.AutoStart',
  'host.backup':       'Host.Config.Firmware',
  'log.list':          'Global.Diagnostics',
  'log.tail':          'Global.Diagnostics',
  'log.remotes':       'Global.Diagnostics',
  'top.sample':        'Global.Diagnostics',
  'net.ports':         'Host.Config.Network',
  'net.uplinks':       'Host.Config.Network',
  'net.uplink.state':  'Host.Config.Network',
  'net.nioc.list':     'Host.Config.Network',
  'net.nioc.set':      'Host.Config.Network',
  'net.ping':          'Host.Config.Network',
  'net.nat.leases':    'Host.Config.Network',
  'net.nat.forwards':  'Host.Config.Network',
  'net.nat.forward.add':    'Host.Config.Network',
  'net.nat.forward.remove': 'Host.Config.Network',
  'net.nat.rules':     'Host.Config.Network',
  'net.nat.rule.add':  'Host.Config.Network',
  'net.nat.rule.remove':    'Host.Config.Network',
  'net.vmknic.list':   'Host.Config.Network',
  'net.vmknic.add':    'Host.Config.Network',
  'net.vmknic.set':    'Host.Config.Network',
  'net.vmknic.remove': 'Host.Config.Network',
  'net.netstack.list': 'Host.Config.Network',
  'net.netstack.add':  'Host.Config.Network',
  'net.netstack.set':  'Host.Config.Network',
  'net.netstack.remove':    'Host.Config.Network',
  'net.tap.list':     'Host.Config.Network',
  'net.tap.add':      'Host.Config.Network',
  'net.tap.remove':   'Host.Config.Network',
  'net.vxlan.list':    'Host.Config.Network',
  'net.vxlan.add':     'Host.Config.Network',
  'net.vxlan.remove':  'Host.Config.Network',
  'vm.pause':          'VirtualMachine.Interact.Pause',
  'vm.resume':         'VirtualMachine.Interact.PowerOn',
  'vm.fork':           'VirtualMachine.Inventory.CreateFromExisting',
  'vm.record':         'VirtualMachine.Interact.Record',
  'vm.recordings':     'VirtualMachine.Interact.Replay',
  'vm.recording.remove':    'VirtualMachine.Interact.Record',
  'vm.replay':         'VirtualMachine.Interact.Replay',
  'vm.disk.grow':      'VirtualMachine.Config.DiskExtend',
  'vm.disk.stats':     'System.Read',
  'vm.disk.allocate':  'VirtualMachine.Config.Resource',
  'vm.consolidate':    'VirtualMachine.State.RemoveSnapshot',
  'vm.message':        'VirtualMachine.Interact.AnswerQuestion',
  'vm.answer':         'VirtualMachine.Interact.AnswerQuestion',
  'vm.guest':          'System.Read',
  'vm.guest.set':      'VirtualMachine.Config.AdvancedConfig',
  'vm.guest.down':     'VirtualMachine.Interact.PowerOff',
};

/** To see and to type on the console of a VM. */
export const CONSOLE_PRIVILEGE = 'VirtualMachine.Interact.ConsoleInteract';

/** Why a call is not taken from elsewhere. */
// biome-ignore format: a table reads in columns
export const LOCAL_ONLY: Readonly<Record<string, string>> = {
  'net.capture.start':  'it writes into a file of the host’s machine',
  'net.capture.state':  'it writes into a file of the host’s machine',
  'net.capture.stop':   'it writes into a file of the host’s machine',
  'template.deploy':    'the template is in the cache of the host’s machine',
  'vm.guest.run':       'without the guest’s password it is for who has the machine; GuestOperations take one',
  'vm.debug':           'gdb connects on the host’s machine',
  'vm.debug.end':       'gdb connects on the host’s machine',
  'vm.debug.list':      'gdb connects on the host’s machine',
  'vm.recording.debug': 'gdb connects on the host’s machine',
  'vm.recording.debug.end': 'gdb connects on the host’s machine',
  'datastore.folder':   'it names a folder of the host’s machine',
  'vm.files':           'it names files of the host’s machine; GET /folder has them',
  'host.crash':         'it is for tests',
};
