/** How far an installation is, by what dpkg says of each package that it configures. */

const SETTING_UP = 'Setting up ';

/** Takes what the machine says that installs; `report` hears of each package, of 1. */
export function countConfigured(
  packages: number,
  report: (done: number) => void,
): (bytes: Uint8Array) => void {
  let done = 0;
  let rest = '';
  return (bytes) => {
    const text = rest + Buffer.from(bytes).toString('latin1');
    const found = text.split(SETTING_UP).length - 1;
    // Too short to be found again.
    rest = text.slice(1 - SETTING_UP.length);
    done += found;
    if (found > 0) report(Math.min(1, done / packages));
  };
}
