# pyVmomi, unmodified, against a host: logs in, reads the inventory, users, roles, options, services; waits for a task.
# usage: host.py PORT PASSWORD-FILE; prints a line "ok: what" for each thing that is as it must be.
import io
import ssl
import sys
import tarfile
import urllib.error
import urllib.request
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

port, password = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n')


def connect(user, given):
    return SmartConnect(host='127.0.0.1', port=port, user=user, pwd=given,
                        sslContext=ssl._create_unverified_context())


def check(what, value):
    if not value:
        raise SystemExit('not so: ' + what)
    print('ok: ' + what)


def refused(fault, action):
    try:
        action()
    except fault:
        return True
    return False


check('a wrong password is refused', refused(vim.fault.InvalidLogin, lambda: connect('root', 'no')))
si = connect('root', password)
content = si.RetrieveContent()
check('it is a HostAgent', content.about.apiType == 'HostAgent')
check('it knows who is here', content.sessionManager.currentSession.userName == 'root')
check('a standalone host has no alarm manager', content.alarmManager is None)

view = content.viewManager.CreateContainerView(content.rootFolder, [vim.ManagedEntity], True)
found = {type(entity).__name__: entity for entity in view.view}
host = found['vim.HostSystem']
check('the inventory is whole', {'vim.Datacenter', 'vim.ComputeResource', 'vim.HostSystem', 'vim.ResourcePool',
                                 'vim.Datastore', 'vim.Network', 'vim.Folder'} <= set(found))
check('a datastore has its size', found['vim.Datastore'].summary.capacity > 0)
check('a path leads to the host', content.searchIndex.FindByInventoryPath(
    'ha-datacenter/host/' + host.name + '/' + host.name) == host)
for name in ('summary', 'runtime', 'hardware', 'capability', 'config', 'configManager'):
    check('the whole of ' + name + ' can be read', getattr(host, name) is not None)

manager = content.accountManager
spec = vim.host.LocalAccountManager.PosixAccountSpecification(
    id='vimuser', password='kW5-ruqZo9t', description='made by pyVmomi', shellAccess=False)
manager.CreateUser(spec)
check('a user is there', [user.principal for user in content.userDirectory.RetrieveUserGroups(
    None, 'vimuser', None, None, True, True, False)] == ['vimuser'])
role = content.authorizationManager.AddAuthorizationRole('Viewers', ['Host.Config.NetService'])
check('a role is there', 'Viewers' in [each.name for each in content.authorizationManager.roleList])
content.authorizationManager.SetEntityPermissions(content.rootFolder, [vim.AuthorizationManager.Permission(
    entity=content.rootFolder, principal='vimuser', group=False, roleId=role, propagate=True)])
other = connect('vimuser', 'kW5-ruqZo9t')
there = other.RetrieveContent()
check('who has a role reads', there.rootFolder.childEntity[0].name == 'ha-datacenter')
option = vim.option.OptionValue(key='UserVars.SuppressShellWarning', value=1)
check('who has no privilege changes nothing', refused(
    vim.fault.NoPermission, lambda: other.content.rootFolder.childEntity[0].hostFolder.childEntity[0].host[0]
    .configManager.advancedOption.UpdateOptions([option])))
Disconnect(other)
check('who is logged out is nobody', refused(vim.fault.NotAuthenticated, lambda: there.rootFolder.childEntity))

options = host.configManager.advancedOption
kind = {each.key: each.optionType for each in options.supportedOption}[option.key]
long = next(vim_long for vim_long in (getattr(vmodl, 'long', None), int) if vim_long is not None)
option.value = long(1) if isinstance(kind, (vim.option.LongOption, vim.option.IntOption)) else option.value
options.UpdateOptions([option])
check('an option has its value', options.QueryOptions(option.key)[0].value == 1)
check('services are listed', len(host.configManager.serviceSystem.serviceInfo.service) > 0)
check('rule sets are listed', len(host.configManager.firewallSystem.firewallInfo.ruleset) > 10)

url = host.configManager.firmwareSystem.BackupFirmwareConfiguration().replace('*', '127.0.0.1')
bundle = tarfile.open(fileobj=io.BytesIO(urllib.request.urlopen(url, context=ssl._create_unverified_context()).read()))
check('the configuration is in a bundle', any(name.endswith('etc/shadow') for name in bundle.getnames()))
try:
    urllib.request.urlopen(url, context=ssl._create_unverified_context())
    check('which is fetched once', False)
except urllib.error.HTTPError as error:
    check('which is fetched once', error.code == 404)
policy = host.configManager.powerSystem
check('power has one policy', [each.shortName for each in policy.capability.availablePolicy] == ['static']
      and refused(vmodl.fault.InvalidArgument, lambda: policy.ConfigurePowerPolicy(2)))

task = host.EnterMaintenanceMode_Task(0, False)
WaitForTask(task, si)
check('a task is waited for', task.info.state == 'success' and host.runtime.inMaintenanceMode)
WaitForTask(host.ExitMaintenanceMode_Task(0), si)
check('and undone', not host.runtime.inMaintenanceMode)
check('a reboot takes maintenance mode', refused(vim.fault.InvalidState, lambda: host.RebootHost_Task(False)))
Disconnect(si)
