// Sessions and tickets: how long they live, and that they are used as they are meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock, SeededRandom } from '#lib';
import type { Channel } from './channels.ts';
import { type SessionSettings, SessionTable } from './sessions.ts';
import { TicketTable } from './tickets.ts';

const SECOND = 1_000_000_000n;
const start = (user = 'root', channel: Channel = 'api') => ({
  user,
  fullName: 'R',
  channel,
  remote: '10.0.0.1',
});

function table() {
  const clock = new ManualClock(1000n * SECOND);
  const ended: string[] = [];
  const settings: { -readonly [K in keyof SessionSettings]: SessionSettings[K] } = {
    idleSeconds: {},
    maxSessions: 0,
  };
  const sessions = new SessionTable(
    clock,
    new SeededRandom(5),
    () => settings,
    ({ user }) => ended.push(user),
  );
  return { clock, ended, sessions, settings };
}

test('open: a UUID for administrators, 256 bits for the owner', () => {
  const { sessions } = table();
  const session = sessions.open({ ...start(), userAgent: 'x'.repeat(1000) });
  assert.match(session?.key ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(session?.cookie ?? '', /^[0-9a-f]{64}$/);
  assert.equal(session?.userAgent.length, 256);
  assert.notEqual(sessions.open(start())?.cookie, session?.cookie);
});

test('use: half an hour of idling ends it, activity does not', () => {
  const { clock, ended, sessions } = table();
  const cookie = sessions.open(start())?.cookie ?? '';
  for (let i = 1; i <= 3; i++) {
    clock.advance(1799n * SECOND);
    assert.equal(sessions.use(cookie)?.callCount, i);
  }
  assert.equal(sessions.list()[0]?.lastActiveWallNanoseconds, 6397n * SECOND);
  clock.advance(1800n * SECOND);
  assert.equal(sessions.use(cookie), undefined);
  assert.deepEqual(ended, ['root']);
  assert.equal(sessions.use('nonsense'), undefined);
});

test('hold: what is being done in a session keeps it; from its end on it idles', () => {
  const { clock, ended, sessions } = table();
  const cookie = sessions.open(start())?.cookie ?? '';
  const release = [sessions.hold(cookie), sessions.hold(cookie)];
  clock.advance(9000n * SECOND);
  release[0]?.();
  clock.advance(9000n * SECOND);
  sessions.sweep();
  assert.ok(sessions.knows(cookie));
  release[1]?.();
  clock.advance(1799n * SECOND);
  sessions.sweep();
  assert.deepEqual(ended, []);
  clock.advance(SECOND);
  sessions.sweep();
  assert.deepEqual([ended, sessions.knows(cookie)], [['root'], false]);
  sessions.hold('nonsense')();
});

test('settings: another idle time counts at once, 0 for ever; the most sessions are not those of the host itself', () => {
  const { clock, sessions, settings } = table();
  const cookie = sessions.open(start())?.cookie ?? '';
  settings.idleSeconds = { api: 60 };
  clock.advance(59n * SECOND);
  assert.ok(sessions.use(cookie));
  clock.advance(60n * SECOND);
  assert.equal(sessions.use(cookie), undefined);

  settings.idleSeconds = { api: 0 };
  settings.maxSessions = 1;
  const kept = sessions.open(start())?.cookie ?? '';
  assert.equal(sessions.open(start('b', 'client')), undefined);
  assert.ok(sessions.open(start('root', 'local')));
  clock.advance(1_000_000n * SECOND);
  assert.ok(sessions.use(kept));
  settings.maxSessions = 0;
  assert.ok(sessions.open(start('b', 'client')));
});

test('list: those of shells never idle out, ended ones are gone', () => {
  const { clock, sessions } = table();
  sessions.open(start('a'));
  const shell = sessions.open(start('b', 'ssh'));
  const ended = sessions.open(start('c', 'local'));
  assert.ok(sessions.end(ended?.key ?? ''));
  assert.ok(!sessions.end(ended?.key ?? ''));
  clock.advance(1_000_000n * SECOND);
  assert.deepEqual(
    sessions.list().map(({ user }) => user),
    ['b'],
  );
  assert.equal(sessions.find(shell?.key ?? '')?.user, 'b');
});

test('open: so many of one user, and no more at all', () => {
  const { sessions } = table();
  const opened = (user: string) =>
    Array.from({ length: 600 }, () => sessions.open(start(user))).filter(Boolean).length;
  assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(opened), [500, 500, 500, 500, 0]);
});

test('tickets: once, for one request, within their time, with their session', () => {
  const clock = new ManualClock();
  const tickets = new TicketTable(clock, new SeededRandom(6));
  const owner = { user: 'bob', key: 'k' };
  const request = { method: 'PUT', path: '/tmp/a.vib' };
  const issue = (seconds?: number) => tickets.issue(owner, request, seconds) ?? '';
  const first = issue();
  assert.equal(tickets.redeem(first, { method: 'GET', path: '/tmp/a.vib' }), undefined);
  assert.equal(tickets.redeem(first, { method: 'PUT', path: '/tmp/b.vib' }), undefined);
  assert.equal(tickets.redeem(first, { method: 'put', path: '/tmp/a.vib' }), 'bob');
  assert.equal(tickets.redeem(first, request), undefined, 'once');
  const [short, long] = [issue(1), issue(10_000)];
  clock.advance(30n * SECOND);
  assert.equal(tickets.redeem(short, request), undefined);
  clock.advance(269n * SECOND);
  assert.equal(tickets.redeem(long, request), 'bob');
  const revoked = issue();
  tickets.revoke('k');
  assert.equal(tickets.redeem(revoked, request), undefined);
  assert.equal(Array.from({ length: 10_001 }, () => tickets.issue(owner, request)).at(-1), undefined);
});
