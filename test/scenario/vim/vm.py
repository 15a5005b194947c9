# pyVmomi, unmodified, makes a VM and does all that can be done to it; the guest that runs in it is a real one.
# usage: vm.py PORT PASSWORD-FILE [brief]; brief: without what is done inside the guest; prints a line "ok: what" for each thing that is as it must be.
import ssl
import sys
import time
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl
from guest import faults, work_inside

port, password = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n')
device = vim.vm.device
PATHS = {'ip': 'guest.ipAddress', 'name': 'guest.hostName'}


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


def wait_for(entity, **values):
    """By WaitForUpdatesEx, until properties are so."""
    collector = si.content.propertyCollector
    watch = collector.CreateFilter(vmodl.query.PropertyCollector.FilterSpec(
        objectSet=[vmodl.query.PropertyCollector.ObjectSpec(obj=entity)],
        propSet=[vmodl.query.PropertyCollector.PropertySpec(type=type(entity), pathSet=sorted(PATHS.values()))]), True)
    now, version = {}, ''
    while not all(test(now.get(PATHS[name])) for name, test in values.items()):
        answer = collector.WaitForUpdatesEx(version, vmodl.query.PropertyCollector.WaitOptions(maxWaitSeconds=120))
        if answer is None:
            raise SystemExit('not so: in 120 s no change came of ' + ', '.join(values))
        version = answer.version
        for update in answer.filterSet:
            for each in update.objectSet:
                for change in each.changeSet:
                    now[change.name] = change.val
    watch.DestroyPropertyFilter()
    return now


def add(what, **more):
    return device.VirtualDeviceSpec(operation='add', device=what, **more)


context = ssl._create_unverified_context()
si = SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=context)
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

inside, nobody = si.content.guestOperationsManager.authManager, vim.vm.guest.NamePasswordAuthentication(
    username='root', password='', interactiveSession=False)
check('in a guest that is off nothing can be done', faults(
    vim.fault.InvalidPowerState, lambda: inside.ValidateCredentialsInGuest(vm, nobody)))
clock, now = dc.hostFolder.childEntity[0].host[0].configManager.dateTimeSystem, si.CurrentTime()
clock.UpdateDateTime(now.replace(year=2031, month=5, day=6))
check('the clock is set', clock.QueryDateTime().year == 2031 and si.CurrentTime().strftime('%F') == '2031-05-06')
WaitForTask(vm.PowerOnVM_Task())
check('what is switched on is from then', vm.runtime.bootTime.year == 2031)
check('before its agent has come, neither', vm.guest.toolsRunningStatus == 'guestToolsRunning' or faults(
    vim.fault.GuestOperationsUnavailable, lambda: inside.ValidateCredentialsInGuest(vm, nobody))
    or vm.guest.toolsRunningStatus == 'guestToolsRunning')
check('it is on', vm.runtime.powerState == 'poweredOn' and vm.runtime.bootTime is not None)
seen = wait_for(vm, ip=lambda ip: ip, name=lambda name: name)
check('its address comes by an update', seen['guest.ipAddress'].startswith('10.'))
check('it is the one of its card', seen['guest.ipAddress'] in vm.guest.net[0].ipAddress
      and vm.guest.net[0].macAddress == labels['Network adapter 1'].macAddress
      and vm.guest.net[0].network == 'VM Network')
summary = vm.summary.guest
check('the summary has it too', summary.ipAddress == seen['guest.ipAddress'] and summary.hostName == 'vmkernel'
      and summary.toolsRunningStatus == 'guestToolsRunning')
check('its guest tells its name', vm.guest.hostName == 'vmkernel' and vm.guest.toolsRunningStatus == 'guestToolsRunning')
check('its heart beats', vm.guestHeartbeatStatus == 'green' and vm.summary.quickStats.uptimeSeconds >= 0)
if sys.argv[3:] != ['brief']:
    work_inside(si, vm, context, port, check)
clock.UpdateDateTime(now)
check('the clock is set back', abs((clock.QueryDateTime() - now).total_seconds()) < 60
      and vm.summary.quickStats.uptimeSeconds < 600)
check('memory is not changed while it runs', refused(
    vim.fault.MemoryHotPlugNotSupported, lambda: vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=256))))
check('CPUs neither', refused(
    vim.fault.CpuHotPlugNotSupported, lambda: vm.ReconfigVM_Task(vim.vm.ConfigSpec(numCPUs=4))))
check('what is as it is may be said again', not refused(
    Exception, lambda: vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=128, numCPUs=2))))
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
