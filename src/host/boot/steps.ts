/** The boot of a host as a table: what comes up in which order; it ends in the opposite one. */
import { everyRealTime } from '#management';
import type { BootStep } from '#system';
import { closeHttps, openAccounts, openCertificate, openHttps } from './access.ts';
import { beginAutostart } from './autostart.ts';
import { closeEvents, openEvents } from './events.ts';
import {
  closeVolumes,
  confirmBank,
  leaveHome,
  openBank,
  openRoot,
  openVolumes,
  saveRoot,
  takeHome,
} from './files.ts';
import { beginHeartbeat } from './heartbeat.ts';
import { openCpus, openLocal, openMachines, stopMachines } from './machines.ts';
import { closeNetwork, openNetwork } from './network.ts';
import type { HostParts } from './parts.ts';
import { beginPerformance } from './performance.ts';
import { openPackages, startServices, stopServices } from './services.ts';
import { closeLogs, openLogs, openSettings } from './settings.ts';
import { beginVcpuWatch } from './vcpu-watch.ts';

/** @param report - hears what takes long. */
// biome-ignore format: a table reads in columns
export function bootSteps(report: (activity: string) => void): readonly BootStep<HostParts>[] {
  return [
    { name: 'home folder',      after: [],                              start: takeHome,        stop: leaveHome },
    { name: 'boot bank',        after: ['home folder'],                 start: openBank },
    { name: 'root file system', after: ['boot bank'],                   start: openRoot,        stop: saveRoot },
    { name: 'volumes',          after: ['root file system'],            start: openVolumes,     stop: closeVolumes },
    { name: 'settings',         after: ['root file system'],            start: openSettings },
    { name: 'logs',             after: ['settings', 'volumes'],         start: openLogs,        stop: closeLogs },
    { name: 'events',           after: ['settings'],                    start: openEvents,      stop: closeEvents },
    { name: 'accounts',         after: ['events'],                      start: openAccounts },
    { name: 'packages',         after: ['settings'],                    start: openPackages },
    { name: 'certificate',      after: ['settings'],                    start: openCertificate },
    { name: 'pCPUs',            after: ['settings'],                    start: openCpus,        stop: ({ cpus }) => cpus.close() },
    { name: 'network',          after: ['pCPUs'],                       start: openNetwork,     stop: closeNetwork },
    { name: 'VMs',              after: ['volumes', 'network', 'logs', 'events'],  start: (parts) => openMachines(parts, report), stop: stopMachines },
    { name: 'services',         after: ['packages'],                    start: startServices,   stop: stopServices },
    { name: 'HTTPS port',       after: ['accounts', 'certificate'],     start: openHttps,       stop: closeHttps },
    { name: 'local API',        after: ['VMs', 'accounts', 'services'], start: openLocal,       stop: ({ local }) => local.close() },
    { name: 'heartbeat',        after: ['local API'],                   start: heartbeat,       stop: (parts) => parts.endHeartbeat() },
    { name: 'vCPU watch',       after: ['VMs'],                         start: beginVcpuWatch,  stop: (parts) => parts.endVcpuWatch() },
    { name: 'performance',      after: ['VMs'],                         start: beginPerformance, stop: (parts) => parts.endPerformance() },
    { name: 'boot confirmed',   after: ['local API'],                   start: confirmBank },
    { name: 'autostart',        after: ['boot confirmed'],              start: beginAutostart },
  ];
}

function heartbeat(parts: HostParts): void {
  const { clock, loggerOf, vms } = parts;
  const runningVms = () => vms.running.length;
  parts.endHeartbeat = beginHeartbeat({ clock, every: everyRealTime, loggerOf, runningVms });
}
