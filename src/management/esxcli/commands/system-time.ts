/** `esxcli system time`, `hardware clock`: the host's time, which has one clock under both names. */
import { type Command, command } from '../command.ts';
import { long } from '../option.ts';
import { nothing, text } from '../output.ts';
import { isoSeconds } from '../time.ts';
import { told } from './system-account.ts';

const NS_PER_MS = 1_000_000n;
const CLOCKS = [
  [
    'system time',
    'Display the current system clock parameters.',
    'Set the system clock time. Any missing parameters will default to the current time.',
  ],
  [
    'hardware clock',
    'Display the current hardware clock time.',
    'Set the hardware clock time. Any missing parameters will default to the current time.',
  ],
] as const;

export const TIME_COMMANDS: readonly Command[] = CLOCKS.flatMap(([path, shows, sets]) => [
  command({
    path: `${path} get`,
    summary: shows,
    privilege: 'System.View',
    needs: ['clock'],
    options: {},
    output: text(),
    run: ({ clock }) => isoSeconds(clock.wallNanoseconds()),
  }),
  command({
    path: `${path} set`,
    summary: sets,
    privilege: 'Host.Config.DateTime',
    needs: ['clock'],
    options: {
      day: long('d', 'Day'),
      hour: long('H', 'Hour'),
      min: long('m', 'Minute'),
      month: long('M', 'Month'),
      sec: long('s', 'Second'),
      year: long('y', 'Year'),
    },
    output: nothing(),
    run: async ({ clock }, { day, hour, min, month, sec, year }) => {
      const now = new Date(Number(clock.wallNanoseconds() / NS_PER_MS));
      const wanted = [
        ...[year ?? now.getUTCFullYear(), month ?? now.getUTCMonth() + 1, day ?? now.getUTCDate()],
        ...[hour ?? now.getUTCHours(), min ?? now.getUTCMinutes(), sec ?? now.getUTCSeconds()],
      ] as const;
      const wallMs = instant(wanted);
      if (wallMs === undefined) return told({ message: `There is no such time as ${wanted.join(' ')}.` });
      return told(await clock.set(wallMs));
    },
  }),
]);

/** Undefined for a 31st of April, an hour 25, and the like: nothing is carried over. */
function instant([year = 0, month = 0, day = 0, hour = 0, min = 0, sec = 0]: readonly number[]):
  | number
  | undefined {
  const wallMs = Date.UTC(year, month - 1, day, hour, min, sec);
  const made = new Date(wallMs);
  const isSame =
    made.getUTCFullYear() === year &&
    made.getUTCMonth() === month - 1 &&
    made.getUTCDate() === day &&
    made.getUTCHours() === hour &&
    made.getUTCMinutes() === min &&
    made.getUTCSeconds() === sec;
  return isSame ? wallMs : undefined;
}
