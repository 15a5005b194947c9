/** `esxcli vm`: the VMs that run. */
import { type Command, command } from '../command.ts';
import { long, oneOf, required } from '../option.ts';
import { nothing, records } from '../output.ts';
import { KILL_TYPES } from '../ports/vm.ts';
import { told } from './system-account.ts';

export const VM_COMMANDS: readonly Command[] = [
  command({
    path: 'vm process kill',
    summary:
      'Used to forcibly kill Virtual Machines that are stuck and not responding to normal stop operations.',
    privilege: 'VirtualMachine.Interact.PowerOff',
    needs: ['vms'],
    options: {
      type: required(
        oneOf(
          't',
          KILL_TYPES,
          'The type of kill operation to attempt: soft lets the VM shut down cleanly, hard stops it immediately, force should be used as a last resort attempt to kill it.',
        ),
      ),
      'world-id': required(
        long(
          'w',
          "The World ID of the Virtual Machine to kill. This can be obtained from the 'vm process list' command",
        ),
      ),
    },
    output: nothing(),
    run: async ({ vms }, args) => told(await vms.kill(args['world-id'], args.type)),
  }),
  command({
    path: 'vm process list',
    summary:
      'List the virtual machines on this system. This command currently will only list running VMs on the system.',
    privilege: 'System.View',
    needs: ['vms'],
    options: {},
    output: records(
      'VirtualMachine',
      {
        'World ID': 'integer',
        'Process ID': 'integer',
        'VMX Cartel ID': 'integer',
        UUID: 'string',
        'Display Name': 'string',
        'Config File': 'string',
      },
      (row) => row['Display Name'] ?? '',
    ),
    run: ({ vms }) =>
      vms.list().map((vm) => ({
        'World ID': vm.worldId,
        'Process ID': vm.processId,
        'VMX Cartel ID': vm.cartelId,
        UUID: vm.uuid,
        'Display Name': vm.displayName,
        'Config File': vm.configFile,
      })),
  }),
];
