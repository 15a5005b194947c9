// Transfers: a token is good once, for one direction, for ten minutes, and there are only so many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GuestTransfer, GuestTransfers } from './guest-transfers.ts';

const transfer = { direction: 'from-guest', path: '/x', name: 'root' } as GuestTransfer;

test('GuestTransfers: once, in its direction, in time', () => {
  let ms = 0;
  const transfers = new GuestTransfers(() => ms);
  const token = transfers.open(transfer) ?? '';
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.equal(transfers.take(token, 'to-guest'), undefined);
  assert.equal(transfers.take(token, 'from-guest')?.path, '/x');
  assert.equal(transfers.take(token, 'from-guest'), undefined);
  const late = transfers.open(transfer) ?? '';
  ms = 600_000;
  assert.equal(transfers.take(late, 'from-guest'), undefined);
});

test('GuestTransfers: at most a thousand wait; what is over makes room', () => {
  let ms = 0;
  const transfers = new GuestTransfers(() => ms);
  for (let i = 0; i < 1000; i++) assert.ok(transfers.open(transfer));
  assert.equal(transfers.open(transfer), undefined);
  ms = 600_000;
  assert.ok(transfers.open(transfer));
});
