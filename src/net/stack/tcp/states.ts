/** The states of a TCP connection, and what leads from one to another. Source: RFC 9293 §3.3.2, figure 5. */

export type TcpState =
  | 'syn-sent'
  | 'syn-received'
  | 'established'
  | 'fin-wait-1'
  | 'fin-wait-2'
  | 'close-wait'
  | 'closing'
  | 'last-ack'
  | 'time-wait'
  | 'closed';

export type TcpEvent =
  | 'syn came'
  | 'handshake done'
  | 'fin sent'
  | 'fin acknowledged'
  | 'fin came'
  | 'waited'
  | 'reset';

// biome-ignore format: a table reads in columns
export const TRANSITIONS: readonly (readonly [from: TcpState, event: TcpEvent, to: TcpState])[] = [
  ['syn-sent',     'syn came',         'syn-received'],
  ['syn-sent',     'handshake done',   'established'],
  ['syn-received', 'handshake done',   'established'],
  ['established',  'fin sent',         'fin-wait-1'],
  ['established',  'fin came',         'close-wait'],
  ['fin-wait-1',   'fin acknowledged', 'fin-wait-2'],
  ['fin-wait-1',   'fin came',         'closing'],
  ['fin-wait-2',   'fin came',         'time-wait'],
  ['close-wait',   'fin sent',         'last-ack'],
  ['closing',      'fin acknowledged', 'time-wait'],
  ['last-ack',     'fin acknowledged', 'closed'],
  ['time-wait',    'waited',           'closed'],
];

/** Undefined: the event cannot be in this state. A reset ends every one. */
export function nextState(state: TcpState, event: TcpEvent): TcpState | undefined {
  if (event === 'reset') return state === 'closed' ? undefined : 'closed';
  return TRANSITIONS.find(([from, when]) => from === state && when === event)?.[2];
}

/** Both sides know each other's sequence numbers. */
export function isSynchronized(state: TcpState): boolean {
  return state !== 'syn-sent' && state !== 'syn-received' && state !== 'closed';
}
