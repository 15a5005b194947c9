# pyVmomi, unmodified, as a backup uses it: a VM with change tracking, snapshots, and what was changed between them.
# usage: changes.py PORT PASSWORD-FILE make | snapshot NAME | since CHANGE-ID [SNAPSHOT] | remove NAME; prints JSON.
import json
import ssl
import sys
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

port, password = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n')
what, given = sys.argv[3], sys.argv[4:]
device = vim.vm.device
si = SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=ssl._create_unverified_context())
dc = si.content.rootFolder.childEntity[0]


def vm():
    return next(each for each in dc.vmFolder.childEntity if each.name == 'kept')


def disk(config):
    return next(each for each in config.hardware.device if isinstance(each, device.VirtualDisk))


def snapshot(name, trees=None):
    for tree in trees if trees is not None else vm().snapshot.rootSnapshotList:
        if tree.name == name:
            return tree.snapshot
        below = snapshot(name, tree.childSnapshotList or [])
        if below:
            return below
    return None


def make():
    backing = device.VirtualDisk.FlatVer2BackingInfo(fileName='', diskMode='persistent', thinProvisioned=True)
    changes = [device.VirtualDeviceSpec(operation='add', device=device.ParaVirtualSCSIController(
        key=-1, busNumber=0, sharedBus='noSharing')), device.VirtualDeviceSpec(
            operation='add', fileOperation='create', device=device.VirtualDisk(
                key=-2, controllerKey=-1, unitNumber=0, capacityInKB=8192, backing=backing))]
    spec = vim.vm.ConfigSpec(name='kept', memoryMB=128, numCPUs=1, guestId='debian12_64Guest', deviceChange=changes,
                             files=vim.vm.FileInfo(vmPathName='[datastore1]'))
    WaitForTask(dc.vmFolder.CreateVM_Task(config=spec, pool=dc.hostFolder.childEntity[0].resourcePool))
    WaitForTask(vm().ReconfigVM_Task(vim.vm.ConfigSpec(changeTrackingEnabled=True)))
    WaitForTask(vm().PowerOnVM_Task())
    return vm().config.changeTrackingEnabled


def take(name):
    WaitForTask(vm().CreateSnapshot_Task(name, '', False, False))
    return disk(snapshot(name).config).backing.changeId


def since(change_id, name=None):
    key = disk(vm().config).key
    found = vm().QueryChangedDiskAreas(snapshot(name) if name else None, key, 0, change_id)
    return {'length': found.length, 'areas': [[each.start, each.length] for each in found.changedArea]}


def remove(name):
    WaitForTask(snapshot(name).RemoveSnapshot_Task(False))


try:
    print(json.dumps({'make': make, 'snapshot': take, 'since': since, 'remove': remove}[what](*given)))
except vim.fault.VimFault as error:
    print(json.dumps({'fault': type(error).__name__}))
except Exception as error:
    print(json.dumps({'fault': type(error).__name__, 'property': getattr(error, 'invalidProperty', None)}))
Disconnect(si)
