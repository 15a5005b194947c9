// Tests of the host's certificate: its names, first start, replacement half by half, and what is refused.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { Logger, ManualClock } from '#lib';
import { CERTIFICATE_PATH, CertificateStore, KEY_PATH, type TextFiles } from './certificate-store.ts';
import { addressBytes, makeCertificate, namesOf } from './make-certificate.ts';
import { belongTogether, certificateProblem, keyProblem, MAX_PEM_BYTES, pairProblem } from './pair.ts';

const WITH_OPENSSL = { skip: spawnSync('openssl', ['version']).error !== undefined && 'no openssl' };
const NOW_MS = Date.UTC(2026, 0, 15);
const NAMES = { hostName: 'Host-1.example.org', addresses: ['192.0.2.7', '2001:db8::7', 'fe80::1%eth0'] };
const randomBytes = (count: number) => new Uint8Array(count).fill(0xff);
const clock = () => new ManualClock(BigInt(NOW_MS) * 1_000_000n);
const newPair = (hostName = 'other') =>
  makeCertificate({ hostName, addresses: [], nowMs: NOW_MS, randomBytes });

class MapFiles implements TextFiles {
  readonly texts = new Map<string, string>();
  readonly modes = new Map<string, number>();

  read(path: string): string | undefined {
    return this.texts.get(path);
  }

  write(path: string, text: string, mode: number): void {
    this.texts.set(path, text);
    this.modes.set(path, mode);
  }
}

async function store(files = new MapFiles(), lines: string[] = []) {
  const logger = new Logger('ssl', ({ level, message }) => lines.push(`${level}: ${message}`), clock());
  return await CertificateStore.open({ files, clock: clock(), randomBytes, logger, names: NAMES });
}

test('makeCertificate: the names and addresses of the host, localhost, for servers, ten years, its own key', async () => {
  const pair = await makeCertificate({ ...NAMES, nowMs: NOW_MS, randomBytes });
  const certificate = new X509Certificate(pair.certificatePem);
  for (const name of ['host-1.example.org', 'host-1', 'localhost'])
    assert.equal(certificate.checkHost(name), name);
  for (const address of ['192.0.2.7', '127.0.0.1']) assert.equal(certificate.checkIP(address), address);
  for (const address of ['2001:db8::7', '::1', 'fe80::1']) assert.ok(certificate.checkIP(address), address);
  assert.equal(certificate.checkHost('example.org'), undefined);
  assert.equal(certificate.ca, false);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.equal(certificate.subject, 'CN=host-1.example.org');
  assert.ok(certificate.verify(certificate.publicKey));
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1');
  assert.ok(Date.parse(certificate.validTo) - NOW_MS > 9.9 * 365 * 86_400_000);
  assert.equal(pairProblem(pair, NOW_MS), undefined);
});

test('makeCertificate: OpenSSL reads it as it was meant', WITH_OPENSSL, async () => {
  const { certificatePem } = await newPair('lab');
  const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: certificatePem }).toString();
  assert.match(text, /DNS:lab, DNS:localhost, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1/);
  assert.match(text, /Key Usage: critical\s+Digital Signature\n/);
  assert.match(text, /Basic Constraints: critical\s+CA:FALSE/);
});

test('namesOf: what DNS cannot have is left out, doubles are too', () => {
  assert.deepEqual(namesOf({ hostName: 'no such name!', addresses: ['::1', 'what', '10.0.0.1'] }), {
    dns: ['localhost'],
    ip: ['::1', '10.0.0.1', '127.0.0.1'],
  });
  assert.deepEqual(namesOf({ hostName: '10.1.2.3', addresses: [] }).dns, ['localhost']);
});

test('addressBytes: IPv6 in every form', () => {
  // biome-ignore format: a table reads in columns
  const cases: [string, string][] = [
    ['1.2.3.4',          '01020304'],
    ['::',               '00'.repeat(16)],
    ['::1',              `${'00'.repeat(15)}01`],
    ['2001:db8::',       `20010db8${'00'.repeat(12)}`],
    ['1:2:3:4:5:6:7:8',  '00010002000300040005000600070008'],
    ['::ffff:192.0.2.1', `${'00'.repeat(10)}ffffc0000201`],
  ];
  for (const [text, hex] of cases) assert.equal(Buffer.from(addressBytes(text)).toString('hex'), hex, text);
});

test('open: makes a pair at first start, key readable by root only, and finds it again', async () => {
  const files = new MapFiles();
  const first = await store(files);
  assert.equal(files.modes.get(KEY_PATH), 0o400);
  assert.equal(files.modes.get(CERTIFICATE_PATH), 0o644);
  assert.ok(belongTogether(first.current));
  assert.deepEqual((await store(files)).current, first.current);
});

test('open: a pair that cannot be used stays where it is, and the port still has one', async () => {
  const files = new MapFiles();
  files.write(CERTIFICATE_PATH, (await newPair()).certificatePem, 0o644);
  files.write(KEY_PATH, (await newPair()).keyPem, 0o400);
  const before = new Map(files.texts);
  const lines: string[] = [];
  const { current } = await store(files, lines);
  assert.ok(belongTogether(current));
  assert.deepEqual(files.texts, before);
  assert.match(
    lines.join('\n'),
    /error: .*rui\.crt: The key is not that of the certificate; a self-signed one/,
  );
});

test("renew: for new names, once made here; an administrator's own pair stays, also one that comes meanwhile", async () => {
  const files = new MapFiles();
  const opened = await store(files);
  const names = (): string => new X509Certificate(opened.current.certificatePem).subjectAltName ?? '';
  await Promise.all(['a', 'b'].map((hostName) => opened.renew({ hostName, addresses: [] })));
  assert.match(names(), /^DNS:b, DNS:localhost/);
  const again = await store(files);
  await again.renew({ hostName: 'c', addresses: [] });
  assert.match(new X509Certificate(again.current.certificatePem).subjectAltName ?? '', /^DNS:c/);

  const own = await newPair('own');
  const renewal = again.renew({ hostName: 'd', addresses: [] });
  again.replaceKey(own.keyPem);
  assert.equal(again.replaceCertificate(own.certificatePem).kind, 'in-effect');
  await renewal;
  await again.renew({ hostName: 'e', addresses: [] });
  assert.deepEqual(again.current, own);
  assert.equal(files.read(CERTIFICATE_PATH), own.certificatePem);
});

for (const order of ['certificate first', 'key first'] as const) {
  test(`replace, ${order}: the first half waits, both take effect together`, async () => {
    const files = new MapFiles();
    const opened = await store(files);
    const before = opened.current;
    const seen: unknown[] = [];
    opened.onChange((pair) => seen.push(pair));
    const pair = await newPair();
    const halves = [
      () => opened.replaceCertificate(pair.certificatePem),
      () => opened.replaceKey(pair.keyPem),
    ] as const;
    const [one, two] = order === 'key first' ? [halves[1], halves[0]] : halves;
    assert.deepEqual(one(), { kind: 'waiting', for: order === 'key first' ? 'certificate' : 'key' });
    assert.equal(opened.current, before);
    assert.deepEqual(seen, []);
    assert.deepEqual(two(), { kind: 'in-effect' });
    assert.deepEqual(opened.current, pair);
    assert.deepEqual(seen, [pair]);
    assert.equal(files.read(KEY_PATH), pair.keyPem);
    assert.equal(files.read(CERTIFICATE_PATH), pair.certificatePem);
  });
}

test('replace: a key that fits neither the certificate in use nor the one that waits takes the place of what waits', async () => {
  const opened = await store();
  const [a, b] = [await newPair('a'), await newPair('b')];
  assert.equal(opened.replaceCertificate(a.certificatePem).kind, 'waiting');
  assert.equal(opened.replaceKey(b.keyPem).kind, 'waiting');
  assert.equal(opened.replaceCertificate(b.certificatePem).kind, 'in-effect');
  assert.deepEqual(opened.current, b);
});

test('replace: a renewed certificate for the key in use takes effect at once', async () => {
  const opened = await store();
  assert.equal(opened.replaceCertificate(opened.current.certificatePem).kind, 'in-effect');
});

test('what cannot be used is refused with its reason', WITH_OPENSSL, async () => {
  const pair = await newPair();
  const year2050 = Date.UTC(2050, 0, 1);
  assert.match(certificateProblem('hello', NOW_MS) ?? '', /no "-----BEGIN CERTIFICATE-----" block/);
  assert.match(certificateProblem(pair.certificatePem, year2050) ?? '', /it was valid until .* 2036/);
  assert.match(certificateProblem(pair.certificatePem, 0) ?? '', /only from .* 2026/);
  assert.ok(certificateProblem(pair.certificatePem.replace(/MII.{20}/, ''), NOW_MS));
  assert.ok(keyProblem(pair.certificatePem));
  assert.match(keyProblem(`${pair.keyPem}${' '.repeat(MAX_PEM_BYTES)}`) ?? '', /more than/);
  const locked = execFileSync('openssl', ['pkey', '-aes128', '-passout', 'pass:x'], { input: pair.keyPem });
  assert.match(keyProblem(locked.toString()) ?? '', /encrypted/);
  const opened = await store();
  assert.equal(opened.replaceCertificate('nothing').kind, 'refused');
  assert.equal(opened.replaceKey('nothing').kind, 'refused');
});

test('a key that TLS finds too short is refused, not put on the port', WITH_OPENSSL, async () => {
  const made = execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', '-', '-days', '9999', '-subj', '/CN=weak'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  ).toString();
  const [keyPem = '', certificatePem = ''] = made.split(/(?=-----BEGIN CERTIFICATE)/);
  const opened = await store();
  const before = opened.current;
  const later = Date.now();
  assert.match(pairProblem({ certificatePem, keyPem }, later) ?? '', /TLS refuses them: .*small/);
  assert.notEqual(opened.replaceCertificate(certificatePem).kind, 'in-effect');
  assert.notEqual(opened.replaceKey(keyPem).kind, 'in-effect');
  assert.equal(opened.current, before);
});
