/** `esxcli hardware`: processors, memory, the machine itself. */
import { type Command, command } from '../command.ts';
import { record, records } from '../output.ts';

export const HARDWARE_COMMANDS: readonly Command[] = [
  command({
    path: 'hardware cpu list',
    summary: 'List all of the CPUs on this host.',
    privilege: 'System.View',
    needs: ['hardware'],
    options: {},
    output: records(
      'CPU',
      {
        Id: 'integer',
        'Package Id': 'integer',
        Brand: 'string',
        'Core Speed': 'integer',
        Node: 'integer',
      },
      (row) => `CPU:${row.Id}`,
    ),
    run: ({ hardware }) =>
      hardware.cpus().map((cpu) => ({
        Id: cpu.id,
        'Package Id': cpu.packageId,
        Brand: cpu.brand,
        'Core Speed': cpu.coreSpeedHz,
        Node: cpu.node,
      })),
  }),
  command({
    path: 'hardware cpu global get',
    summary: 'List properties that are global to all CPUs.',
    privilege: 'System.View',
    needs: ['hardware'],
    options: {},
    output: record('CPUGlobal', {
      'CPU Packages': 'integer',
      'CPU Cores': 'integer',
      'CPU Threads': 'integer',
    }),
    run: ({ hardware }) => {
      const { packages, cores, threads } = hardware.cpuGlobal();
      return { 'CPU Packages': packages, 'CPU Cores': cores, 'CPU Threads': threads };
    },
  }),
  command({
    path: 'hardware memory get',
    summary: 'Get information about memory.',
    privilege: 'System.View',
    needs: ['hardware'],
    options: {},
    output: record('Memory', { 'Physical Memory': 'string', 'NUMA Node Count': 'integer' }),
    run: ({ hardware }) => {
      const { physicalBytes, numaNodes } = hardware.memory();
      return { 'Physical Memory': `${physicalBytes} Bytes`, 'NUMA Node Count': numaNodes };
    },
  }),
  command({
    path: 'hardware platform get',
    summary: 'Get information about the platform',
    privilege: 'System.View',
    needs: ['platform'],
    options: {},
    output: record(
      'PlatformGet',
      {
        UUID: 'string',
        'Product Name': 'string',
        'Vendor Name': 'string',
        'Serial Number': 'string',
      },
      'Platform Information',
    ),
    run: ({ platform }) => {
      const { uuid, productName, vendorName, serialNumber } = platform.platform();
      return {
        UUID: uuid,
        'Product Name': productName,
        'Vendor Name': vendorName,
        'Serial Number': serialNumber,
      };
    },
  }),
];
