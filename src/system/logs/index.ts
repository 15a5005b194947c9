/** What the other rooms use of the log service. */
export { gzipCompress } from './compress.ts';
export { fileLine, type LogEntry } from './entry.ts';
export { oneLine } from './escape.ts';
export { HostLogs, type HostLogsParts, type LoggerStatus } from './host-logs.ts';
export { LOCAL_LOG_FOLDER, parseLogDir } from './log-dir.ts';
export type { LogFolder } from './log-folder.ts';
export { LOGGERS, type LoggerRow, loggerFor } from './loggers.ts';
export { machineLogFolder } from './machine-log-folder.ts';
export { type DatagramPort, realNetwork, type SyslogNetwork, type TlsChecks } from './remote/network.ts';
export type { RemoteStatus } from './remote/remote-target.ts';
export { type After, afterRealTime } from './remote/sender.ts';
export { type LogTarget, parseLogHosts, targetText } from './remote/target.ts';
export { type Rotation } from './rotating-file.ts';
export { vfsLogFolder } from './vfs-log-folder.ts';
export { VM_LOG_DEFAULTS, VmLog, type VmLogOptions, type VmLogSettings } from './vm-log.ts';
