/**
 * What a module becomes in a pack: the same text with its types taken off, as a function that is given what it imports. Lines
 * and columns stay where they are. It knows no more of the language than how this project is written.
 */
import { stripTypeScriptTypes } from 'node:module';

/**
 * What the function is given: imports by specifier, what `import.meta` is, imports of later, and what it exports. What it only
 * passes on is imported by who asks for it first: a door opens to what is behind it, not to the whole room.
 */
const PARAMETERS = '$now, $meta, $later, $exports';

const NAMES = String.raw`\{([^{}]*)\}`;
const FROM = String.raw`\s+from\s+'([^']+)';`;

type Rewrite = (...found: string[]) => string;

/** Statements that begin a line, each with what stands in its place. */
const STATEMENTS: readonly (readonly [form: RegExp, text: Rewrite])[] = [
  [
    new RegExp(String.raw`^import\s+${NAMES}${FROM}`, 'gm'),
    (_, names = '', from = '') => `const {${names.replaceAll(/\bas\b/g, ':')}} = $now('${from}');`,
  ],
  [
    new RegExp(String.raw`^import\s+\*\s+as\s+(\w+)${FROM}`, 'gm'),
    (_, name, from) => `const ${name} = $now('${from}');`,
  ],
  [
    new RegExp(String.raw`^import\s+(\w+)${FROM}`, 'gm'),
    (_, name, from) => `const { default: ${name} } = $now('${from}');`,
  ],
  [/^import\s+'([^']+)';/gm, (_, from) => `$now('${from}');`],
  [
    new RegExp(String.raw`^export\s+\*${FROM}`, 'gm'),
    (_, from) => `Object.assign($exports, $now('${from}'));`,
  ],
  [
    new RegExp(String.raw`^export\s+${NAMES}${FROM}`, 'gm'),
    (all, names = '', from = '') => `$later.pass('${from}', {${passed(names)}});${lineEnds(all ?? '')}`,
  ],
];

/** What is declared and exported in one. */
const DECLARED = /^export\s+(?=(?:(?:async\s+)?function\b\s*\*?|class\b|const\b)\s*([\w$]+))/gm;
const LIST = new RegExp(String.raw`^export\s+${NAMES};`, 'gm');

/** The text of a module without its types. */
export function withoutTypes(source: string): string {
  return stripTypeScriptTypes(source, { mode: 'strip' });
}

/** The function's text; an expression. @param source - without types */
export function factoryText(source: string, isAsync: boolean): string {
  let text = source;
  for (const [form, rewrite] of STATEMENTS) text = text.replaceAll(form, rewrite);
  const exports: string[] = [];
  text = text.replaceAll(LIST, (all, names: string) => {
    exports.push(exported(names));
    return lineEnds(all);
  });
  text = text.replaceAll(DECLARED, (_, name: string) => {
    exports.push(exported(name));
    return '';
  });
  text = text
    .replaceAll('createRequire(import.meta.url)', '$later')
    .replaceAll(/(?<![$.\w])import\.meta\b/g, '$meta')
    .replaceAll(/(?<![$.\w])import\((?=['\w])/g, '$later.when(');
  return `(${isAsync ? 'async ' : ''}function (${PARAMETERS}) { 'use strict'; ${text}\n${exports.join(' ')}\n})`;
}

/** Specifiers of modules of this program that the text names in any way. */
export function specifiers(source: string): string[] {
  return [...source.matchAll(/'((?:\.{1,2}\/[\w./-]+\.ts)|(?:#[a-z/-]+))'/g)].map(
    ([, specifier]) => specifier as string,
  );
}

/** `$exports.b = a;` for each name of `a as b, …`. */
const exported = (names: string): string =>
  pairs(names)
    .map(([own, other]) => `$exports.${other} = ${own};`)
    .join(' ');

/** ` b: 'a',` for each name of `a as b, …`. */
const passed = (names: string): string =>
  pairs(names)
    .map(([own, other]) => ` ${other}: '${own}',`)
    .join('');

function pairs(names: string): (readonly [own: string, other: string])[] {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const [own = '', other = own] = name.split(/\s+as\s+/);
      return [own, other];
    });
}

const lineEnds = (text: string): string => text.replaceAll(/[^\n]/g, '');
