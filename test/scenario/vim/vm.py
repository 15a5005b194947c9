# pyVmomi, unmodified, makes a VM and does all that can be done to it; the guest that runs in it is a real one.
# usage: vm.py PORT PASSWORD-FILE; prints a line "ok: what" for each thing that is as it must be.
import ssl
import sys
import time
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

port, password = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n')
device = vim.vm.device


def check(what, value):
    if not value:
        raise SystemExit('not so: ' + what)
    print('ok: ' + what)


def refused(fault, action):
    try:
        WaitForTask(action())
    except fault:
        return True
    return False


def until(condition):
    while not condition():
        time.sleep(0.05)


def add(what, **more):
    return device.VirtualDeviceSpec(operation='add', device=what, **more)


si = SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=ssl._create_unverified_context())
dc = si.content.rootFolder.childEntity[0]
pool = dc.hostFolder.childEntity[0].resourcePool
disk = device.VirtualDisk(key=-2, controllerKey=-1, unitNumber=0, capacityInKB=8192,
                          backing=device.VirtualDisk.FlatVer2BackingInfo(fileName='', diskMode='persistent',
                                                                         thinProvisioned=True))
card = device.VirtualVmxnet3(key=-3, addressType='generated', backing=device.VirtualEthernetCard.NetworkBackingInfo(
    deviceName='VM Network'))
spec = vim.vm.ConfigSpec(
    name='web', memoryMB=128, numCPUs=1, guestId='debian12_64Guest', annotation='from pyVmomi',
    files=vim.vm.FileInfo(vmPathName='[datastore1]'),
    deviceChange=[add(device.ParaVirtualSCSIController(key=-1, busNumber=0, sharedBus='noSharing')),
                  add(disk, fileOperation='create'), add(card)])
task = dc.vmFolder.CreateVM_Task(config=spec, pool=pool)
WaitForTask(task)
vm = task.info.result
labels = {each.deviceInfo.label: each for each in vm.config.hardware.device}
check('a VM is there', vm in dc.vmFolder.childEntity and vm.config.files.vmPathName == '[datastore1] web/web.vmx')
check('its disk has its size', labels['Hard disk 1'].capacityInKB == 8192)
check('its card has an address', labels['Network adapter 1'].macAddress.startswith('00:0c:29:'))
check('its name is taken', refused(vim.fault.DuplicateName, lambda: dc.vmFolder.CreateVM_Task(config=spec, pool=pool)))
check('negative memory is refused', refused(Exception, lambda: vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=-4))))
check('it cannot be shut down while it is off', refused(vim.fault.InvalidPowerState, vm.PowerOffVM_Task))
WaitForTask(vm.ReconfigVM_Task(vim.vm.ConfigSpec(numCPUs=2, extraConfig=[
    vim.option.OptionValue(key='guestinfo.greeting', value='hello')])))
check('it is changed', vm.summary.config.numCpu == 2)

WaitForTask(vm.PowerOnVM_Task())
check('it is on', vm.runtime.powerState == 'poweredOn' and vm.runtime.bootTime is not None)
until(lambda: vm.guest.hostName)
check('its guest tells its name', vm.guest.hostName == 'vmkernel' and vm.guest.toolsRunningStatus == 'guestToolsRunning')
check('its heart beats', vm.guestHeartbeatStatus == 'green' and vm.summary.quickStats.uptimeSeconds >= 0)
check('memory is not changed while it runs', refused(
    vim.fault.MemoryHotPlugNotSupported, lambda: vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=256))))
WaitForTask(vm.CreateSnapshot_Task('one', 'with memory', True, False))
WaitForTask(vm.ReconfigVM_Task(vim.vm.ConfigSpec(annotation='changed')))
WaitForTask(vm.CreateSnapshot_Task('two', 'without', False, False))
tree = vm.snapshot.rootSnapshotList
check('snapshots are a tree', [tree[0].name, tree[0].childSnapshotList[0].name] == ['one', 'two'])
check('the last one is current', vm.snapshot.currentSnapshot == tree[0].childSnapshotList[0].snapshot)
WaitForTask(tree[0].snapshot.RevertToSnapshot_Task())
check('it goes back, and runs', vm.runtime.powerState == 'poweredOn' and vm.config.annotation == 'from pyVmomi')
WaitForTask(vm.RemoveAllSnapshots_Task())
check('no snapshot is left', vm.snapshot is None)
task = vm.CreateScreenshot_Task()
WaitForTask(task)
check('the console is a picture', task.info.result == '[datastore1] web/web-1.png')
WaitForTask(vm.SuspendVM_Task())
check('it is suspended', vm.runtime.powerState == 'suspended')
WaitForTask(vm.PowerOnVM_Task())
until(lambda: vm.guest.toolsRunningStatus == 'guestToolsRunning')
vm.ShutdownGuest()
until(lambda: vm.runtime.powerState == 'poweredOff')
check('its guest shuts itself down', vm.runtime.cleanPowerOff)
WaitForTask(vm.Rename_Task('shop'))
check('it is renamed', vm.name == 'shop')
vm.UnregisterVM()
check('it is forgotten', not dc.vmFolder.childEntity)
task = dc.vmFolder.RegisterVM_Task(path='[datastore1] web/web.vmx', name=None, asTemplate=False, pool=pool, host=None)
WaitForTask(task)
check('it is taken in again', task.info.result.name == 'shop' and task.info.result.config.uuid)
check('what is not there is not', refused(vim.fault.FileNotFound, lambda: dc.vmFolder.RegisterVM_Task(
    path='[datastore1] web/no.vmx', name=None, asTemplate=False, pool=pool, host=None)))
Disconnect(si)
