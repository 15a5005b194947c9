/** Power states of a VM: rows [from, event, to], and nothing else moves one. */

// biome-ignore format: a table reads in columns
export const TRANSITIONS = [
  ['off',        'start',   'starting'],
  ['suspended',  'start',   'starting'],
  ['starting',   'started', 'on'],
  ['starting',   'ended',   'off'],       // it could not be started
  ['starting',   'kept',    'suspended'], // it could not be resumed: what was saved is still there
  ['on',         'pause',   'paused'],
  ['paused',     'resume',  'on'],
  ['on',         'reset',   'on'],
  ['paused',     'reset',   'on'],
  ['on',         'stop',    'stopping'],
  ['paused',     'stop',    'stopping'],
  ['starting',   'stop',    'stopping'],
  ['suspended',  'stop',    'off'],       // what was saved is given up
  ['on',         'suspend', 'suspending'],
  ['paused',     'suspend', 'suspending'],
  ['suspending', 'saved',   'suspended'],
  ['suspending', 'resume',  'on'],        // it could not be saved: it goes on
  ['off',        'record',  'recording'],
  ['on',         'record',  'recording'], // the machine goes over to where it can be recorded
  ['paused',     'record',  'recording'],
  ['suspended',  'record',  'recording'],
  ['recording',  'started', 'on'],        // and back
  ['recording',  'kept',    'suspended'], // it could not go back: what was saved is there
  ['recording',  'stop',    'stopping'],
  ['recording',  'ended',   'off'],
  ['off',        'debug',   'debugging'],
  ['on',         'debug',   'debugging'], // the machine goes over to where gdb can have it
  ['paused',     'debug',   'debugging'],
  ['suspended',  'debug',   'debugging'],
  ['debugging',  'started', 'on'],        // and back
  ['debugging',  'kept',    'suspended'], // the same: what was saved is there
  ['debugging',  'stop',    'stopping'],
  ['debugging',  'ended',   'off'],
  ['on',         'ended',   'off'],
  ['paused',     'ended',   'off'],
  ['stopping',   'ended',   'off'],
  ['suspending', 'ended',   'off'],
] as const;

export type PowerState = (typeof TRANSITIONS)[number][0 | 2];
export type PowerEvent = (typeof TRANSITIONS)[number][1];

/** How a state is told to a person. */
export const STATE_TEXT: Readonly<Record<PowerState, string>> = {
  off: 'powered off',
  starting: 'starting',
  on: 'powered on',
  paused: 'paused',
  stopping: 'stopping',
  suspending: 'being suspended',
  suspended: 'suspended',
  recording: 'being recorded',
  debugging: 'being debugged',
};

/** The state after `event`, or undefined when it cannot happen in this state. */
export function nextPowerState(state: PowerState, event: PowerEvent): PowerState | undefined {
  return TRANSITIONS.find(([from, on]) => from === state && on === event)?.[2];
}

/** Whether a machine exists for a VM in this state. */
export function isRunning(state: PowerState): boolean {
  return state !== 'off' && state !== 'suspended';
}
