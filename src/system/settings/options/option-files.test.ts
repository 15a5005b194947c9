// Tests of options that are files: each follows the other, also at the start.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testParts } from '../testing.ts';
import { AdvancedOptions } from './advanced-options.ts';
import { OptionFiles } from './option-files.ts';

test('OptionFiles: a set option is in its file, a put file in its option; what is no text stays in the file', () => {
  const parts = testParts(new Map([['/etc/motd', 'hello\n']]));
  const options = new AdvancedOptions(parts);
  const optionFiles = new OptionFiles({ ...parts, options });
  assert.equal(options.text('Config.Etc.motd'), 'hello\n');
  options.set('Config.Etc.issue', 'who are you?\n');
  assert.equal(parts.files.read('/etc/issue'), 'who are you?\n');
  parts.files.replace('/etc/motd', 'changed\n');
  optionFiles.readAgain();
  assert.equal(options.text('Config.Etc.motd'), 'changed\n');
  parts.files.replace('/etc/motd', 'bell \u0007');
  optionFiles.readAgain();
  assert.equal(options.text('Config.Etc.motd'), 'changed\n');
  assert.equal(parts.files.read('/etc/motd'), 'bell \u0007');
  assert.match(parts.said.join(), /\/etc\/motd: .*Config\.Etc\.motd/);
});
