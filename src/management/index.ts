/** The door of management. The program itself takes the command line from cli/main.ts, which loads far less. */

export { ACCOUNT_CALLS, type AccountServices } from './calls/accounts.ts';
export { DATASTORE_CALLS } from './calls/datastore.ts';
export { ESXCLI_CALLS, type EsxcliServices } from './calls/esxcli.ts';
export { HOST_CALLS } from './calls/host.ts';
export { NAT_CALLS, type NatServices } from './calls/nat.ts';
export { NET_CALLS, type NetServices, traffic as portTraffic } from './calls/net.ts';
export { POOL_CALLS, type PoolServices } from './calls/pool.ts';
export type { HostServices, NicAddress } from './calls/services.ts';
export { type LogReader, SETTINGS_CALLS, type SettingsServices } from './calls/settings.ts';
export { TAP_CALLS, type TapServices } from './calls/tap.ts';
export { TEMPLATE_CALLS } from './calls/template.ts';
export { TOP_CALLS, type TopServices } from './calls/top.ts';
export { VM_CALLS } from './calls/vm.ts';
export { VMKNIC_CALLS, type VmknicServices } from './calls/vmknic.ts';
export { VXLAN_CALLS, type VxlanServices } from './calls/vxlan.ts';
export {
  accountPorts,
  type Caller as EsxcliCaller,
  coveragePage,
  type EsxcliHost,
  esxcli,
  networkPort,
  type Outcome as EsxcliOutcome,
  ramdisksPort,
  withSecrets,
} from './esxcli/index.ts';
export { Actors } from './events/actor.ts';
export { EventLog, MAX_EVENTS } from './events/event-log.ts';
export { HistoryFile } from './events/history-file.ts';
export { VmEvents } from './events/vm-events.ts';
export { type HomePaths, homePaths } from './home.ts';
export { accountsAccess, type EntityIds } from './http/accounts-access.ts';
export type {
  Access,
  Certificates,
  Datastore,
  Datastores,
  Entity,
  Every,
  FileEntry,
  FileFacts,
  FileTree,
  MayConnect,
  OpenFile,
  Principal,
  Upload,
} from './http/backends.ts';
export type { Exchange } from './http/exchange.ts';
export { HttpsPort, type HttpsPortOptions } from './http/https-port.ts';
export { HttpProblem } from './http/problem.ts';
export type { Gate, Method, Route } from './http/routes.ts';
export { everyRealTime } from './http/timers.ts';
export { VfsTree, type VfsTreeOptions } from './http/vfs-tree.ts';
export type { Call } from './local/call.ts';
export { type HostClient, localClient } from './local/client.ts';
export { type RemoteService, remoteRoutes } from './local/remote-routes.ts';
export { LocalServer, type LocalService } from './local/server.ts';
export { PerfRecorder, REALTIME } from './performance/recorder.ts';
export type { PerfNic, PerfSample } from './performance/sample.ts';
export type { DiskConfig, LabConfig, RunConfig, RunMachine, RunResult, Terminal } from './run-config.ts';
export type { TopDisk, TopGroup, TopHost, TopMemory, TopSample, TopSource, TopWorld } from './top/sample.ts';
export type { BringUp, HostEnd, UpConfig, UpHost, UpReport } from './up-config.ts';
export type { DatastoreFacts, HostFacts, HostHardware, HostUse, VimHost } from './vim/host.ts';
export { consoleSockets, vimService } from './vim/open.ts';
export { vimRoutes } from './vim/routes.ts';
export type { AgentListener, AgentPort } from './vms/agent/guest-agent.ts';
export { Autostart, type AutostartVm } from './vms/autostart.ts';
export { Inventory } from './vms/inventory.ts';
export type { KeptFile, KeptLog } from './vms/kept-file.ts';
export { type Pool, type PoolHost, type PoolSettings, Pools } from './vms/pools.ts';
export { isRunning } from './vms/power-states.ts';
export { type Question, Questions } from './vms/questions.ts';
export type {
  DebuggedVm,
  GuestMemory,
  ReplayOptions,
  RunningVm,
  SavedState,
  VmEnd,
  VmLabs,
  VmOrigin,
  VmRunner,
  VmToRun,
} from './vms/runner.ts';
export type { VmTrouble } from './vms/troubles.ts';
export { Vm } from './vms/vm.ts';
export { VmFolder } from './vms/vm-folder.ts';
