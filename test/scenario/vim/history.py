# pyVmomi, unmodified: what a host remembers. Makes and removes a VM, or looks for that after the host was killed.
# usage: history.py PORT PASSWORD-FILE make|look; prints JSON.
import json
import ssl
import sys
from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim

port, password, what = int(sys.argv[1]), open(sys.argv[2]).readline().rstrip('\n'), sys.argv[3]
si = SmartConnect(host='127.0.0.1', port=port, user='root', pwd=password, sslContext=ssl._create_unverified_context())
content = si.content
dc = content.rootFolder.childEntity[0]
host = dc.hostFolder.childEntity[0].host[0]

if what == 'make':
    for name in ('kept', 'gone'):
        spec = vim.vm.ConfigSpec(name=name, memoryMB=128, numCPUs=1, guestId='otherGuest64',
                                 files=vim.vm.FileInfo(vmPathName='[datastore1]'))
        WaitForTask(dc.vmFolder.CreateVM_Task(config=spec, pool=dc.hostFolder.childEntity[0].resourcePool))
    gone = next(vm for vm in dc.vmFolder.childEntity if vm.name == 'gone')
    WaitForTask(gone.Destroy_Task())
    WaitForTask(host.EnterMaintenanceMode_Task(timeout=0))
    WaitForTask(host.ExitMaintenanceMode_Task(timeout=0))

by_entity = vim.event.EventFilterSpec(entity=vim.event.EventFilterSpec.ByEntity(entity=dc, recursion='all'))
events = content.eventManager.QueryEvents(vim.event.EventFilterSpec())
collector = content.taskManager.CreateCollectorForTasks(vim.TaskFilterSpec())
collector.RewindCollector()
tasks = collector.ReadNextTasks(1000)
perf = content.perfManager
counters = {'%s.%s.%s' % (c.groupInfo.key, c.nameInfo.key, c.rollupType): c.key for c in perf.perfCounter}
summary = perf.QueryPerfProviderSummary(host)
spec = vim.PerformanceManager.QuerySpec(entity=host, intervalId=summary.refreshRate, maxSample=1, metricId=[
    vim.PerformanceManager.MetricId(counterId=counters['mem.usage.average'], instance='')])
print(json.dumps({
    'vms': [vm.name for vm in dc.vmFolder.childEntity],
    'events': [[type(event).__name__.split('.')[-1], event.userName, event.fullFormattedMessage] for event in events],
    'inDatacenter': len(content.eventManager.QueryEvents(by_entity)),
    'latest': type(content.eventManager.latestEvent).__name__,
    'tasks': [[task.descriptionId, task.state, task.entityName] for task in tasks],
    'counters': len(counters),
    'metric': [counters['cpu.usage.average'], summary.refreshRate, len(perf.QueryPerf([spec]))],
}))
Disconnect(si)
