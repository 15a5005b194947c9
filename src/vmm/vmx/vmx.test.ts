// A .vmx file: what is read is written again, and values survive whatever they hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import { removeDevice, Vmx } from './vmx.ts';

const TEXT = `#!/usr/bin/vmware
.encoding = "UTF-8"
displayName = "Büro"

memSize = "512"
`;

function parsed(text: string): Vmx {
  const vmx = Vmx.parse(text);
  assert.ok(vmx instanceof Vmx, JSON.stringify(vmx));
  return vmx;
}

test('Vmx: writing gives back what was read, comments too', () => {
  assert.equal(parsed(TEXT).toString(), TEXT);
});

test('get, set: keys are case-insensitive; a changed one keeps its place and spelling', () => {
  const vmx = parsed(TEXT);
  assert.equal(vmx.get('MEMSIZE'), '512');
  vmx.set('DISPLAYNAME', 'x');
  vmx.set('numvcpus', '2');
  assert.equal(vmx.toString(), `${TEXT.replace('Büro', 'x')}numvcpus = "2"\n`);
  vmx.delete('displayname');
  assert.equal(vmx.get('displayName'), undefined);
});

test('parse: a key that comes twice has its last value', () => {
  assert.equal(parsed('a = "1"\nA = "2"\n').get('a'), '2');
});

test('parse: the first bad line is named', () => {
  for (const bad of ['memSize = 512', 'memSize "512"', 'a = "b" c', '= "x"', 'a = "b']) {
    assert.deepEqual(Vmx.parse(`x = "1"\n${bad}\n`), { line: 2, text: bad });
  }
});

test('removeDevice: all that is said of it goes, and what it is owed; its neighbours stay', () => {
  const vmx = parsed(
    'scsi0:1.fileName = "a"\nSCSI0:1.mode = "x"\nsched.scsi0:1.shares = "high"\nscsi0:10.fileName = "b"\nscsi0.present = "TRUE"\n',
  );
  removeDevice(vmx, 'scsi0:1');
  assert.deepEqual(
    [...vmx.entries()].map(([key]) => key),
    ['scsi0:10.fileName', 'scsi0.present'],
  );
});

test('set: a key that cannot be written is refused', () => {
  for (const key of ['', 'a b', 'a=b', 'a"b', '#a']) assert.throws(() => new Vmx().set(key, ''), RangeError);
});

test('Vmx: any value is read as it was written; any text is read or refused', () => {
  const random = new SeededRandom(7);
  const alphabet = ['"', '|', '\n', '\r', '=', ' ', '#', 'a', 'ß', '|22', '\0', '€'];
  const text = (length: number) =>
    Array.from({ length }, () => alphabet[random.below(alphabet.length)]).join('');
  for (let round = 0; round < 500; round++) {
    const value = text(random.below(20));
    assert.equal(parsed(Vmx.of([['k', value]]).toString()).get('k'), value);
    const read = Vmx.parse(text(30));
    if (read instanceof Vmx) assert.equal(parsed(read.toString()).toString(), read.toString());
  }
});
