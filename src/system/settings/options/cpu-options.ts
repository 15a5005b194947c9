/** Options of the CPU scheduler: `Cpu.*`. Source: ESXi 7.0, list of advanced options. */
import { integer, type OptionRow } from './option.ts';

// biome-ignore format: a table reads in columns
export const CPU_OPTIONS: readonly OptionRow[] = [
  integer('Cpu.AllowWideVsmp',            0,    0, 1,         'kept', 'Let VMs have more vCPUs than the host has pCPUs'),
  integer('Cpu.BoundLagQuanta',           8,    1, 100,       'kept', 'Quanta before lag is bounded'),
  integer('Cpu.CoschedCostartThreshold',  2000, 0, 100_000,   'kept', 'Skew in microseconds below which a stopped vCPU runs again'),
  integer('Cpu.CoschedCostopThreshold',   3000, 0, 100_000,   'kept', 'Skew between vCPUs in microseconds at which the fastest stops; 0: any'),
  integer('Cpu.CoschedPollUsec',          1000, 1000, 5000,   'kept', 'Microseconds between two looks at the skew'),
  integer('Cpu.CreditAgePeriod',          3000, 1000, 10_000, 'kept', 'Milliseconds of a period of credits'),
  integer('Cpu.HostRebalancePeriod',      2000, 0, 5000,      'kept', 'Milliseconds between two chances to move vCPUs anywhere in the host'),
  integer('Cpu.LimitEnforcementThreshold', 200, 0, 10_000,    'kept', 'Milliseconds of virtual time at which a limit begins to bind'),
  integer('Cpu.Quantum',                  200,  1, 1000,      'kept', 'Milliseconds that a world runs at a time'),
  integer('Cpu.VMAdmitCheckPerVcpuMin',   1,    0, 1,         'kept', 'Refuse a VM when a vCPU\'s reservation is above one pCPU'),
];
