/** ICMP of the stack: answers echoes, sends and understands errors, pings. Source: RFC 792, RFC 1122 §3.2.2. */

import { readBig16, readBig32 } from '../checksum.ts';
import type { Alarm, Alarms } from './alarms.ts';
import type { Arrival } from './interface.ts';
import { HEADROOM, type Internet } from './internet.ts';
import {
  emitIcmp,
  ICMP,
  ICMP_BYTES,
  type IcmpMessage,
  isIcmpError,
  parseIcmp,
  UNREACHABLE,
} from './wire/icmp.ts';
import { IPV4_BYTES, type Ipv4Packet, PROTOCOL } from './wire/ipv4.ts';
import { isMalformed } from './wire/malformed.ts';

/** What an error says about a packet that we sent: as much of it as the error brings. */
export interface IcmpError {
  readonly type: number;
  readonly code: number;
  /** Of "fragmentation needed". */
  readonly mtu: number;
  readonly source: number;
  readonly target: number;
  readonly protocol: number;
  /** The whole packet's length as its header says. */
  readonly sentBytes: number;
  /** At least 8 bytes of what the packet carried. */
  readonly transport: Uint8Array;
}

export type EchoResult =
  | {
      readonly kind: 'reply';
      readonly from: number;
      readonly milliseconds: number;
      readonly hops: number;
      readonly bytes: number;
    }
  | { readonly kind: 'unreachable'; readonly from: number; readonly code: number }
  | { readonly kind: 'time-exceeded'; readonly from: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'not-sent'; readonly reason: 'no route' | 'too long' };

export interface EchoRequest {
  readonly target: number;
  readonly source?: number;
  readonly data: Uint8Array;
  readonly timeoutMs: number;
  readonly hops?: number;
  readonly dontFragment?: boolean;
}

interface PendingEcho {
  readonly request: EchoRequest;
  readonly sentMs: number;
  readonly alarm: Alarm;
  readonly done: (result: EchoResult) => void;
}

/** Errors that may be sent, in a burst and per second. Source: RFC 1812 §4.3.2.8. */
const ERROR_RATE = { burst: 50, perSecond: 100 } as const;

export class Icmp {
  /** Sees echo requests that are not for this stack; true: it answers them. */
  onForeignEcho: ((packet: Ipv4Packet, message: IcmpMessage, arrival: Arrival) => void) | undefined;
  /** Hears of errors about segments and datagrams that we sent, by protocol. */
  readonly errorHandlers = new Map<number, (error: IcmpError) => void>();
  readonly counts = { malformed: 0, errorsSent: 0, errorsHeldBack: 0 };
  readonly #internet: Internet;
  readonly #alarms: Alarms;
  readonly #echoes = new Map<number, PendingEcho>();
  #nextEcho: number;
  #tokens: number = ERROR_RATE.burst;
  #tokensAtMs = 0;

  constructor(internet: Internet, alarms: Alarms, firstEcho: number) {
    this.#internet = internet;
    this.#alarms = alarms;
    this.#nextEcho = firstEcho;
    internet.handlers.set(PROTOCOL.icmp, (packet, arrival) => this.#receive(packet, arrival));
  }

  /** Asks for an echo; `done` is called once. The answer takes the question back. */
  echo(request: EchoRequest, done: (result: EchoResult) => void): () => void {
    const key = this.#nextEcho++ >>> 0;
    const alarm = this.#alarms.alarm(() => this.#settle(key, { kind: 'timeout' }));
    const sentMs = this.#alarms.now();
    this.#echoes.set(key, { request, sentMs, alarm, done });
    alarm.set(sentMs + request.timeoutMs);
    const { target, source, hops, dontFragment, data } = request;
    const message = { type: ICMP.echo, code: 0, high: (key >>> 16) & 0xffff, low: key & 0xffff, data };
    const result = this.#send(message, {
      target,
      ...(source !== undefined && { source }),
      ...(hops !== undefined && { hops }),
      ...(dontFragment !== undefined && { dontFragment }),
    });
    if (result !== 'sent') this.#settle(key, { kind: 'not-sent', reason: result });
    return () => {
      alarm.clear();
      this.#echoes.delete(key);
    };
  }

  /** Answers an echo request in the name of whom it was sent to. */
  reply(packet: Ipv4Packet, message: IcmpMessage): void {
    this.#send(
      { ...message, type: ICMP.echoReply, code: 0 },
      { source: packet.target, target: packet.source },
    );
  }

  /** Tells the sender of `packet` why it was lost, where that is allowed and not too often. */
  sendError(
    packet: Ipv4Packet,
    arrival: Arrival | undefined,
    error: { type: number; code: number; source?: number },
  ): void {
    const isAboutError =
      packet.protocol === PROTOCOL.icmp && isIcmpError(packet.payload[0] ?? ICMP.unreachable);
    if (isAboutError || packet.fragmentOffset > 0 || arrival?.isBroadcast === true || packet.source === 0)
      return;
    if (!this.#mayError()) return void this.counts.errorsHeldBack++;
    this.counts.errorsSent++;
    const data = new Uint8Array(packet.header.length + Math.min(packet.payload.length, 512));
    data.set(packet.header);
    data.set(packet.payload.subarray(0, data.length - packet.header.length), packet.header.length);
    const source = error.source ?? (this.#internet.isOurs(packet.target) ? packet.target : undefined);
    const to = { target: packet.source, ...(source !== undefined && { source }) };
    this.#send({ type: error.type, code: error.code, high: 0, low: 0, data }, to);
  }

  /** No station of the link has the address. */
  unreachable(address: number): void {
    for (const [key, { request }] of this.#echoes) {
      const isThere = this.#internet.routes.find(request.target)?.nextHop === address;
      if (isThere) this.#settle(key, { kind: 'unreachable', from: 0, code: UNREACHABLE.host });
    }
  }

  #send(
    message: IcmpMessage,
    to: { target: number; source?: number; hops?: number; dontFragment?: boolean },
  ) {
    const frame = new Uint8Array(HEADROOM + ICMP_BYTES + message.data.length);
    emitIcmp(frame, HEADROOM, message);
    return this.#internet.send({ ...to, protocol: PROTOCOL.icmp, frame });
  }

  #receive(packet: Ipv4Packet, arrival: Arrival): void {
    const message = parseIcmp(packet.payload);
    if (isMalformed(message)) return void this.counts.malformed++;
    if (message.type === ICMP.echo) return this.#receiveEcho(packet, message, arrival);
    if (message.type === ICMP.echoReply) return this.#receiveReply(packet, message);
    if (message.type === ICMP.unreachable || message.type === ICMP.timeExceeded)
      this.#receiveError(packet, message);
  }

  #receiveEcho(packet: Ipv4Packet, message: IcmpMessage, arrival: Arrival): void {
    if (arrival.isBroadcast) return;
    if (this.#internet.isOurs(packet.target)) this.reply(packet, message);
    else this.onForeignEcho?.(packet, message, arrival);
  }

  #receiveReply(packet: Ipv4Packet, { high, low, data }: IcmpMessage): void {
    const key = (high * 0x1_0000 + low) >>> 0;
    const pending = this.#echoes.get(key);
    if (pending === undefined || pending.request.target !== packet.source) return;
    const milliseconds = this.#alarms.now() - pending.sentMs;
    this.#settle(key, {
      kind: 'reply',
      from: packet.source,
      milliseconds,
      hops: packet.hops,
      bytes: data.length,
    });
  }

  #receiveError(packet: Ipv4Packet, message: IcmpMessage): void {
    const { data } = message;
    const headerBytes = ((data[0] ?? 0) & 15) * 4;
    if (headerBytes < IPV4_BYTES || data.length < headerBytes + 8) return void this.counts.malformed++;
    const error: IcmpError = {
      type: message.type,
      code: message.code,
      mtu: message.low,
      source: readBig32(data, 12),
      target: readBig32(data, 16),
      protocol: data[9] as number,
      sentBytes: readBig16(data, 2),
      transport: data.subarray(headerBytes),
    };
    if (error.protocol === PROTOCOL.icmp) this.#echoFailed(packet.source, error);
    this.errorHandlers.get(error.protocol)?.(error);
  }

  #echoFailed(from: number, { type, code, target, transport }: IcmpError): void {
    const key = readBig32(transport, 4);
    const pending = this.#echoes.get(key);
    if (transport[0] !== ICMP.echo || pending?.request.target !== target) return;
    this.#settle(
      key,
      type === ICMP.unreachable ? { kind: 'unreachable', from, code } : { kind: 'time-exceeded', from },
    );
  }

  #settle(key: number, result: EchoResult): void {
    const pending = this.#echoes.get(key);
    if (pending === undefined) return;
    this.#echoes.delete(key);
    pending.alarm.clear();
    pending.done(result);
  }

  #mayError(): boolean {
    const nowMs = this.#alarms.now();
    const earned = ((nowMs - this.#tokensAtMs) * ERROR_RATE.perSecond) / 1000;
    this.#tokens = Math.min(ERROR_RATE.burst, this.#tokens + earned);
    this.#tokensAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
