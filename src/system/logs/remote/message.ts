/** A message as it goes over the network: formatted, cut to what is allowed, and framed. Source: RFC 5424, 3164, 6587. */
import { type LogEntry, timestamp } from '../entry.ts';
import { cutBytes } from '../escape.ts';
import { priority } from '../severity.ts';
import type { Formatter, Framing, LogTarget } from './target.ts';

/** What a datagram may have at most. Source: RFC 5426 §3.2, as ESXi takes it. */
export const UDP_BYTES_MAX = { ipv4: 480, ipv6: 1180 } as const;

/** RFC 5424 §7.3.1: from 1, and from 1 again after this. */
const SEQUENCE_ID_MAX = 2_147_483_647;
const NIL = '-';
const HOST_CHARACTERS_MAX = 255;
const PROGRAM_CHARACTERS_MAX = 48;

export interface MessageFacts {
  /** The host's name as it stands in each message. */
  readonly hostName: string;
  /** The message's number on the way to this target, from 0. */
  readonly sequence: number;
}

/** The bytes of one message, with its frame. */
export function message(
  entry: LogEntry,
  target: LogTarget,
  facts: MessageFacts,
  bytesMax: number,
): Uint8Array {
  return frame(formatted(entry, target.formatter, facts, bytesMax), target.framing);
}

function formatted(entry: LogEntry, formatter: Formatter, facts: MessageFacts, bytesMax: number): string {
  const whole = layOut(entry, formatter, facts, '');
  const length = byteLength(whole);
  if (length <= bytesMax) return whole;
  const note = `[cut@6876 msgModified="unstructured" remoteHostMaxMsgLen="${bytesMax}" originalLen="${length}"]`;
  const head = layOut({ ...entry, text: '' }, formatter, facts, note);
  return head + cutBytes(entry.text, bytesMax - byteLength(head));
}

/** Everything in its place; the text last. */
function layOut(
  entry: LogEntry,
  formatter: Formatter,
  { hostName, sequence }: MessageFacts,
  note: string,
): string {
  const { facility, severity, program, processId, text } = entry;
  const pri = `<${priority(facility, severity)}>`;
  const time = timestamp(entry.wallNanoseconds);
  const host = printable(hostName, HOST_CHARACTERS_MAX);
  const name = printable(program, PROGRAM_CHARACTERS_MAX);
  if (formatter === 'RFC_3164') {
    const tag = processId === undefined ? name : `${name}[${processId}]`;
    return `${pri}${time} ${host} ${tag}: ${note === '' ? '' : `${note} `}${text}`;
  }
  const data = `[meta sequenceId="${(sequence % SEQUENCE_ID_MAX) + 1}"]${note}`;
  return `${pri}1 ${time} ${host} ${name} ${processId ?? NIL} ${NIL} ${data} ${text}`;
}

/** Visible ASCII without spaces, as both formats want it. */
function printable(text: string, charactersMax: number): string {
  const clean = text.replace(/[^\x21-\x7e]/g, '_').slice(0, charactersMax);
  return clean === '' ? NIL : clean;
}

function frame(text: string, framing: Framing | 'none'): Uint8Array {
  if (framing === 'none') return new TextEncoder().encode(text);
  if (framing === 'non_transparent') return new TextEncoder().encode(`${text}\n`);
  return new TextEncoder().encode(`${byteLength(text)} ${text}`);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
