/** A press of a machine's button as one event of input: its key's number, 16 bits, little-endian. */
import { BUTTONS, type Button } from '#devices';

const EVENT_BYTES = 2;

export function writeButton(button: Button): Uint8Array {
  const code = BUTTONS[button];
  return Uint8Array.of(code & 0xff, code >>> 8);
}

/** @throws RangeError when it is no button that there is */
export function readButton(bytes: Uint8Array): Button {
  const code = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const names = Object.keys(BUTTONS) as Button[];
  const button = names.find((name) => BUTTONS[name] === code);
  if (bytes.length !== EVENT_BYTES || button === undefined)
    throw new RangeError(`there is no button ${code}`);
  return button;
}
