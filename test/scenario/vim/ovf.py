# pyVmomi, unmodified, takes a VM out by an export lease and brings it in by an import lease, as its community's samples do.
# usage: ovf.py PORT PASSWORD-FILE FOLDER; prints a line "ok: what" for each thing that is as it must be.
import hashlib
import os
import ssl
import sys
import time
import urllib.error
import urllib.request
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

port, password, folder = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n'), sys.argv[3]
context = ssl._create_unverified_context()


def check(what, value):
    if not value:
        raise SystemExit('not so: ' + what)
    print('ok: ' + what)


def login():
    return SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=context)


def ready(lease):
    while lease.state == vim.HttpNfcLease.State.initializing:
        time.sleep(0.02)
    if lease.state != vim.HttpNfcLease.State.ready:
        raise SystemExit('not so: the lease is ready: %s' % lease.error)
    return lease.info


def send(method, url, data=None):
    request = urllib.request.Request(url.replace('*', '127.0.0.1'), data=data, method=method)
    request.add_header('Content-Type', 'application/x-vnd.vmware-streamVmdk')
    return urllib.request.urlopen(request, context=context)


si = login()
content = si.content
dc = content.rootFolder.childEntity[0]
pool = dc.hostFolder.childEntity[0].resourcePool
vm = next(one for one in dc.vmFolder.childEntity if one.name == 'web')

# Out
lease = vm.ExportVm()
info = ready(lease)
check('a lease has the files of the VM', [url.targetId for url in info.deviceUrl if url.disk] == ['disk-0.vmdk', 'disk-1.vmdk'])
try:
    WaitForTask(vm.PowerOnVM_Task())
    check('a VM is not switched on while it is taken out', False)
except vim.fault.VimFault as error:
    check('a VM is not switched on while it is taken out', True)
files, done = [], 0
for url in info.deviceUrl:
    path = os.path.join(folder, 'web-' + url.targetId)
    with send('GET', url.url) as got, open(path, 'wb') as out:
        while True:
            part = got.read(65536)
            if not part:
                break
            out.write(part)
    done += 1
    lease.HttpNfcLeaseProgress(int(100 * done / len(info.deviceUrl)))
    files.append(vim.OvfManager.OvfFile(deviceId=url.key, path=os.path.basename(path), size=os.path.getsize(path)))
for entry in lease.HttpNfcLeaseGetManifest():
    path = os.path.join(folder, next(file.path for file in files if file.deviceId == entry.key))
    data = open(path, 'rb').read()
    check('the manifest has what came', (entry.sha1, entry.size) == (hashlib.sha1(data).hexdigest(), len(data)))
described = content.ovfManager.CreateDescriptor(vm, vim.OvfManager.CreateDescriptorParams(ovfFiles=files, name='web'))
check('there is a descriptor', not described.error and 'web-disk-0.vmdk' in described.ovfDescriptor)
open(os.path.join(folder, 'web.ovf'), 'w').write(described.ovfDescriptor)
lease.HttpNfcLeaseComplete()
check('the lease is over', lease.state == vim.HttpNfcLease.State.done)
try:
    send('GET', info.deviceUrl[0].url)
    check('its files are not to be had any more', False)
except urllib.error.HTTPError as error:
    check('its files are not to be had any more', error.code == 404)

# In
descriptor = open(os.path.join(folder, 'web.ovf')).read()
parsed = content.ovfManager.ParseDescriptor(descriptor, vim.OvfManager.ParseDescriptorParams(locale='', deploymentOption=''))
check('it is parsed', parsed.defaultEntityName == 'web' and [one.name for one in parsed.network] == ['VM Network'])


def begin(name, on=None):
    on = on or content
    network = vim.OvfManager.NetworkMapping(name='VM Network', network=dc.network[0])
    params = vim.OvfManager.CreateImportSpecParams(entityName=name, diskProvisioning='thin', networkMapping=[network])
    made = on.ovfManager.CreateImportSpec(descriptor, pool, dc.datastore[0], params)
    check('there is a spec for ' + name, not made.error and made.importSpec is not None)
    lease = on.rootFolder.childEntity[0].hostFolder.childEntity[0].resourcePool.ImportVApp(made.importSpec, dc.vmFolder)
    return made.fileItem, lease, ready(lease)


def names():
    return [one.name for one in dc.vmFolder.childEntity]


items, lease, info = begin('came')
for item in items:
    url = next(one for one in info.deviceUrl if one.importKey == item.deviceId)
    data = open(os.path.join(folder, item.path), 'rb').read()
    try:
        send('POST', url.url, data[:-2000])
        check('half a file is refused', not url.disk)
    except urllib.error.HTTPError as error:
        check('half a disk is refused', error.code == 400)
    send('PUT' if item.create else 'POST', url.url, data)
    lease.HttpNfcLeaseProgress(50)
lease.HttpNfcLeaseComplete()
check('the VM stays', 'came' in names())
_, lease, _ = begin('aborted')
lease.HttpNfcLeaseAbort()
check('of a lease that is aborted there is no VM', 'aborted' not in names())
other = login()
begin('forgotten', other.content)
check('it is there while its client is', 'forgotten' in names())
Disconnect(other)
check('of a client that is gone there is no VM', 'forgotten' not in names())
broken = content.ovfManager.CreateImportSpec('<Envelope/>', pool, dc.datastore[0], vim.OvfManager.CreateImportSpecParams(
    entityName='x', locale='', deploymentOption=''))
check('what is no descriptor is told', broken.importSpec is None and isinstance(broken.error[0], vim.fault.OvfInvalidPackage))
Disconnect(si)
