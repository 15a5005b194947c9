/**
 * The DNS relay of a NAT: knows the guests' names itself, asks the host's resolvers for all others, and the host's own
 * lookup when they do not answer. Source: RFC 1035, RFC 5452 (ids and ports that cannot be guessed), RFC 5625.
 */
import type { Random } from '#lib';
import { readBig16, writeBig16 } from '../../checksum.ts';
import type { Alarm, Alarms } from '../../stack/alarms.ts';
import type { Endpoint, Received, Udp, UdpSocket } from '../../stack/udp.ts';
import { parseIp } from '../../stack/wire/address.ts';
import type { Outside, OutsideDatagrams, OutsideEndpoint } from '../outside.ts';
import {
  answerId,
  DNS_CODE,
  DNS_TYPE,
  emitAnswer,
  isAnswerTo,
  parseQuestion,
  type Question,
} from './message.ts';

export const DNS_PORT = 53;
// biome-ignore format: a table reads in columns
const LIMIT = { pending: 256, perGuest: 64, answerMs: 2500, queriesPerSocket: 64, localTtlSeconds: 60 } as const;

interface Pending {
  readonly from: Endpoint;
  readonly question: Question;
  readonly query: Uint8Array;
  readonly resolvers: readonly OutsideEndpoint[];
  readonly alarm: Alarm;
  readonly socket: OutsideDatagrams;
  /** Which of the resolvers was asked last. */
  asked: number;
}

export interface LocalNames {
  readonly domain: string;
  /** The address of a name without a domain; undefined when it is none of ours. */
  find(name: string): number | undefined;
}

export class DnsRelay {
  readonly counts = { queries: 0, local: 0, relayed: 0, answered: 0, failed: 0, dropped: 0, strange: 0 };
  readonly #outside: Outside;
  readonly #alarms: Alarms;
  readonly #random: Random;
  readonly #names: LocalNames;
  readonly #own: UdpSocket | undefined;
  readonly #pending = new Map<number, Pending>();
  #socket: { readonly datagrams: OutsideDatagrams; uses: number } | undefined;
  readonly #socketUsers = new Map<OutsideDatagrams, number>();

  constructor(parts: {
    udp: Udp;
    address: number;
    outside: Outside;
    alarms: Alarms;
    random: Random;
    names: LocalNames;
  }) {
    this.#outside = parts.outside;
    this.#alarms = parts.alarms;
    this.#random = parts.random;
    this.#names = parts.names;
    const local = { address: parts.address, port: DNS_PORT };
    this.#own = parts.udp.open(local, { received: (datagram) => this.#received(datagram) });
  }

  close(): void {
    for (const [id, pending] of this.#pending) this.#forget(id, pending);
    this.#socket?.datagrams.close();
    this.#own?.close();
  }

  #received({ from, payload }: Received): void {
    this.counts.queries++;
    const question = parseQuestion(payload);
    if (question === undefined) return void this.counts.strange++;
    const addresses = this.#localAnswer(question);
    if (addresses !== undefined) {
      this.counts.local++;
      return this.#answer(from, emitAnswer(question, DNS_CODE.ok, addresses, LIMIT.localTtlSeconds));
    }
    const ofGuest = [...this.#pending.values()].filter(
      (pending) => pending.from.address === from.address,
    ).length;
    if (this.#pending.size >= LIMIT.pending || ofGuest >= LIMIT.perGuest) return void this.counts.dropped++;
    this.#relay(from, question, payload.slice());
  }

  /** Undefined: not for us to say. A name of ours has no IPv6 address: an empty answer says so. */
  #localAnswer({ name, type, isInternet }: Question): number[] | undefined {
    if (!isInternet) return undefined;
    const suffix = `.${this.#names.domain}`;
    const bare = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
    const address = bare === '' || bare.includes('.') ? undefined : this.#names.find(bare);
    if (address === undefined) return undefined;
    return type === DNS_TYPE.a || type === DNS_TYPE.any ? [address] : [];
  }

  #relay(from: Endpoint, question: Question, query: Uint8Array): void {
    let id = this.#random.below(0x1_0000);
    while (this.#pending.has(id)) id = (id + 1) & 0xffff;
    const alarm = this.#alarms.alarm(() => this.#next(id));
    const pending = {
      from,
      question,
      query,
      resolvers: this.#outside.resolvers(),
      alarm,
      socket: this.#useSocket(),
      asked: -1,
    };
    this.#pending.set(id, pending);
    writeBig16(query, 0, id);
    this.counts.relayed++;
    this.#next(id);
  }

  /** Asks the next resolver; after the last one, the host itself. */
  #next(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const resolver = pending.resolvers[++pending.asked];
    if (resolver === undefined) return this.#lookUp(id, pending);
    pending.alarm.set(this.#alarms.now() + LIMIT.answerMs);
    pending.socket.send(pending.query, resolver);
  }

  #lookUp(id: number, { question }: Pending): void {
    const finish = (addresses: readonly string[] | undefined) => {
      const pending = this.#pending.get(id);
      if (pending === undefined) return;
      const found = (addresses ?? []).map(parseIp).filter((address) => address !== undefined);
      const code = addresses === undefined ? DNS_CODE.serverFailure : DNS_CODE.ok;
      this.counts[addresses === undefined ? 'failed' : 'answered']++;
      this.#forget(id, pending);
      this.#answer(pending.from, emitAnswer(question, code, found, 1));
    };
    if (question.type === DNS_TYPE.a && question.isInternet) this.#outside.lookup(question.name, finish);
    else finish(undefined);
  }

  #answered(bytes: Uint8Array, from: OutsideEndpoint): void {
    const id = answerId(bytes);
    const pending = id === undefined ? undefined : this.#pending.get(id);
    const resolver = pending?.resolvers[pending.asked];
    const isRight = resolver?.address === from.address && resolver.port === from.port;
    if (id === undefined || pending === undefined || !isRight || !isAnswerTo(bytes, pending.question)) {
      return void this.counts.strange++;
    }
    // One that cannot is not the last.
    if ((readBig16(bytes, 2) & 15) === DNS_CODE.serverFailure && pending.asked + 1 < pending.resolvers.length)
      return this.#next(id);
    this.counts.answered++;
    this.#forget(id, pending);
    const answer = bytes.slice();
    writeBig16(answer, 0, pending.question.id);
    this.#answer(pending.from, answer);
  }

  #answer(to: Endpoint, payload: Uint8Array): void {
    this.#own?.send({ to, payload });
  }

  #forget(id: number, { alarm, socket }: Pending): void {
    alarm.clear();
    this.#pending.delete(id);
    this.#leaveSocket(socket);
  }

  /** A socket, and with it the port that answers come to, is used for a while only. */
  #useSocket(): OutsideDatagrams {
    if (this.#socket === undefined || this.#socket.uses >= LIMIT.queriesPerSocket) {
      const old = this.#socket?.datagrams;
      const datagrams = this.#outside.openDatagrams({
        received: (bytes, from) => this.#answered(bytes, from),
      });
      this.#socket = { datagrams, uses: 0 };
      if (old !== undefined && !this.#socketUsers.has(old)) old.close();
    }
    this.#socket.uses++;
    const { datagrams } = this.#socket;
    this.#socketUsers.set(datagrams, (this.#socketUsers.get(datagrams) ?? 0) + 1);
    return datagrams;
  }

  #leaveSocket(socket: OutsideDatagrams): void {
    const users = (this.#socketUsers.get(socket) ?? 1) - 1;
    if (users > 0) return void this.#socketUsers.set(socket, users);
    this.#socketUsers.delete(socket);
    if (socket !== this.#socket?.datagrams) socket.close();
  }
}
