// Entries of a page map: what stands in them comes out again, and their rights follow from state and bits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MapFlag } from '#riscv';
import { EntryBit, entryCode, entryNumber, entryState, makeEntry, withBits } from './map-entry.ts';
import { PageState, type PageStateName, RIGHTS } from './page-states.ts';

const STATES = Object.keys(PageState) as PageStateName[];
const BITS = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => n << 2);
const RIGHTS_MASK = MapFlag.Present | MapFlag.Writable;

test('makeEntry: state, number and bits come out again', () => {
  for (const state of STATES) {
    for (const number of [0, 1, 0x7_ffff, 0x8_0000, 0xf_ffff]) {
      for (const bits of BITS) {
        const entry = makeEntry(PageState[state], number, bits);
        assert.equal(entryState(entry), state);
        assert.equal(entryCode(entry), PageState[state]);
        assert.equal(entryNumber(entry), number);
        assert.equal(withBits(entry, bits), entry);
        assert.equal(withBits(withBits(entry, 0), bits), entry);
      }
    }
  }
});

test('makeEntry: what may be written is marked as written; bits take rights away and never give any', () => {
  for (const state of STATES) {
    for (const bits of BITS) {
      const entry = makeEntry(PageState[state], 1, bits);
      const rights = entry & RIGHTS_MASK;
      assert.equal(rights & ~RIGHTS[state], 0);
      if ((rights & MapFlag.Writable) !== 0) {
        assert.notEqual(bits & EntryBit.Dirty, 0);
        assert.equal(bits & (EntryBit.Protected | EntryBit.Withdrawn), 0);
      }
      if ((bits & EntryBit.Withdrawn) !== 0) assert.equal(rights, 0);
    }
    assert.equal(makeEntry(PageState[state], 1, EntryBit.Dirty) & RIGHTS_MASK, RIGHTS[state]);
  }
});

test('makeEntry: a page that was never touched is 0', () => {
  assert.equal(makeEntry(PageState.unbacked, 0, 0), 0);
});
