// Tests of the command line's options: what is understood, what is refused and how, and that nothing breaks it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HostError, SeededRandom } from '#lib';
import { describeOptions, parseOptions } from './options.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { suggestion } from './suggest.ts';

const parse = (...given: string[]) => parseOptions(RUN_OPTIONS, given);

test('parseOptions: nothing given is all defaults', () => {
  const { memory, cpus, disk, console, help, kernel } = parse();
  assert.deepEqual(
    [memory, cpus, disk, console, help, kernel],
    [512 * 2 ** 20, 1, [], 'serial', false, undefined],
  );
});

test('parseOptions: values apart or behind "=", flags, and options given again', () => {
  const given =
    '--kernel Image --initrd=a --initrd b --append --init=/bin/sh --memory=3G --disk a,b.img --disk=c.img,readonly --trace sbi,mmio --trace=irq --deterministic --exec=';
  const values = parse(...given.split(' '));
  assert.deepEqual(
    { ...values },
    {
      ...parse(),
      kernel: 'Image',
      initrd: ['a', 'b'],
      append: '--init=/bin/sh',
      memory: 3 * 2 ** 30,
      disk: [
        { path: 'a,b.img', readOnly: false },
        { path: 'c.img', readOnly: true },
      ],
      trace: ['sbi', 'mmio', 'irq'],
      deterministic: true,
      exec: '',
    },
  );
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [given: string[], message: RegExp])[] = [
  [['--kernal', 'x'],             /there is no option --kernal; did you mean "--kernel"\?/],
  [['--zzzzzz'],                  /there is no option --zzzzzz$/],
  [['--toString'],                /there is no option --toString/],
  [['Image'],                     /unexpected argument "Image"/],
  [['-k', 'x'],                   /unexpected argument "-k"/],
  [['--'],                        /unexpected argument "--"/],
  [['--kernel'],                  /--kernel needs a value: --kernel FILE/],
  [['--kernel', '--initrd', 'x'], /--kernel needs a value/],
  [['--kernel', ''],              /--kernel "": it is empty/],
  [['--disk', ',readonly'],       /it is empty/],
  [['--stats=yes'],               /--stats takes no value, but "yes" was given/],
  [['--memory', '12Q'],           /--memory "12Q": it is no size such as 64M or 3G/],
  [['--memory', '0'],             /multiple of 4 KiB above 0/],
  [['--memory', '1000'],          /multiple of 4 KiB above 0/],
  [['--cpus', '0'],               /it is not in 1 … 128/],
  [['--cpus', '1.5'],             /it is not in 1 … 128/],
  [['--cpus', '1e1'],             /it is not in 1 … 128/],
  [['--engine', 'interpretr'],    /none of reference, interpreter, jit; did you mean "interpreter"\?/],
  [['--trace', 'sbi,,mmio'],      /it is none of insn/],
];

for (const [given, message] of REFUSED) {
  test(`parseOptions: refuses ${given.join(' ')}`, () => {
    assert.throws(
      () => parse(...given),
      (error: HostError) => error.code === 'usage' && error.exitStatus === 2 && message.test(error.message),
    );
  });
}

test('parseOptions: 20,000 random command lines give values or a usage error of one line', () => {
  const random = new SeededRandom(2);
  const words = [
    ...Object.keys(RUN_OPTIONS).map((name) => `--${name}`),
    '=',
    '',
    '--',
    '-',
    '64M',
    'a',
    ',',
    '\n',
    '\0',
    'é',
  ];
  const word = () =>
    Array.from({ length: random.below(3) }, () => words[random.below(words.length)]).join('');
  let parsed = 0;
  for (let run = 0; run < 20_000; run++) {
    const given = Array.from({ length: random.below(6) }, word);
    try {
      parse(...given);
      parsed++;
    } catch (error) {
      assert.ok(
        error instanceof HostError && error.code === 'usage',
        `${JSON.stringify(given)}: ${String(error)}`,
      );
    }
  }
  assert.ok(parsed > 1000 && parsed < 19_000, `${parsed} were understood`);
});

test('describeOptions: names every option, in lines that fit a terminal', () => {
  const described = describeOptions(RUN_OPTIONS);
  for (const name of Object.keys(RUN_OPTIONS)) assert.match(described, new RegExp(`^  --${name}\\b`, 'm'));
  for (const line of described.split('\n')) assert.ok(line.length <= 110, line);
});

test('suggestion: near words only', () => {
  assert.equal(suggestion('rnu', ['run', 'help']), '');
  assert.equal(suggestion('runn', ['run', 'help']), '; did you mean "run"?');
  assert.equal(suggestion('x', ['run']), '');
});
