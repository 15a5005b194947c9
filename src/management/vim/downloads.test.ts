// Files that are fetched by a path that nobody can guess; the host's configuration is one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Downloads } from './downloads.ts';

test('Downloads: good once, by its name, for ten minutes, and not too many at a time', () => {
  let nowMs = 0;
  const downloads = new Downloads(() => nowMs);
  const offer = (name: string) => {
    const [, , token = ''] = downloads.offer({ name, bytes: Buffer.from(name) }).split('/');
    return token;
  };
  assert.match(
    downloads.offer({ name: 'a b.tgz', bytes: Buffer.alloc(0) }),
    /^\/downloads\/[0-9a-f]{64}\/a%20b\.tgz$/,
  );
  const first = offer('one');
  assert.equal(downloads.take(first, 'two'), undefined);
  assert.equal(Buffer.from(downloads.take(first, 'one')?.bytes ?? []).toString(), 'one');
  assert.equal(downloads.take(first, 'one'), undefined);
  const late = offer('late');
  nowMs += 600_000;
  assert.equal(downloads.take(late, 'late'), undefined);
  const many = Array.from({ length: 9 }, (_, i) => offer(`n${i}`));
  assert.equal(downloads.take(many[0] ?? '', 'n0'), undefined);
  assert.ok(downloads.take(many[8] ?? '', 'n8'));
});
