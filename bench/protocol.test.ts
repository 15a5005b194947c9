// Tests of what is read from the guest's console.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGuestLine } from './protocol.ts';

const RESULT = '00000000a75cb112';

test('parseGuestLine: knows each message, with what the console puts around it', () => {
  assert.deepEqual(parseGuestLine('@@ up\r'), { kind: 'up' });
  assert.deepEqual(parseGuestLine(`\x1b[0m@@ row crc32 1.5e+03 MB/s ${RESULT}\r`), {
    kind: 'row',
    row: 'crc32',
    reading: { value: 1500, unit: 'MB/s', result: RESULT },
  });
  assert.deepEqual(parseGuestLine('@@ end fib 139'), { kind: 'end', row: 'fib', status: 139 });
});

test('parseGuestLine: takes nothing else for a message', () => {
  const others = ['', '...', '[    1.2] reboot: Power down', '@@ ', '@@ end fib', '@@ row fib nan MB/s'];
  for (const line of [...others, '@@ row fib 12 MB/s 123'])
    assert.equal(parseGuestLine(line), undefined, line);
});
