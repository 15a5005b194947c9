/** OptionManager: the advanced options of the host, by key or by the part before a dot. */
import { fromVim, type OptionRow, vimOptionDef } from '#system';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, guarded, managed } from '../model/managed.ts';
import { fault, typed } from '../model/value.ts';
import type { OptionDef, OptionValue } from '../table/vim25.d.ts';

export interface OptionsObject {
  readonly vim: VimContext;
  /** What it takes to change one. */
  readonly privilege: string;
}

function shown({ host }: VimContext, { key, type }: OptionRow): OptionValue {
  const value = host.settings.options.get(key);
  return { key, value: type === 'integer' ? typed('long', value) : value };
}

function definition(row: OptionRow): OptionDef {
  const { key, label, summary, optionType } = vimOptionDef(row);
  const { type, ...rest } = optionType;
  const choices = 'choiceInfo' in rest ? { choiceInfo: rest.choiceInfo } : {};
  return { key, label, summary, optionType: { ...rest, ...choices, _type: type } };
}

const unknown = (name: string) => fault('InvalidName', { name }, `The option '${name}' is not known.`);

/** `Net.` and `Net` name all below; nothing names all. */
function query(self: OptionsObject, name: string | undefined) {
  const { rows } = self.vim.host.settings.options;
  if (name === undefined || name === '') return rows.map((row) => shown(self.vim, row));
  const stem = name.endsWith('.') ? name : `${name}.`;
  const found = rows.filter(({ key }) => key === name || key.startsWith(stem));
  return found.length === 0 ? unknown(name) : found.map((row) => shown(self.vim, row));
}

function update(self: OptionsObject, changed: readonly OptionValue[], call: Call) {
  const refusal = call.refusal(self.privilege, call.self);
  if (refusal !== undefined) return refusal;
  const { options } = self.vim.host.settings;
  const rows = new Map(options.rows.map((row) => [row.key, row]));
  const wanted: (readonly [string, unknown])[] = [];
  for (const { key, value } of changed) {
    const row = rows.get(key);
    if (row === undefined) return unknown(key);
    const plain = fromVim(row, value);
    if (plain === undefined) return FAULTS.invalidArgument(key, `it is no ${row.type}`);
    wanted.push([key, plain]);
  }
  options.setAll(wanted);
  return undefined;
}

export const OptionManager = managed<'OptionManager', OptionsObject>('OptionManager', {
  properties: {
    supportedOption: ({ vim }) => vim.host.settings.options.rows.map(definition),
    setting: ({ vim }) => vim.host.settings.options.rows.map((row) => shown(vim, row)),
  },
  methods: {
    QueryOptions: (self, { name }) => query(self, name),
    UpdateOptions: guarded(
      ASKED,
      (self: OptionsObject, { changedValue }: { changedValue: readonly OptionValue[] }, call) =>
        update(self, changedValue, call),
    ),
  },
});
