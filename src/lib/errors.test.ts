// Tests of the error table: messages are filled in, statuses are those of the manual page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AssertionFailure, ERRORS, HostError, assert as hostAssert } from './errors.ts';

test('HostError: fills its message in and carries status, hint and cause', () => {
  const cause = new Error('ENOENT');
  const error = new HostError('file-missing', { what: 'kernel', path: '/a {what} b' }, { cause });
  assert.equal(error.message, 'Cannot open kernel "/a {what} b": there is no such file');
  assert.equal(error.exitStatus, 2);
  assert.equal(error.hint, '');
  assert.equal(error.cause, cause);
  assert.ok(error instanceof Error);
});

test('HostError: a guest fault ends with status 3', () => {
  assert.equal(new HostError('guest-fault', { reason: 'vm-1: all harts stopped' }).exitStatus, 3);
});

test('ERRORS: statuses are 1, 2 or 3, messages start in upper case or with a value', () => {
  for (const [code, row] of Object.entries(ERRORS)) {
    assert.ok([1, 2, 3].includes(row.exitStatus), code);
    assert.match(row.message, /^["{A-Z]/, code);
    assert.doesNotMatch(row.message, /\.$/, code);
  }
});

test('assert: throws AssertionFailure with its message only when the condition is false', () => {
  hostAssert(true, 'never');
  assert.throws(() => hostAssert(0, 'zero'), new AssertionFailure('zero'));
});
