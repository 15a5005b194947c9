// Tests of what takes requests apart: targets, credentials, ranges, conditions, Accept; rows first, then random text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { evaluate, rangeHolds } from './conditions.ts';
import { checkAuthorizedKeys, checkHosts, checkKeyValues } from './config-checks.ts';
import { cookieOf, parseBasic, parseCookies, withoutTicket } from './credentials.ts';
import { humanSize, sorted } from './listing.ts';
import { preferred } from './negotiate.ts';
import { HttpProblem } from './problem.ts';
import { parseRanges } from './ranges.ts';
import { type Route, RouteTable } from './routes.ts';
import { encodePath, parseTarget } from './target.ts';

const MAX = 8192;

test('parseTarget: names, decoded once', () => {
  // biome-ignore format: a table reads in columns
  const cases: [string, string[]][] = [
    ['/',                          []],
    ['/folder/a/b',                ['folder', 'a', 'b']],
    ['/folder//a///b/',            ['folder', 'a', 'b']],
    ['/folder/a%2Fb',              ['folder', 'a', 'b']],
    ['/folder/a%20b%C3%BC+c',      ['folder', 'a bü+c']],
    ['/folder/%252e%252e',         ['folder', '%2e%2e']],
    ['/folder/...',                ['folder', '...']],
    ['https://h:1/folder/a?x=y',   ['folder', 'a']],
    ['http://h?x',                 []],
  ];
  for (const [sent, path] of cases) assert.deepEqual(parseTarget(sent, MAX).path, path, sent);
  const { query, isFolder, shown } = parseTarget('/a/?dsName=a+b%2Bc&ticket=secret&x=1', MAX);
  assert.deepEqual(
    [query.get('dsName'), isFolder, shown],
    ['a b+c', true, '/a/?dsName=a+b%2Bc&ticket=…&x=1'],
  );
});

test('parseTarget: what climbs, controls, or is no UTF-8 is refused', () => {
  const refused = [
    '/..',
    '/a/..',
    '/%2e%2E/',
    '/a%2f..%2fb',
    '/./a',
    '/%00',
    '/a%0ab',
    '/%7f',
    '/%',
    '/%f',
    '/%ff',
    '/%c0%ae',
    `/${'x'.repeat(256)}`,
    '*',
    'a',
    '',
  ];
  for (const sent of refused)
    assert.throws(
      () => parseTarget(sent, MAX),
      (error: HttpProblem) => error.status === 400,
      sent,
    );
  assert.throws(
    () => parseTarget('/'.repeat(MAX + 1), MAX),
    (error: HttpProblem) => error.status === 414,
  );
});

test('parseTarget, fuzz: an HttpProblem or names that only lead down, and encodePath is its inverse', () => {
  const random = new SeededRandom(11);
  const pieces = [
    '/',
    '%2F',
    '..',
    '.',
    '%2e',
    '%',
    '%00',
    'a',
    'ü',
    '%C3%BC',
    '%ff',
    '?',
    '#',
    '\\',
    ' ',
    '%25',
    '+',
    '&',
    '=',
    ':',
    '@',
    '//',
    '\ud800',
  ];
  for (let i = 0; i < 20_000; i++) {
    const sent = `/${Array.from({ length: random.below(9) }, () => pieces[random.below(pieces.length)]).join('')}`;
    try {
      const { path } = parseTarget(sent, MAX);
      for (const name of path) {
        assert.ok(name !== '' && name !== '.' && name !== '..' && !/[/\0\n]/.test(name), sent);
      }
      if (path.every((name) => name.isWellFormed())) {
        assert.deepEqual(parseTarget(encodePath(path) || '/', MAX).path, path);
      }
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
    }
  }
});

test('parseCookies: quotes, attributes behind, nothing at all', () => {
  const get = (header: string | undefined) => {
    const found = parseCookies(header).get('vmware_soap_session');
    assert.equal(cookieOf(header, 'vmware_soap_session'), found);
    return found;
  };
  // biome-ignore format: a table reads in columns
  const cases: [string | undefined, string | undefined][] = [
    ['vmware_soap_session="a-b"; Path=/; HttpOnly; Secure;', 'a-b'],
    ['vmware_soap_session=a-b',                              'a-b'],
    ['x=1;vmware_soap_session = "a" ;y',                     'a'],
    ['vmware_soap_session=1; vmware_soap_session=2',         '1'],
    ['vmware_soap_session=a=b',                              'a=b'],
    ['vmware_soap_session',                                  undefined],
    ['',                                                     undefined],
    [undefined,                                              undefined],
  ];
  for (const [header, value] of cases) assert.equal(get(header), value, String(header));
});

test('parseBasic: the first colon parts, UTF-8, and what is no Basic', () => {
  const basic = (text: string) => parseBasic(`Basic ${Buffer.from(text).toString('base64')}`);
  assert.deepEqual(basic('root:pä:ss'), { kind: 'password', userName: 'root', password: 'pä:ss' });
  assert.deepEqual(basic('root:'), { kind: 'password', userName: 'root', password: '' });
  for (const text of [':x', 'x', 'a\0:b']) assert.equal(basic(text), undefined);
  for (const header of [undefined, '', 'Basic', 'Basic ?', 'Digest x', 'Basic a b'])
    assert.equal(parseBasic(header), undefined);
});

test('withoutTicket: the rest stays as it was sent', () => {
  // biome-ignore format: a table reads in columns
  const cases: [string, string][] = [
    ['/a',                          '/a'],
    ['/a?ticket=1',                 '/a'],
    ['/a?b=%2F&ticket=1&c=?',       '/a?b=%2F&c=?'],
    ['/a?xticket=1',                '/a?xticket=1'],
  ];
  for (const [url, rest] of cases) assert.equal(withoutTicket(url), rest);
});

test('parseRanges, fuzz: spans inside the file, apart from each other', () => {
  const random = new SeededRandom(12);
  const pieces = ['bytes=', '0', '5', '99', '-', ',', ' ', '18446744073709551616', 'x', '9007199254740993'];
  for (let i = 0; i < 20_000; i++) {
    const size = random.below(100);
    const header = Array.from({ length: random.below(10) }, () => pieces[random.below(pieces.length)]).join(
      '',
    );
    const spans = parseRanges(header.startsWith('b') ? header : `bytes=${header}`, size, 16) ?? [];
    for (const { start, end } of spans)
      assert.ok(start >= 0 && start < end && end <= size, `${header} of ${size}`);
    const ordered = spans.toSorted((a, b) => a.start - b.start);
    ordered.forEach((span, n) => assert.ok(n === 0 || span.start > (ordered[n - 1]?.end ?? 0), header));
  }
});

test('evaluate: the order of RFC 9110 §13.2.2', () => {
  const now = { etag: '"a"', modifiedMs: Date.UTC(2026, 0, 1, 0, 0, 0, 700) };
  const [same, before] = ['Thu, 01 Jan 2026 00:00:00 GMT', 'Wed, 31 Dec 2025 00:00:00 GMT'];
  // biome-ignore format: a table reads in columns
  const cases: [Record<string, string>, 'go-on' | 'not-modified' | 'failed', isRead?: boolean][] = [
    [{},                                                             'go-on'],
    [{ 'if-match': '"a"' },                                          'go-on'],
    [{ 'if-match': 'W/"a"' },                                        'failed'],
    [{ 'if-match': '"b", "a"', 'if-unmodified-since': before },      'go-on'],
    [{ 'if-unmodified-since': before },                              'failed'],
    [{ 'if-unmodified-since': same },                                'go-on'],
    [{ 'if-none-match': '"b"', 'if-modified-since': same },          'go-on'],
    [{ 'if-none-match': 'W/"a"' },                                   'not-modified'],
    [{ 'if-none-match': '"a"' },                                     'failed', false],
    [{ 'if-none-match': '*' },                                       'failed', false],
    [{ 'if-modified-since': same },                                  'not-modified'],
    [{ 'if-modified-since': same },                                  'go-on', false],
    [{ 'if-modified-since': before },                                'go-on'],
    [{ 'if-modified-since': 'nonsense' },                            'go-on'],
  ];
  for (const [headers, verdict, isRead = true] of cases)
    assert.equal(evaluate(headers, now, isRead), verdict, JSON.stringify(headers));
  assert.equal(evaluate({ 'if-match': '*' }, undefined, false), 'failed');
  assert.equal(evaluate({ 'if-none-match': '*' }, undefined, false), 'go-on');
  assert.equal(rangeHolds({ 'if-range': 'nonsense' }, now), false);
});

test('preferred: quality, then order; the most specific wish counts', () => {
  // biome-ignore format: a table reads in columns
  const cases: [string | undefined, string][] = [
    [undefined,                                     'html'],
    ['*/*',                                         'html'],
    ['application/json',                            'json'],
    ['text/html;q=0.5, application/json;q=0.9',     'json'],
    ['text/*;q=0.9, */*;q=0.1',                     'html'],
    ['text/html;q=0, */*',                          'json'],
    ['image/png',                                   'html'],
    ['text/html;q=x,,;;',                           'html'],
  ];
  for (const [accept, form] of cases) assert.equal(preferred(accept, ['html', 'json']), form, String(accept));
});

test('RouteTable.find: exact, below and at, below only; what else there is', () => {
  const route = (path: string, ...methods: Route['methods'][number][]): Route => ({
    path,
    methods,
    gate: 'open',
    handle: async () => {},
  });
  const routes = [route('/', 'GET'), route('/a', 'GET'), route('/a/+', 'PUT'), route('/b/*', 'GET', 'HEAD')];
  const table = new RouteTable(routes);
  const find = (method: string, ...path: string[]) => {
    const found = table.find(method, path);
    return 'route' in found ? found.route.path : found.allow.join();
  };
  assert.deepEqual(
    [find('GET'), find('GET', 'a'), find('PUT', 'a', 'x'), find('GET', 'b'), find('GET', 'b', 'c', 'd')],
    ['/', '/a', '/a/+', '/b/*', '/b/*'],
  );
  assert.deepEqual(
    [find('PUT', 'a'), find('GET', 'a', 'x'), find('PUT', 'b'), find('GET', 'c'), find('TOSTRING')],
    ['GET', 'PUT', 'GET,HEAD', '', 'GET'],
  );
});

test('configuration files: what would lock people out is told with its line', () => {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEdh3C8HBHhUMsVV0SjYpAVZNyKbR1Oy5VN0Mq2zCyLO me';
  assert.equal(checkAuthorizedKeys(`# mine\n${key}\nfrom="10.0.0.0/8" ${key}\n`), undefined);
  assert.match(checkAuthorizedKeys(`${key}\nssh-rsa AAAA`) ?? '', /line 2: the key is damaged/);
  assert.match(checkAuthorizedKeys('hello') ?? '', /line 1: there is no type of key/);
  assert.match(checkAuthorizedKeys(key.replace('ssh-ed25519', 'ssh-rsa')) ?? '', /damaged/);
  assert.equal(checkHosts('127.0.0.1\tlocalhost localhost.localdomain\nfe80::1%vmk0 x\n# all\n'), undefined);
  assert.match(checkHosts('::1\n') ?? '', /line 1: there is no name/);
  assert.match(checkHosts('::1 a_b c!d') ?? '', /"c!d" is not a host name/);
  assert.match(checkHosts('::1 a\0') ?? '', /zero byte/);
  assert.equal(checkKeyValues('# x\nlibdir = "/usr/lib"\n\na.b:c="1"\n'), undefined);
  assert.match(checkKeyValues('a = 1') ?? '', /line 1: it is not of the form/);
});

test('lists: folders first, numbers by their value; sizes of three digits', () => {
  const entry = (name: string, kind: 'file' | 'folder' = 'file') => ({ name, kind });
  const names = sorted([entry('b10'), entry('b9'), entry('B'), entry('z', 'folder'), entry('a')]).map(
    ({ name }) => name,
  );
  assert.deepEqual(names, ['z', 'a', 'B', 'b9', 'b10']);
  assert.deepEqual([0, 1023, 1024, 15_000, 2 ** 40 * 200].map(humanSize), [
    '0 B',
    '1023 B',
    '1.00 KiB',
    '14.6 KiB',
    '200 TiB',
  ]);
});
