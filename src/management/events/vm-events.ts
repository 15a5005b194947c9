/** Events of VMs: found by what is different from before, whoever made it so. */
import type { VmSettings } from '#vmm';
import type { Inventory } from '../vms/inventory.ts';
import type { PowerState } from '../vms/power-states.ts';
import type { Vm } from '../vms/vm.ts';
import type { Actors } from './actor.ts';
import type { EventLog, NewEvent } from './event-log.ts';

type From = PowerState | 'any';

/** Rows [from, to, event]; the first that fits. */
// biome-ignore format: a table reads in columns
const TRANSITIONS: readonly (readonly [from: From, to: PowerState, event: string])[] = [
  ['suspended',  'starting',   'VmResumingEvent'],
  ['any',        'starting',   'VmStartingEvent'],
  ['paused',     'on',         ''],
  ['suspending', 'on',         'VmFailedToSuspendEvent'],
  ['any',        'on',         'VmPoweredOnEvent'],
  ['any',        'stopping',   'VmStoppingEvent'],
  ['any',        'suspending', 'VmSuspendingEvent'],
  ['starting',   'suspended',  'VmFailedToPowerOnEvent'],
  ['any',        'suspended',  'VmSuspendedEvent'],
  ['starting',   'off',        'VmFailedToPowerOnEvent'],
  ['any',        'off',        'VmPoweredOffEvent'],
];

/** What is done to a VM that stays in its state. */
const DONE = {
  reset: 'VmResettingEvent',
  'asked to power off': 'VmGuestShutdownEvent',
  'asked to reboot': 'VmGuestRebootEvent',
} as const;

interface Seen {
  readonly state: PowerState;
  readonly name: string;
  readonly settings: VmSettings;
  readonly questions: readonly string[];
  /** Who began what ends now. */
  readonly user: string;
}

export class VmEvents {
  readonly #events: EventLog;
  readonly #actors: Actors;
  readonly #seen = new Map<number, Seen>();

  constructor(events: EventLog, actors: Actors) {
    this.#events = events;
    this.#actors = actors;
  }

  /** Returns what ends it. */
  follow(vms: Inventory): () => void {
    for (const vm of vms.all) this.#seen.set(vm.id, look(vm, ''));
    return vms.watch((vm, what, isNew) => {
      if (what === 'added') {
        this.#seen.set(vm.id, look(vm, ''));
        this.#add(vm, { type: isNew === true ? 'VmCreatedEvent' : 'VmRegisteredEvent' });
      } else if (what === 'removed') {
        this.#seen.delete(vm.id);
        this.#add(vm, { type: 'VmRemovedEvent' });
      } else if (what === 'changed') {
        this.#compare(vm);
      } else {
        this.#add(vm, { type: DONE[what] });
      }
    });
  }

  #compare(vm: Vm): void {
    const before = this.#seen.get(vm.id);
    if (before === undefined) return;
    const hasMoved = before.state !== vm.state;
    const isEnd = vm.state === 'off' || vm.state === 'suspended' || vm.state === 'on';
    const isBegun =
      before.state === 'stopping' || before.state === 'suspending' || before.state === 'starting';
    // What ends by itself was done by nobody, in whoever's name it runs.
    const user = !isEnd || !hasMoved ? this.#actors.current.user : isBegun ? before.user : '';
    const now = look(vm, user);
    this.#seen.set(vm.id, now);
    if (hasMoved) this.#moved(vm, before.state, user);
    if (before.name !== now.name)
      this.#add(vm, { type: 'VmRenamedEvent', detail: { oldName: before.name, newName: now.name } });
    if (before.settings !== now.settings && configOf(before.settings) !== configOf(now.settings))
      this.#add(vm, { type: 'VmReconfiguredEvent', detail: { configSpec: {} } });
    for (const question of vm.questions.pending) {
      if (!before.questions.includes(question.id))
        this.#add(vm, { type: 'VmMessageEvent', detail: { message: question.text } });
    }
  }

  #moved(vm: Vm, from: PowerState, user: string): void {
    const [, , type = ''] =
      TRANSITIONS.find(([before, now]) => now === vm.state && (before === 'any' || before === from)) ?? [];
    if (type === '') return;
    const reason = { fault: { _type: 'GenericVmConfigFault' }, localizedMessage: vm.failure ?? '' };
    const isFailure = type.includes('Failed');
    this.#add(vm, { type, user, ...(isFailure && { detail: { reason } }) });
  }

  #add(vm: Vm, event: NewEvent): void {
    this.#events.add({ ...event, vm: { id: vm.id, name: vm.name } });
  }
}

function look(vm: Vm, user: string): Seen {
  const { state, name, settings } = vm;
  return {
    ...{ state, name, user, settings },
    questions: vm.questions.pending.map(({ id }) => id),
  };
}

/** Settings as text, but for its name and the files of its disks. */
function configOf(settings: VmSettings): string {
  const disks = settings.disks.map(({ unit, readOnly }) => [unit, readOnly]);
  return JSON.stringify({ ...settings, name: '', disks });
}
