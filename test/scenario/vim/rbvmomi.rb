# rbvmomi, unmodified: a VM is made, boots, tells its address, is changed, snapshotted, ended, removed.
# usage: rbvmomi.rb PORT PASSWORD-FILE; prints a line "ok: what" for each thing that is as it must be.
require 'rbvmomi'

port, password = ARGV[0].to_i, File.readlines(ARGV[1], chomp: true).first

def check(what, value)
  abort "not so: #{what}" unless value
  puts "ok: #{what}"
end

def refused(fault)
  yield
  false
rescue RbVmomi::Fault => error
  error.fault.class.wsdl_name == fault
end

def until_so(seconds = 120)
  limit = Time.now + seconds
  until (value = yield)
    raise 'it does not come' if Time.now > limit

    sleep 0.1
  end
  value
end

vim = RbVmomi::VIM.connect(host: '127.0.0.1', port: port, user: 'root', password: password, insecure: true)
check('a wrong password is refused', refused('InvalidLogin') do
  RbVmomi::VIM.connect(host: '127.0.0.1', port: port, user: 'root', password: 'no', insecure: true)
end)
dc = vim.serviceInstance.find_datacenter
pool = dc.hostFolder.children.first.resourcePool
config = {
  name: 'ruby', guestId: 'otherGuest64', memoryMB: 128, numCPUs: 1, files: { vmPathName: '[datastore1]' },
  deviceChange: [
    { operation: :add, device: RbVmomi::VIM.ParaVirtualSCSIController(key: 1000, busNumber: 0, sharedBus: :noSharing) },
    { operation: :add, fileOperation: :create, device: RbVmomi::VIM.VirtualDisk(
      key: 0, controllerKey: 1000, unitNumber: 0, capacityInKB: 4096,
      backing: RbVmomi::VIM.VirtualDiskFlatVer2BackingInfo(fileName: '', diskMode: :persistent, thinProvisioned: true)) },
    { operation: :add, device: RbVmomi::VIM.VirtualE1000(
      key: 0, addressType: 'generated',
      backing: RbVmomi::VIM.VirtualEthernetCardNetworkBackingInfo(deviceName: 'VM Network')) },
  ],
  extraConfig: [{ key: 'guestinfo.from', value: 'ruby' }],
}
vm = dc.vmFolder.CreateVM_Task(config: config, pool: pool).wait_for_completion
check('a VM is there', dc.find_vm('ruby') == vm && vm.disks.first.capacityInKB == 4096)
vm.PowerOnVM_Task.wait_for_completion
check('it is on', vm.runtime.powerState == 'poweredOn')
until_so { vm.guest_ip }
check('its guest has an address', vm.guest_ip.start_with?('10.') && vm.guest.hostName == 'vmkernel')
vm.CreateSnapshot_Task(name: 'one', memory: true, quiesce: false).wait_for_completion
check('a snapshot is there', vm.snapshot.rootSnapshotList.map(&:name) == ['one'])
vm.snapshot.currentSnapshot.RevertToSnapshot_Task.wait_for_completion
vm.RemoveAllSnapshots_Task.wait_for_completion
check('it is gone', vm.snapshot.nil?)
seen, = vim.propertyCollector.collectMultiple([vm], 'runtime.powerState', 'config.extraConfig').values
check('properties are collected', seen['runtime.powerState'] == 'poweredOn' &&
      seen['config.extraConfig'].any? { |each| each.key == 'guestinfo.from' && each.value == 'ruby' })
until_so { vm.guest.toolsRunningStatus == 'guestToolsRunning' }
vm.ShutdownGuest
until_so { vm.runtime.powerState == 'poweredOff' }
check('its guest shuts itself down', true)
vm.ReconfigVM_Task(spec: { memoryMB: 160, annotation: 'from ruby' }).wait_for_completion
check('it is changed', vm.summary.config.memorySizeMB == 160 && vm.config.annotation == 'from ruby')
check('it is not shut down twice', refused('InvalidPowerState') { vm.PowerOffVM_Task.wait_for_completion })
vm.Destroy_Task.wait_for_completion
check('it is removed', dc.find_vm('ruby').nil?)
vim.close
