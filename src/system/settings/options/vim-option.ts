/** An option as the VIM API describes it: OptionDef with its OptionType. Source: vim25 8.0, OptionDef, BoolOption … */
import type { OptionRow, OptionValue } from './option.ts';

export type VimOptionType =
  | { readonly type: 'BoolOption'; readonly supported: boolean; readonly defaultValue: boolean }
  | { readonly type: 'LongOption'; readonly min: number; readonly max: number; readonly defaultValue: number }
  | { readonly type: 'StringOption'; readonly defaultValue: string; readonly validCharacters?: string }
  | {
      readonly type: 'ChoiceOption';
      readonly choiceInfo: readonly {
        readonly key: string;
        readonly label: string;
        readonly summary: string;
      }[];
      readonly defaultIndex: number;
    };

export interface VimOptionDef {
  readonly key: string;
  readonly label: string;
  readonly summary: string;
  readonly optionType: VimOptionType & { readonly valueIsReadonly: boolean };
}

export function vimOptionDef(row: OptionRow): VimOptionDef {
  return {
    key: row.key,
    label: row.key.slice(row.key.lastIndexOf('.') + 1),
    summary: row.help,
    optionType: { ...vimOptionType(row), valueIsReadonly: false },
  };
}

function vimOptionType(row: OptionRow): VimOptionType {
  switch (row.type) {
    case 'bool':
      return { type: 'BoolOption', supported: true, defaultValue: row.default };
    case 'integer':
      return { type: 'LongOption', min: row.least, max: row.most, defaultValue: row.default };
    case 'string':
      return { type: 'StringOption', defaultValue: row.default };
    default:
      return {
        type: 'ChoiceOption',
        choiceInfo: row.choices.map((key) => ({ key, label: key, summary: key })),
        defaultIndex: row.choices.indexOf(row.default),
      };
  }
}

/** What clients send: VIM's long, short, int and text stand for one another where the meaning is clear. */
export function fromVim(row: OptionRow, value: unknown): OptionValue | undefined {
  if (row.type === 'integer') {
    const number = typeof value === 'bigint' || typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && value !== '' ? number : undefined;
  }
  if (row.type === 'bool' && typeof value === 'string')
    return value === 'true' ? true : value === 'false' ? false : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}
