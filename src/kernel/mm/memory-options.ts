/** The advanced settings of memory management, with ESXi's names, defaults and bounds, as far as there is something behind them. */

export interface MemoryOptionRow {
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly what: string;
}

// Source: VMware vSphere Resource Management, "Advanced Memory Attributes"; `esxcli system settings advanced list`.
// biome-ignore format: a table reads in columns
export const MEMORY_OPTIONS = {
  shareScanTime:     { name: 'Mem.ShareScanTime',     value: 60,    min: 0,  max: 1000,    what: 'minutes in which an entire VM is scanned for pages to share; 0 scans nothing' },
  shareScanGHz:      { name: 'Mem.ShareScanGHz',      value: 4,     min: 0,  max: 32,      what: 'MB a second that are scanned at most, for each GHz of the host; 0 scans nothing' },
  shareRateMax:      { name: 'Mem.ShareRateMax',      value: 1024,  min: 0,  max: 32768,   what: 'pages a second of one VM that are scanned at most' },
  shareForceSalting: { name: 'Mem.ShareForceSalting', value: 2,     min: 0,  max: 2,       what: '0: all VMs share; 1: VMs of one salt, without salt all; 2: VMs of one salt, without salt each by itself' },
  samplePeriod:      { name: 'Mem.SamplePeriod',      value: 60,    min: 0,  max: 180,     what: 'seconds of a sampling period of the working set; 0 does not sample' },
  idleTax:           { name: 'Mem.IdleTax',           value: 75,    min: 0,  max: 99,      what: 'percent by which idle memory costs more than memory in use' },
  ctlMaxPercent:     { name: 'Mem.CtlMaxPercent',     value: 65,    min: 0,  max: 75,      what: 'percent of its memory that a VM\'s balloon takes at most' },
  memZipEnable:      { name: 'Mem.MemZipEnable',      value: 1,     min: 0,  max: 1,       what: 'whether pages are compressed before they are swapped' },
  memZipMaxPct:      { name: 'Mem.MemZipMaxPct',      value: 10,    min: 5,  max: 100,     what: 'percent of its memory that a VM\'s compressed pages take at most' },
  minFreePct:        { name: 'Mem.MemMinFreePct',     value: 0,     min: 0,  max: 50,      what: 'percent of the host that is kept free; 0 takes the sliding scale' },
} as const satisfies Readonly<Record<string, MemoryOptionRow>>;

export type MemoryOptionKey = keyof typeof MEMORY_OPTIONS;
export type MemoryOptions = Readonly<Record<MemoryOptionKey, number>>;

export function defaultMemoryOptions(): Record<MemoryOptionKey, number> {
  const entries = Object.entries(MEMORY_OPTIONS).map(([key, { value }]) => [key, value]);
  return Object.fromEntries(entries) as Record<MemoryOptionKey, number>;
}
