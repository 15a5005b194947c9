/** Views: lists of objects that a session keeps, for property collectors to begin at. ContainerView follows the inventory, ListView is what it is told, InventoryView what its folders were opened to. */
import type { VimContext } from '../context.ts';
import type { Call, Look } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { guarded, managed } from '../model/managed.ts';
import { type MoRef, moRef } from '../model/value.ts';
import { ID } from './ids.ts';
import { childrenOf, descendantsOf } from './inventory.ts';

interface ContainerFacts {
  readonly vim: VimContext;
  readonly container: MoRef;
  readonly types: readonly string[] | undefined;
  readonly recursive: boolean;
}

interface ListFacts {
  readonly vim: VimContext;
  readonly refs: Map<string, MoRef>;
}

interface InventoryFacts {
  readonly vim: VimContext;
  readonly open: Set<string>;
}

const destroy = (_: unknown, __: object, call: Call) => call.objects.remove(call.self.value);

function contained({ vim, container, types, recursive }: ContainerFacts, look: Look): MoRef[] {
  const top = look.objects.get(container.value);
  if (top === undefined) return [];
  const below = recursive ? descendantsOf(top, look) : childrenOf(top, look);
  const isWanted = (type: string) =>
    types === undefined || types.length === 0 || types.some((wanted) => vim.table.isA(type, wanted));
  return below
    .filter(({ ref }) => isWanted(ref.type) && look.allows('System.View', ref))
    .map(({ ref }) => ref);
}

export const ContainerView = managed<'ContainerView', ContainerFacts>('ContainerView', {
  properties: {
    view: contained,
    container: ({ container }) => container,
    type: ({ types }) => types,
    recursive: ({ recursive }) => recursive,
  },
  methods: { DestroyView: destroy },
});

/** Adds what is there. Returns what is not. */
function addTo({ refs }: ListFacts, asked: readonly MoRef[] | undefined, call: Call): MoRef[] {
  const missing: MoRef[] = [];
  for (const ref of asked ?? []) {
    const known = call.objects.get(ref.value);
    if (known === undefined) missing.push(ref);
    else refs.set(ref.value, known.ref);
  }
  call.objects.changed(call.self.value);
  return missing;
}

export const ListView = managed<'ListView', ListFacts>('ListView', {
  properties: { view: ({ refs }) => [...refs.values()] },
  methods: {
    DestroyView: destroy,
    ModifyListView: guarded(
      'System.View',
      (
        self: ListFacts,
        { add, remove }: { add?: readonly MoRef[] | undefined; remove?: readonly MoRef[] | undefined },
        call,
      ) => {
        for (const { value } of remove ?? []) self.refs.delete(value);
        return addTo(self, add, call);
      },
    ),
    ResetListView: guarded(
      'System.View',
      (self: ListFacts, { obj }: { obj?: readonly MoRef[] | undefined }, call) => {
        self.refs.clear();
        return addTo(self, obj, call);
      },
    ),
    ResetListViewFromView: guarded('System.View', (self: ListFacts, { view }: { view: MoRef }, call) => {
      const refs = refsOf(view, call);
      if (refs === undefined) return FAULTS.objectNotFound(view);
      self.refs.clear();
      addTo(self, refs, call);
      return undefined;
    }),
  },
});

/** What another view of the session has. */
function refsOf(view: MoRef, call: Call): readonly MoRef[] | undefined {
  const object = call.objects.get(view.value);
  if (object === undefined || object.owner !== call.session?.key) return undefined;
  return object.kind.property('view')?.(object.self, call) as readonly MoRef[] | undefined;
}

function opened({ vim, open }: InventoryFacts, look: Look): MoRef[] {
  const root = vim.objects.get(ID.rootFolder);
  const parents = [
    ...(root === undefined ? [] : [root]),
    ...[...open].flatMap((id) => vim.objects.get(id) ?? []),
  ];
  const refs = parents.flatMap((parent) => [parent.ref, ...childrenOf(parent, look).map(({ ref }) => ref)]);
  return [...new Map(refs.map((ref) => [ref.value, ref])).values()];
}

export const InventoryView = managed<'InventoryView', InventoryFacts>('InventoryView', {
  properties: { view: opened },
  methods: {
    DestroyView: destroy,
    OpenInventoryViewFolder: guarded(
      'System.View',
      ({ open }: InventoryFacts, { entity }: { entity: readonly MoRef[] }, call) => {
        const missing = entity.filter(({ value }) => call.objects.get(value) === undefined);
        for (const { value } of entity) if (call.objects.get(value) !== undefined) open.add(value);
        call.objects.changed(call.self.value);
        return missing;
      },
    ),
    CloseInventoryViewFolder: guarded(
      'System.View',
      ({ open }: InventoryFacts, { entity }: { entity: readonly MoRef[] }, call) => {
        const missing = entity.filter(({ value }) => !open.delete(value));
        call.objects.changed(call.self.value);
        return missing;
      },
    ),
  },
});

/** Views of one session; more are a leak of its client's. */
const MAX_VIEWS = 1000;
const VIEWS = ['ContainerView', 'ListView', 'InventoryView'];

function viewsOf(vim: VimContext, session: string | undefined): MoRef[] {
  return VIEWS.flatMap((type) => vim.objects.ofType(type))
    .filter(({ owner }) => owner === session)
    .map(({ ref }) => ref);
}

export const ViewManager = managed<'ViewManager', VimContext>('ViewManager', {
  properties: { viewList: (vim, { session }) => viewsOf(vim, session?.key) },
  methods: {
    CreateContainerView(vim, { container, type, recursive }, call) {
      const found = call.objects.get(container.value);
      if (found === undefined) return FAULTS.objectNotFound(container);
      const unknown = type?.find((name) => vim.table.managed(name) === undefined);
      if (unknown !== undefined) return FAULTS.invalidArgument('type', `there is no type ${unknown}`);
      const facts = { vim, container: found.ref, types: type, recursive };
      return create(vim, 'ContainerView', (id, key) => ContainerView.object(id, facts, key), call);
    },
    CreateListView(vim, { obj }, call) {
      const refs = new Map<string, MoRef>();
      for (const ref of obj ?? []) {
        const known = call.objects.get(ref.value);
        if (known !== undefined) refs.set(ref.value, known.ref);
      }
      return create(vim, 'ListView', (id, key) => ListView.object(id, { vim, refs }, key), call);
    },
    CreateListViewFromView(vim, { view }, call) {
      const from = refsOf(view, call);
      if (from === undefined) return FAULTS.objectNotFound(view);
      const refs = new Map(from.map((ref) => [ref.value, ref]));
      return create(vim, 'ListView', (id, key) => ListView.object(id, { vim, refs }, key), call);
    },
    CreateInventoryView: (vim, _, call) =>
      create(
        vim,
        'InventoryView',
        (id, key) => InventoryView.object(id, { vim, open: new Set() }, key),
        call,
      ),
  },
});

function create(
  vim: VimContext,
  type: string,
  make: (id: string, key: string) => ReturnType<typeof ListView.object>,
  { session }: Call,
) {
  const key = session?.key ?? '';
  if (viewsOf(vim, key).length >= MAX_VIEWS)
    return FAULTS.invalidState(`There are ${MAX_VIEWS} views already`);
  const id = vim.newId(`session[${key}]`);
  vim.objects.add(make(id, key));
  return moRef(type, id);
}
