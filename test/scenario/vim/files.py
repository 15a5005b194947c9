# pyVmomi, unmodified, works on files and disks of a datastore, and looks for them.
# usage: files.py PORT PASSWORD-FILE; prints a line "ok: what" for each thing that is as it must be.
import ssl
import sys
import urllib.request
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

port, password = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n')
context = ssl._create_unverified_context()


def check(what, value):
    if not value:
        raise SystemExit('not so: ' + what)
    print('ok: ' + what)


def refused(fault, action):
    try:
        task = action()
        if task is not None:
            WaitForTask(task)
    except fault:
        return True
    return False


def result(task):
    WaitForTask(task)
    return task.info.result


si = SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=context)
content = si.content
dc = content.rootFolder.childEntity[0]
files, disks = content.fileManager, content.virtualDiskManager
browser = dc.datastore[0].browser

files.MakeDirectory(name='[datastore1] depot/deep', datacenter=dc, createParentDirectories=True)
check('what is there is not made again', refused(vim.fault.FileAlreadyExists, lambda: files.MakeDirectory(
    name='[datastore1] depot', datacenter=dc, createParentDirectories=False)))
check('no such datastore', refused(vim.fault.InvalidDatastore, lambda: files.MakeDirectory(
    name='[nowhere] x', datacenter=dc, createParentDirectories=False)))
check('no way out', refused(vim.fault.InvalidDatastorePath, lambda: files.MakeDirectory(
    name='[datastore1] ../x', datacenter=dc, createParentDirectories=False)))

# Files come and go by HTTPS with the session's cookie.
cookie = si._stub.cookie.split(';')[0]
url = 'https://127.0.0.1:%d/folder/depot/a.iso?dcPath=ha-datacenter&dsName=datastore1' % port
put = urllib.request.Request(url, data=b'x' * 5000, headers={'Cookie': cookie}, method='PUT')
urllib.request.urlopen(put, context=context)
got = urllib.request.urlopen(urllib.request.Request(url, headers={'Cookie': cookie}), context=context)
check('a file is put and got', got.read() == b'x' * 5000)

spec = vim.VirtualDiskManager.FileBackedVirtualDiskSpec(diskType='thin', adapterType='lsiLogic', capacityKb=4096)
name = '[datastore1] depot/d.vmdk'
check('a disk is made', result(disks.CreateVirtualDisk_Task(name=name, datacenter=dc, spec=spec)) == name)
check('it has another UUID', [disks.SetVirtualDiskUuid(name=name, datacenter=dc, uuid='60 00 C2 90 00 01 02 03-04 05 06 07 08 09 0a 0b'),
                             disks.QueryVirtualDiskUuid(name=name, datacenter=dc)][1] == '60 00 c2 90 00 01 02 03-04 05 06 07 08 09 0a 0b')
check('it has a UUID', len(disks.QueryVirtualDiskUuid(name=name, datacenter=dc).replace(' ', '').replace('-', '')) == 32)
WaitForTask(disks.ExtendVirtualDisk_Task(name=name, datacenter=dc, newCapacityKb=8192, eagerZero=False))
WaitForTask(disks.ZeroFillVirtualDisk_Task(name=name, datacenter=dc))
WaitForTask(disks.CopyVirtualDisk_Task(sourceName=name, destName='[datastore1] depot/deep/e.vmdk', force=False))
WaitForTask(disks.MoveVirtualDisk_Task(sourceName=name, destName='[datastore1] depot/f.vmdk', force=False))
moved = '[datastore1] depot/f.vmdk'
check('it is the same disk', disks.QueryVirtualDiskUuid(name=moved, datacenter=dc).endswith('04 05 06 07 08 09 0a 0b'))
WaitForTask(disks.InflateVirtualDisk_Task(name=moved, datacenter=dc))
check('and with all its space', disks.QueryVirtualDiskUuid(name=moved, datacenter=dc).endswith('04 05 06 07 08 09 0a 0b'))
check('a disk that is not there', refused(vim.fault.FileNotFound, lambda: disks.DeleteVirtualDisk_Task(
    name=name, datacenter=dc)))

search = vim.host.DatastoreBrowser.SearchSpec(
    query=[vim.host.DatastoreBrowser.VmDiskQuery(details=vim.host.DatastoreBrowser.VmDiskQuery.Details(
        diskType=True, capacityKb=True, hardwareVersion=False, controllerType=True, diskExtents=True, thin=True)),
        vim.host.DatastoreBrowser.IsoImageQuery()],
    details=vim.host.DatastoreBrowser.FileInfo.Details(fileType=True, fileSize=True, modification=True, fileOwner=False))
found = {each.folderPath: each.file for each in result(browser.SearchDatastoreSubFolders_Task(
    datastorePath='[datastore1] depot', searchSpec=search))}
check('folders are searched', set(found) == {'[datastore1] depot/', '[datastore1] depot/deep/'})
check('kinds are told', [type(each).__name__.split('.')[-1] for each in found['[datastore1] depot/']]
      == ['IsoImageInfo', 'VmDiskInfo'])
check('a disk has its size', found['[datastore1] depot/deep/'][0].capacityKb == 8192)
listed = result(browser.SearchDatastore_Task(datastorePath='[datastore1] depot', searchSpec=None))
check('all is listed', [each.path for each in listed.file] == ['a.iso', 'deep', 'f-flat.vmdk', 'f.vmdk'])
search = vim.host.DatastoreBrowser.SearchSpec(matchPattern=['*.ISO'])
listed = result(browser.SearchDatastore_Task(datastorePath='[datastore1] depot', searchSpec=search))
check('names are matched', [each.path for each in listed.file] == ['a.iso'])
check('a folder that is not there', refused(vim.fault.FileNotFound, lambda: browser.SearchDatastore_Task(
    datastorePath='[datastore1] nowhere', searchSpec=None)))

WaitForTask(files.CopyDatastoreFile_Task(sourceName='[datastore1] depot/a.iso', sourceDatacenter=dc,
                                         destinationName='[datastore1] depot/b.iso', destinationDatacenter=dc, force=False))
check('nothing is overwritten', refused(vim.fault.FileAlreadyExists, lambda: files.MoveDatastoreFile_Task(
    sourceName='[datastore1] depot/a.iso', sourceDatacenter=dc, destinationName='[datastore1] depot/b.iso',
    destinationDatacenter=dc, force=False)))
WaitForTask(files.MoveDatastoreFile_Task(sourceName='[datastore1] depot/a.iso', sourceDatacenter=dc,
                                         destinationName='[datastore1] depot/c.iso', destinationDatacenter=dc, force=False))
WaitForTask(files.DeleteDatastoreFile_Task(name='[datastore1] depot/deep', datacenter=dc))
listed = result(browser.SearchDatastore_Task(datastorePath='[datastore1] depot', searchSpec=None))
check('files were moved and removed', [each.path for each in listed.file] == ['b.iso', 'c.iso', 'f-flat.vmdk', 'f.vmdk'])
check('a datastore is not removed', refused(Exception, lambda: files.DeleteDatastoreFile_Task(
    name='[datastore1]', datacenter=dc)))
Disconnect(si)
