/** PropertyCollector: reading properties of many objects at once, and waiting for their changes. The methods are of a session; the state behind them is too. */
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { guarded, type KindOf, managed } from '../model/managed.ts';
import { type MoRef, moRef, VimFault } from '../model/value.ts';
import { CollectorState } from '../properties/collector.ts';
import { ContentReader } from '../properties/content.ts';
import { PropertyFilterState } from '../properties/filter.ts';
import { select, specTrouble } from '../properties/selection.ts';
import type { ObjectContent, PropertyFilterSpec, RetrieveResult, UpdateSet } from '../table/vim25.d.ts';

/** A collector: the host's own, which each session has for itself, or one that a session made. */
export interface Collector {
  readonly vim: VimContext;
  state(session: string): CollectorState;
  /** Of one that a session made. */
  end?(): void;
}

const MOMENT_MS = 10;
/** Objects in one answer when the client names no number. */
const MAX_OBJECTS = 100_000;

function read(
  { vim }: Collector,
  specs: readonly PropertyFilterSpec[],
  call: Call,
): ObjectContent[] | VimFault {
  const contents: ObjectContent[] = [];
  for (const spec of specs) {
    const trouble = specTrouble(vim.table, spec, call.version);
    if (trouble !== undefined) return trouble;
    const selection = select(vim.table, spec, call);
    if (selection instanceof VimFault) return selection;
    const reader = new ContentReader(vim, call, vim.writer(call.version));
    for (const selected of selection.selected.values()) contents.push(reader.read(selected));
  }
  return contents;
}

function page(state: CollectorState, contents: readonly ObjectContent[], max: number): RetrieveResult {
  if (contents.length <= max) return { objects: contents };
  return { token: state.keepRead(contents.slice(max)), objects: contents.slice(0, max) };
}

/** The state of who calls; the dispatcher lets nobody in who is not logged in. */
const stateOf = (collector: Collector, { session }: Call) => collector.state(session?.key ?? '');

function createFilter(
  collector: Collector,
  spec: PropertyFilterSpec,
  partialUpdates: boolean,
  call: Call,
): MoRef | VimFault {
  const { vim } = collector;
  const trouble = specTrouble(vim.table, spec, call.version);
  if (trouble !== undefined) return trouble;
  const selection = select(vim.table, spec, call);
  if (selection instanceof VimFault) return selection;
  const id = vim.newId('propertyFilter');
  const filter = new PropertyFilterState(id, spec, partialUpdates, vim, vim.writer(call.version));
  const state = stateOf(collector, call);
  const refused = state.add(filter);
  if (refused !== undefined) return refused;
  return vim.objects.add(PropertyFilter.object(id, { filter, state, vim }, call.session?.key)).ref;
}

async function wait(
  collector: Collector,
  version: string | undefined,
  call: Call,
  options: { maxWaitSeconds?: number | undefined; maxObjectUpdates?: number | undefined } = {},
): Promise<UpdateSet | VimFault | undefined> {
  const { maxWaitSeconds, maxObjectUpdates } = options;
  if (maxWaitSeconds !== undefined && maxWaitSeconds < 0)
    return FAULTS.invalidArgument('options.maxWaitSeconds');
  if (maxObjectUpdates !== undefined && maxObjectUpdates < 1)
    return FAULTS.invalidArgument('options.maxObjectUpdates');
  const state = stateOf(collector, call);
  if ((version ?? '') === '' && maxWaitSeconds !== 0) await aMomentForTasks(collector, state);
  const wanted = { version: version ?? '', maxWaitSeconds, maxObjectUpdates, gone: call.gone };
  return await state.wait(wanted, call);
}

/** Most tasks end at once: who looks at tasks alone for the first time hears of their end, and is spared another call. */
async function aMomentForTasks({ vim }: Collector, { filters }: CollectorState): Promise<void> {
  const looked = [...filters.values()].flatMap(({ spec }) => spec.objectSet);
  if (looked.length === 0 || looked.some(({ obj }) => obj.type !== 'Task')) return;
  const running = looked.flatMap(({ obj }) => vim.tasks.ended(obj.value) ?? []);
  if (running.length === 0) return;
  const ends = Promise.all(running);
  const moment = Promise.withResolvers<void>();
  const cancel = vim.host.after(MOMENT_MS, moment.resolve);
  await Promise.race([ends, moment.promise]);
  cancel();
}

export const PropertyCollector: KindOf<Collector> = managed<'PropertyCollector', Collector>(
  'PropertyCollector',
  {
    properties: {
      filter: (collector, { session }) =>
        session && [...collector.state(session.key).filters.keys()].map((id) => moRef('PropertyFilter', id)),
    },
    methods: {
      RetrieveProperties: (collector, { specSet }, call) => read(collector, specSet, call),
      RetrievePropertiesEx(collector, { specSet, options }, call) {
        const { maxObjects = MAX_OBJECTS } = options;
        if (maxObjects < 1) return FAULTS.invalidArgument('options.maxObjects');
        const contents = read(collector, specSet, call);
        if (contents instanceof VimFault) return contents;
        return contents.length === 0 ? undefined : page(stateOf(collector, call), contents, maxObjects);
      },
      ContinueRetrievePropertiesEx(collector, { token }, call) {
        const state = stateOf(collector, call);
        const rest = state.takeRead(token);
        return rest === undefined ? FAULTS.invalidArgument('token') : page(state, rest, MAX_OBJECTS);
      },
      CancelRetrievePropertiesEx(collector, { token }, call) {
        return stateOf(collector, call).takeRead(token) === undefined
          ? FAULTS.invalidArgument('token')
          : undefined;
      },
      CreateFilter: (collector, { spec, partialUpdates }, call) =>
        createFilter(collector, spec, partialUpdates, call),
      CheckForUpdates: (collector, { version }, call) => stateOf(collector, call).check(version ?? '', call),
      async WaitForUpdates(collector, { version }, call) {
        return (await wait(collector, version, call)) ?? FAULTS.requestCanceled();
      },
      WaitForUpdatesEx: (collector, { version, options }, call) => wait(collector, version, call, options),
      CancelWaitForUpdates: (collector, _, call) => stateOf(collector, call).cancel(),
      CreatePropertyCollector({ vim }, _, { session }) {
        const key = session?.key ?? '';
        const id = vim.newId('propertyCollector');
        const state = new CollectorState({ objects: vim.objects, after: vim.host.after });
        const forget = vim.onSessionEnd(key, () => state.destroy());
        const end = () => {
          forget();
          state.destroy();
          vim.objects.remove(id);
        };
        return vim.objects.add(PropertyCollector.object(id, { vim, state: () => state, end }, key)).ref;
      },
      DestroyPropertyCollector(collector, _, call) {
        if (call.self.value === 'ha-property-collector')
          return FAULTS.notSupported('The collector of the session cannot be destroyed.');
        collector.end?.();
        return undefined;
      },
    },
  },
);

interface FilterObject {
  readonly filter: PropertyFilterState;
  readonly state: CollectorState;
  readonly vim: VimContext;
}

export const PropertyFilter = managed<'PropertyFilter', FilterObject>('PropertyFilter', {
  properties: {
    spec: ({ filter }) => filter.spec,
    partialUpdates: ({ filter }) => filter.partialUpdates,
  },
  methods: {
    DestroyPropertyFilter: guarded('System.View', ({ filter, state, vim }: FilterObject) => {
      state.remove(filter.id);
      vim.objects.remove(filter.id);
    }),
  },
});
