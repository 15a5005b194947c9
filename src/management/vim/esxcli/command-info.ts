/** What a namespace of esxcli has, for clients that make their command line of it: its commands, their options and layout. Source: `vim.CLIInfo` of ESXi, as govmomi's esxcli reads it. */
import type { Command, Option, Output } from '../../esxcli/index.ts';
import { squeezed } from '../../esxcli/index.ts';
import { elementXml, objectXml } from './answer.ts';

const FORMATTERS: Readonly<Record<Output['kind'], string>> = {
  ...{ nothing: '', text: 'simple', flag: 'simple', texts: 'simple' },
  ...{ record: 'simple', records: 'simple', table: 'table' },
};

/** The document of a namespace, `network.firewall`; undefined when there is none. */
export function namespaceXml(name: string, commands: readonly Command[]): string | undefined {
  const path = name.split('.');
  const inside = commands.filter((row) => path.every((word, i) => row.path[i] === word));
  if (inside.length === 0) return undefined;
  const own = inside.filter((row) => row.path.length === path.length + 1);
  return objectXml('VimCLIInfoInfo', item(name, path.at(-1) ?? '', '') + own.map(methodXml).join(''));
}

function methodXml({ path, summary, options, output }: Command): string {
  const name = path.at(-1) ?? '';
  const params = Object.entries(options)
    .map(([each, option]) => `<param>${paramXml(each, option)}</param>`)
    .join('');
  return `<method>${item(name, name, summary)}${params}${hintsXml(output)}</method>`;
}

function paramXml(name: string, { short, type, help }: Option): string {
  const aliases = [...(short === '' ? [] : [`-${short}`]), `--${name}`];
  return (
    item(squeezed(name), name, help) +
    aliases.map((alias) => elementXml('aliases', alias)).join('') +
    elementXml('flag', String(type === 'flag'))
  );
}

function hintsXml({ kind, structure, columns }: Output): string {
  const hint = (key: string, value: string) =>
    `<hints>${elementXml('key', key)}${elementXml('value', value)}</hints>`;
  const fields = columns ?? Object.keys(structure?.fields ?? {});
  return (
    (structure === undefined ? '' : hint(`fields:${squeezed(structure.typeName)}`, fields.join(','))) +
    hint('formatter', FORMATTERS[kind])
  );
}

const item = (name: string, displayName: string, help: string): string =>
  elementXml('name', name) + elementXml('displayName', displayName) + elementXml('help', help);
