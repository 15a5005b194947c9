/** Tests of lanes: rings of frames, who goes past the switch, and what a flood leaves to others. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { writeBig16 } from '../checksum.ts';
import type { Frame } from '../frame.ts';
import { TAKES_ALL } from '../port.ts';
import { putMac } from '../switch/mac.ts';
import { Arena, FROM_SWITCH } from './arena.ts';
import { FrameRing, recordBytes } from './frame-ring.ts';
import { GuestLane, putReceived } from './guest-lane.ts';
import { type LanePort, SwitchLanes } from './switch-lanes.ts';

const RING_BYTES = 4096;

function ring(): FrameRing {
  const buffer = new SharedArrayBuffer(64 + RING_BYTES);
  return new FrameRing(new Int32Array(buffer, 0, 4), new Uint8Array(buffer, 64, RING_BYTES));
}

/** A ring with a history, so that its positions wrap around 2^32. */
test('FrameRing: frames come out as they went in, whatever their lengths', () => {
  const random = new SeededRandom(5);
  const subject = ring();
  const waiting: Frame[] = [];
  for (let i = 0; i < 20_000; i++) {
    const length = random.below(random.below(4) === 0 ? 1500 : 100);
    if (random.below(2) === 0 && subject.fits(length)) {
      const bytes = Uint8Array.from({ length }, () => random.below(256));
      const cut = random.below(length + 1);
      const isLong = length > 60 && random.below(2) === 0;
      if (isLong) bytes[34 + 12] = 0x50;
      const note = isLong
        ? {
            checksum: { start: 34, offset: 16 },
            gso: { type: 'tcp4', size: 1 + random.below(1460) } as const,
          }
        : {};
      subject.put([bytes.subarray(0, cut), bytes.subarray(cut)], { length, ...note }, i % 7);
      waiting.push({
        bytes,
        ...note,
        ...('gso' in note && { gso: { ...note.gso, headerLength: 54 } }),
      } as Frame);
    } else {
      const frame = subject.peek();
      const expected = waiting.shift();
      assert.deepEqual(frame && [...frame.bytes], expected && [...expected.bytes]);
      assert.deepEqual([frame?.checksum, frame?.gso], [expected?.checksum, expected?.gso]);
      if (frame) assert.ok(subject.drop() >= frame.bytes.length);
    }
    assert.ok(subject.usedBytes <= RING_BYTES);
    assert.equal(subject.isEmpty, waiting.length === 0);
  }
});

test('FrameRing: a lock that a dead thread holds is broken by nobody else', () => {
  const subject = ring();
  assert.equal(subject.lock(3), true);
  assert.equal(subject.lock(4), false);
  subject.breakLock(5);
  assert.equal(subject.lock(4), false);
  subject.breakLock(3);
  assert.equal(subject.lock(4), true);
});

const MACS = [0x02_00_00_00_00_01, 0x02_00_00_00_00_02, 0x02_00_00_00_00_03];

/** A switch with NICs; what its side hears is kept. */
function network(nics: number) {
  const arena = new Arena();
  const rung: number[] = [];
  const host = (pcpu: number) => ({ pcpu, ring: (home: number) => void rung.push(home) });
  const clock = { ms: 0 };
  const lanes = new SwitchLanes(arena, host(99), () => clock.ms);
  const heard: string[] = [];
  const made = Array.from({ length: nics }, (_, i) => {
    const port = lanes.open(i) as LanePort;
    port.onReceive((frame) => void heard.push(`${i}: ${frame.bytes.length}`), TAKES_ALL);
    return { port, lane: new GuestLane(arena, port.port, host(i)) };
  });
  const express = (domain: number): void => {
    for (const [i, { port }] of made.entries()) port.setExpress(domain, MACS[i] as number, 1500);
    arena.setExpress(made.map(({ port }, i) => ({ domain, mac: MACS[i] as number, port: port.port })));
  };
  return { arena, lanes, made, heard, rung, express, clock };
}

function frame(from: number, to: number, length = 100, type = 0x0800): Uint8Array {
  const bytes = new Uint8Array(length);
  putMac(bytes, 0, to < 0 ? 0xffff_ffff_ffff : (MACS[to] as number));
  putMac(bytes, 6, MACS[from] as number);
  writeBig16(bytes, 12, type);
  return bytes;
}

test('GuestLane: to a neighbour it goes past the switch; all else, and what is forged, by it', () => {
  const { made, heard, lanes, express, rung } = network(2);
  const [a, b] = made;
  assert.ok(a && b);
  const send = (bytes: Uint8Array) =>
    a.lane.send([bytes.subarray(0, 9), bytes.subarray(9)], { length: bytes.length });
  send(frame(0, 1));
  express(7);
  send(frame(0, 1, 200));
  send(frame(0, -1, 201));
  send(frame(1, 1, 202));
  send(frame(0, 2, 203));
  send(frame(0, 1, 204, 0x8100));
  send(frame(0, 1, 2000));
  lanes.poll(0);
  assert.deepEqual(heard, ['0: 100', '0: 201', '0: 202', '0: 203', '0: 204', '0: 2000']);
  assert.deepEqual(rung, [1]);
  const got = b.lane.peek();
  assert.deepEqual(got && [...got.bytes], [...frame(0, 1, 200)]);
  assert.ok(got);
  b.lane.drop(got);
  assert.equal(b.lane.peek(), undefined);
  assert.deepEqual(
    [a.port.counters().expressFrames, b.port.counters().receivedFrames, b.port.counters().receivedBytes],
    [1, 1, 200],
  );
});

test('GuestLane: while the switch does not take, the guest waits and nothing is lost', () => {
  const { made, heard, lanes } = network(1);
  const [a] = made;
  assert.ok(a);
  let sent = 0;
  while (a.lane.hasRoom()) {
    a.lane.send([frame(0, 2, 1000)], { length: 1000 });
    sent++;
  }
  assert.ok(sent > 100);
  assert.equal(a.lane.hasRoomAgain, false);
  while (lanes.poll(0).isMore);
  assert.equal(a.lane.hasRoomAgain, true);
  a.lane.takeRoomAgain();
  assert.equal(heard.length, sent);
  assert.equal(a.lane.hasRoom(), true);
});

test('SwitchLanes: a flood from one port does not keep another waiting', () => {
  const { made, heard, lanes } = network(2);
  const [a, b] = made;
  assert.ok(a && b);
  while (a.lane.hasRoom()) a.lane.send([frame(0, 2, 60)], { length: 60 });
  b.lane.send([frame(1, 2, 77)], { length: 77 });
  lanes.poll(0);
  assert.ok(heard.includes('1: 77'));
  assert.ok(heard.length < 2500, 'a turn has a bound');
});

test('SwitchLanes: a turn ends after a time too, and the time is that of the sender', () => {
  const { made, heard, lanes, clock } = network(2);
  const [a, b] = made;
  assert.ok(a && b);
  let frames = 0;
  a.port.onReceive(() => void (frames++, (clock.ms += 0.1)), TAKES_ALL);
  for (let i = 0; i < 20; i++) a.lane.send([frame(0, -1, 60)], { length: 60 });
  b.lane.send([frame(1, -1, 60)], { length: 60 });
  assert.equal(lanes.poll(0).isMore, true);
  assert.ok(frames >= 5 && frames <= 6, `${frames} frames`);
  assert.deepEqual(heard, ['1: 60']);
  while (lanes.poll(0).isMore);
  assert.equal(frames, 20);
  assert.ok(Math.abs(a.port.counters().switchMs - 2) < 1e-9);
  assert.equal(b.port.counters().switchMs, 0);
});

test('SwitchLanes: a gate holds a port up, and only that', () => {
  const { made, heard, lanes } = network(2);
  const [a, b] = made;
  assert.ok(a && b);
  let waitMs = 5;
  a.port.setGate(() => waitMs);
  a.lane.send([frame(0, 2)], { length: 100 });
  b.lane.send([frame(1, 2)], { length: 100 });
  assert.equal(lanes.poll(0).nextMs, 5);
  assert.deepEqual(heard, ['1: 100']);
  waitMs = 0;
  lanes.poll(4);
  assert.deepEqual(heard, ['1: 100']);
  lanes.poll(5);
  assert.deepEqual(heard, ['1: 100', '0: 100']);
});

test('putReceived: who floods a port leaves half of what is free to others', () => {
  const { arena, made } = network(3);
  const [a] = made;
  assert.ok(a);
  const put = (from: number, length: number) =>
    putReceived(arena, a.port.port, [new Uint8Array(length)], { length }, from, { pcpu: 1, ring: () => {} });
  while (put(1, 1500) === 'put');
  const { usedBytes, sizeBytes } = arena.receiveRing(a.port.port);
  assert.ok(usedBytes <= sizeBytes / 2 + recordBytes(1500));
  let others = 0;
  for (let i = 0; i < 100; i++) if (put(2, 1500) === 'put' && put(FROM_SWITCH, 1500) === 'put') others++;
  assert.equal(others, 100);
  for (let next = a.lane.peek(); next; next = a.lane.peek()) a.lane.drop(next);
  assert.deepEqual([arena.share(a.port.port, 1), arena.share(a.port.port, 2)], [0, 0]);
});

test('SwitchLanes: a port that is closed takes nothing, and its number is used again', () => {
  const { arena, made, lanes } = network(2);
  const [a] = made;
  assert.ok(a);
  a.port.close();
  const note = { length: 60 };
  const host = { pcpu: 1, ring: () => {} };
  assert.equal(putReceived(arena, a.port.port, [new Uint8Array(60)], note, 1, host), 'full');
  assert.equal(lanes.open(0)?.port, a.port.port);
});

test('Arena: the express table finds what is in it, and nothing else', () => {
  const arena = new Arena();
  const random = new SeededRandom(9);
  const rows = Array.from({ length: 900 }, (_, port) => ({
    domain: 1 + random.below(5),
    mac: random.below(2 ** 16) * 2 ** 32 + random.below(2 ** 32),
    port,
  }));
  arena.setExpress(rows);
  for (const { domain, mac, port } of rows) {
    assert.equal(arena.express(domain, Math.floor(mac / 2 ** 32), mac | 0), port);
    assert.equal(arena.express(domain + 5, Math.floor(mac / 2 ** 32), mac | 0), -1);
  }
  arena.setExpress([]);
  assert.equal(arena.express(1, 2, 3), -1);
});
