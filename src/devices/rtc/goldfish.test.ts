/** Tests of the clock: reading, setting, and the alarm. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Wire } from '../testing.ts';
import { GoldfishRtc } from './goldfish.ts';

const R = {
  timeLow: 0,
  timeHigh: 4,
  alarmLow: 8,
  alarmHigh: 0xc,
  irqEnabled: 0x10,
  clearAlarm: 0x14,
  alarmStatus: 0x18,
  clearInterrupt: 0x1c,
};

function machine(start: bigint) {
  const clock = { now: start };
  const line = new Wire();
  const alarms: (bigint | undefined)[] = [];
  const rtc = new GoldfishRtc({
    nowNanoseconds: () => clock.now,
    line,
    setAlarm: (at) => void alarms.push(at),
  });
  return {
    rtc,
    line,
    clock,
    alarms,
    get: (at: number) => rtc.read(at, 4),
    put: (at: number, value: number) => rtc.write(at, 4, value),
  };
}

test('GoldfishRtc: the high half belongs to the low half that was read', () => {
  const { clock, get } = machine(0x1_ffff_ffffn);
  assert.equal(get(R.timeLow), 0xffff_ffff);
  clock.now += 1n;
  assert.equal(get(R.timeHigh), 1);
  assert.deepEqual([get(R.timeLow), get(R.timeHigh)], [0, 2]);
});

test('GoldfishRtc: the guest sets the time, which then goes on', () => {
  const { clock, get, put } = machine(1_000_000_000n);
  put(R.timeHigh, 0x10);
  put(R.timeLow, 0x20);
  clock.now += 5n;
  assert.deepEqual([get(R.timeLow), get(R.timeHigh)], [0x25, 0x10]);
});

test('GoldfishRtc: an alarm asks for its time, fires once, and interrupts while enabled', () => {
  const { rtc, line, clock, alarms, get, put } = machine(100n);
  put(R.irqEnabled, 1);
  put(R.alarmHigh, 1);
  put(R.alarmLow, 5);
  assert.deepEqual(alarms, [0x1_0000_0005n]);
  assert.equal(get(R.alarmStatus), 1);
  rtc.tick();
  assert.ok(!line.level);
  clock.now = 0x1_0000_0005n;
  rtc.tick();
  assert.ok(line.level);
  assert.equal(get(R.alarmStatus), 0);
  put(R.clearInterrupt, 1);
  rtc.tick();
  assert.ok(!line.level);
});

test('GoldfishRtc: an alarm in the past fires at once, a cleared one never', () => {
  const { rtc, line, clock, alarms, put } = machine(100n);
  put(R.alarmLow, 50);
  assert.ok(!line.level, 'not enabled');
  put(R.irqEnabled, 1);
  assert.ok(line.level);
  put(R.clearInterrupt, 0);
  put(R.alarmLow, 200);
  put(R.clearAlarm, 0);
  assert.equal(alarms.at(-1), undefined);
  clock.now = 300n;
  rtc.tick();
  assert.ok(!line.level);
});

test('GoldfishRtc: paused it fires later; state goes on elsewhere', () => {
  const { rtc, line, clock, put } = machine(100n);
  put(R.irqEnabled, 1);
  put(R.alarmLow, 200);
  rtc.pause();
  clock.now = 300n;
  rtc.tick();
  assert.ok(!line.level);
  const other = machine(500n);
  other.rtc.pause();
  other.rtc.restore(structuredClone(rtc.save()));
  assert.ok(!other.line.level);
  other.rtc.resume();
  other.rtc.tick();
  assert.ok(other.line.level);
  rtc.resume();
  rtc.tick();
  assert.ok(line.level);
  rtc.reset();
  assert.ok(!line.level);
});
