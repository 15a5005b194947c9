// Files over HTTPS with the tools that people have: curl and openssl against a host's port.
import assert from 'node:assert/strict';
import { type ExecFileException, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPort, type TestPort } from '../../src/management/http/testing.ts';

const MIB = 2 ** 20;
const DS = '?dcPath=ha-datacenter&dsName=datastore1';
const folder = mkdtempSync(join(tmpdir(), 'vmk-https-scenario-'));
const ca = join(folder, 'ca.pem');
const missing = ['curl', 'openssl'].filter((command) => spawnSync(command, ['version']).error !== undefined);
const options = { skip: missing.length > 0 && `no ${missing.join(', no ')}` };

let rig: TestPort;
before(async () => {
  rig = await startPort();
  writeFileSync(ca, rig.certificates.current.certificatePem);
});
after(async () => {
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, given: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      command,
      [...given],
      { maxBuffer: 64 * MIB },
      (error: ExecFileException | null, stdout, stderr) => {
        resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** The name that the certificate has, at the port that the system chose; trusted as a CA would be. */
const base = (host = 'localhost') => `https://${host}:${rig.number}`;
const curl = (...given: string[]) =>
  run('curl', ['-sS', '--cacert', ca, '-u', 'root:pa:ß word', '--max-time', '60', ...given]);
const at = (name: string) => join(folder, name);
const stored = (name: string) => join(rig.folder, name);
const staged = () => readdirSync(stored('.vmk.sf'));

function noise(name: string, bytes: number): string {
  const path = at(name);
  writeFileSync(path, Buffer.alloc(bytes, 'a line of noise that has 37 characters'));
  return path;
}

test('curl: there and back, and the certificate is that of localhost and 127.0.0.1', options, async () => {
  const source = noise('a', 3 * MIB + 17);
  for (const host of ['localhost', '127.0.0.1']) {
    const put = await curl('-T', source, '-w', '%{http_code}', `${base(host)}/folder/vm/${host}${DS}`);
    assert.deepEqual([put.stdout, put.stderr], ['201', '']);
    const got = await curl('-o', at('b'), '-w', '%{http_code}', `${base(host)}/folder/vm/${host}${DS}`);
    assert.equal(got.stdout, '200');
    assert.ok(readFileSync(at('b')).equals(readFileSync(source)));
  }
  const other = await curl('--resolve', `other.example:${rig.number}:127.0.0.1`, `${base('other.example')}/`);
  assert.match(other.stderr, /no alternative certificate subject name matches/);
  assert.equal(
    (await curl('-X', 'DELETE', '-w', '%{http_code}', `${base()}/folder/vm/localhost${DS}`)).stdout,
    '204',
  );
});

test('curl: a body in chunks, a download that goes on, a part, only when newer', options, async () => {
  const source = noise('c', MIB);
  const piped = await run(
    'curl',
    [
      '-sS',
      '--cacert',
      ca,
      '-u',
      'root:pa:ß word',
      '-T',
      '-',
      '-w',
      '%{http_code}',
      `${base()}/folder/c.log${DS}`,
    ],
    readFileSync(source, 'latin1'),
  );
  assert.equal(piped.stdout, '201');
  writeFileSync(at('d'), readFileSync(source).subarray(0, 300_000));
  const resumed = await curl(
    '-C',
    '-',
    '-o',
    at('d'),
    '-w',
    '%{http_code} %{size_download}',
    `${base()}/folder/c.log${DS}`,
  );
  assert.equal(resumed.stdout, `206 ${MIB - 300_000}`);
  assert.ok(readFileSync(at('d')).equals(readFileSync(source)));
  assert.equal(
    (await curl('-r', '-5', `${base()}/folder/c.log${DS}`)).stdout,
    readFileSync(source, 'latin1').slice(-5),
  );
  const etags = ['--etag-save', at('etag'), '--etag-compare', at('etag')];
  const form = ['-o', at('e'), '-w', '%{http_code}'];
  assert.equal((await curl(...form, '--etag-save', at('etag'), `${base()}/folder/c.log${DS}`)).stdout, '200');
  assert.equal((await curl(...form, ...etags, `${base()}/folder/c.log${DS}`)).stdout, '304');
});

test('curl: 100-continue; who may not is told before the body', options, async () => {
  const source = noise('f', 2 * MIB);
  const put = await curl(
    '-v',
    '-H',
    'Expect: 100-continue',
    '--expect100-timeout',
    '50',
    '-T',
    source,
    `${base()}/folder/f${DS}`,
  );
  assert.match(put.stderr, /< HTTP\/1\.1 100 Continue[\s\S]*< HTTP\/1\.1 201 Created/);
  const refused = await run('curl', [
    ...['-sS', '--cacert', ca, '-u', 'root:wrong', '-H', 'Expect: 100-continue', '--expect100-timeout', '50'],
    ...['-o', '/dev/null', '-w', '%{http_code} %{size_upload}', '-T', source, `${base()}/folder/f${DS}`],
  ]);
  assert.equal(refused.stdout, '401 0');
});

test('an upload that is killed leaves the old file whole, a second one replaces it', options, async () => {
  writeFileSync(stored('g'), 'old');
  const given = [
    '-sS',
    '--cacert',
    ca,
    '-u',
    'root:pa:ß word',
    '--limit-rate',
    '4M',
    '-T',
    noise('g', 16 * MIB),
  ];
  const child = spawn('curl', [...given, `${base()}/folder/g${DS}`], { stdio: 'ignore' });
  while (staged().length === 0) await new Promise(setImmediate);
  child.kill('SIGKILL');
  await once(child, 'exit');
  while (staged().length > 0) await new Promise(setImmediate);
  assert.equal(readFileSync(stored('g'), 'utf8'), 'old');
  assert.equal((await curl('-T', at('g'), '-w', '%{http_code}', `${base()}/folder/g${DS}`)).stdout, '200');
  assert.ok(readFileSync(stored('g')).equals(readFileSync(at('g'))));
});

test('a large upload and download: memory stays as it was', options, async () => {
  const bytes = 512 * MIB;
  writeFileSync(at('large'), '');
  truncateSync(at('large'), bytes);
  let rssMax = 0;
  const rssBefore = process.memoryUsage.rss();
  const watch = setInterval(() => {
    rssMax = Math.max(rssMax, process.memoryUsage.rss());
  }, 5);
  assert.equal(
    (await curl('-T', at('large'), '-w', '%{http_code}', `${base()}/folder/large.iso${DS}`)).stdout,
    '201',
  );
  const got = await curl(
    '-o',
    '/dev/null',
    '-w',
    '%{http_code} %{size_download}',
    `${base()}/folder/large.iso${DS}`,
  );
  clearInterval(watch);
  assert.equal(got.stdout, `200 ${bytes}`);
  const grown = (rssMax - rssBefore) / MIB;
  assert.ok(grown < 200, `memory grew by ${grown.toFixed(0)} MiB`);
  rmSync(at('large'));
  rmSync(stored('large.iso'));
});

test(
  'openssl: TLS 1.2 and 1.3, nothing older, no HTTP/2, the names of the certificate',
  options,
  async () => {
    const speak = (...given: string[]) =>
      run('openssl', ['s_client', '-connect', `127.0.0.1:${rig.number}`, '-CAfile', ca, ...given], '');
    for (const [flag, version] of [
      ['-tls1_2', 'TLSv1.2'],
      ['-tls1_3', 'TLSv1.3'],
    ] as const) {
      const { stdout, status } = await speak(
        flag,
        '-verify_return_error',
        '-verify_hostname',
        'host.example',
      );
      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`New, ${version}, Cipher is (?:ECDHE|TLS_AES)`));
      assert.match(stdout, /Verify return code: 0 \(ok\)/);
    }
    for (const flag of ['-tls1', '-tls1_1']) {
      const { stdout, stderr, status } = await speak(flag, '-cipher', 'ALL:@SECLEVEL=0');
      assert.notEqual(status, 0, flag);
      assert.match(stdout + stderr, /alert protocol version|no protocols available|Cipher is \(NONE\)/);
    }
    assert.notEqual((await speak('-alpn', 'h2')).status, 0);
    assert.match((await speak('-alpn', 'h2,http/1.1')).stdout, /ALPN protocol: http\/1\.1/);
    assert.notEqual((await speak('-tls1_2', '-cipher', 'AES128-GCM-SHA256')).status, 0);
  },
);

test('a certificate of one’s own by PUT: openssl makes it, the next connection has it', options, async () => {
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=own.example',
    '-addext',
    'subjectAltName=DNS:own.example',
  ];
  assert.equal((await run('openssl', [...made, '-keyout', at('own.key'), '-out', at('own.crt')])).status, 0);
  const before = ca;
  const put = (name: string, path: string) =>
    curl('-T', path, '-w', ' %{http_code}', `${base()}/host/${name}`);
  assert.match((await put('ssl_cert', at('own.crt'))).stdout, / 202$/);
  assert.match((await put('ssl_key', at('own.key'))).stdout, / 200$/);
  const resolved = ['--resolve', `own.example:${rig.number}:127.0.0.1`];
  const now = await run('curl', [
    '-sS',
    '--cacert',
    at('own.crt'),
    ...resolved,
    '-w',
    '%{http_code}',
    '-o',
    '/dev/null',
    `${base('own.example')}/`,
  ]);
  assert.deepEqual([now.stdout, now.stderr], ['200', '']);
  writeFileSync(before, readFileSync(at('own.crt')));
});

test('curl: a thousand downloads, fifty at a time, on connections that are kept', options, async () => {
  writeFileSync(stored('small'), 'small');
  const config = at('urls');
  const target = `https://own.example:${rig.number}/folder/small${DS}`;
  writeFileSync(config, `url = "${target}"\noutput = "/dev/null"\n`.repeat(1000));
  const resolved = ['--resolve', `own.example:${rig.number}:127.0.0.1`];
  const { stdout, stderr } = await curl(
    ...resolved,
    '--parallel',
    '--parallel-max',
    '50',
    '-w',
    '%{http_code} %{num_connects}\n',
    '-K',
    config,
  );
  assert.equal(stderr.replace(/DL%[\s\S]*/, '').trim(), '');
  const lines = stdout.trim().split('\n');
  assert.equal(lines.filter((line) => line.startsWith('200 ')).length, 1000);
  const connections = lines.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0);
  assert.ok(connections <= 200, `${connections} connections`);
});
