/** Sessions: who is logged in, by which channel, since when, and until when they may idle. Source: vim25 UserSession. */
import { bytesToHex, type Clock, type Random } from '#lib';
import { CHANNELS, type Channel } from './channels.ts';
import type { AccountSettings } from './settings.ts';

const TOKEN_BYTES = 32;
const KEY_BYTES = 16;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;
const MAX_SESSIONS = 2000;
const MAX_PER_USER = 500;
const MAX_AGENT_LENGTH = 256;

export interface Session {
  /** Names it to administrators; no secret. */
  readonly key: string;
  /** The secret that its owner shows with each call. */
  readonly cookie: string;
  readonly user: string;
  readonly fullName: string;
  readonly channel: Channel;
  /** The other end's address; empty for what is on this host. */
  readonly remote: string;
  readonly userAgent: string;
  readonly locale: string;
  readonly loginWallNanoseconds: bigint;
  readonly lastActiveWallNanoseconds: bigint;
  readonly callCount: number;
}

/** What a new session is made of. */
export type SessionStart = Pick<Session, 'user' | 'fullName' | 'channel' | 'remote'> &
  Partial<Pick<Session, 'userAgent' | 'locale'>>;

/** What an administrator sets of sessions. */
export type SessionSettings = Pick<AccountSettings, 'idleSeconds' | 'maxSessions'>;

interface Kept {
  session: Session;
  activeNanoseconds: bigint;
  /** Calls that are being answered. */
  holds: number;
}

/** The sessions of a host. Those that idled too long are gone at the next look. */
export class SessionTable {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #settings: () => SessionSettings;
  readonly #onEnd: (session: Session) => void;
  readonly #watchers = new Set<(session: Session) => void>();
  readonly #byCookie = new Map<string, Kept>();

  /** @param onEnd - told of each session that ends, however it ends. */
  constructor(
    clock: Clock,
    random: Random,
    settings: () => SessionSettings,
    onEnd: (session: Session) => void = () => {},
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#settings = settings;
    this.#onEnd = onEnd;
  }

  /** Undefined when there are too many, of this user or at all. */
  open(start: SessionStart): Session | undefined {
    this.sweep();
    const ofUser = [...this.#byCookie.values()].filter(({ session }) => session.user === start.user).length;
    if (this.#byCookie.size >= MAX_SESSIONS || ofUser >= MAX_PER_USER) return undefined;
    if (!this.#hasRoomFor(start.channel)) return undefined;
    const wall = this.#clock.wallNanoseconds();
    const session: Session = {
      ...start,
      key: uuid(this.#random),
      cookie: randomToken(this.#random),
      userAgent: (start.userAgent ?? '').slice(0, MAX_AGENT_LENGTH),
      locale: start.locale ?? 'en',
      loginWallNanoseconds: wall,
      lastActiveWallNanoseconds: wall,
      callCount: 0,
    };
    this.#byCookie.set(session.cookie, {
      ...{ session, activeNanoseconds: this.#clock.nowNanoseconds(), holds: 0 },
    });
    return session;
  }

  /** The session of a cookie, which is active by being asked for; undefined when there is none any more. */
  use(cookie: string): Session | undefined {
    const kept = this.#byCookie.get(cookie);
    if (kept === undefined || this.#endIfIdle(kept)) return undefined;
    kept.activeNanoseconds = this.#clock.nowNanoseconds();
    kept.session = {
      ...kept.session,
      lastActiveWallNanoseconds: this.#clock.wallNanoseconds(),
      callCount: kept.session.callCount + 1,
    };
    return kept.session;
  }

  /** Until the answer is called it does not idle: something is being done in it. */
  hold(cookie: string): () => void {
    const kept = this.#byCookie.get(cookie);
    if (kept === undefined) return () => {};
    kept.holds++;
    return () => {
      kept.holds--;
      kept.activeNanoseconds = this.#clock.nowNanoseconds();
    };
  }

  /** Whether a cookie is of a session that may live still. */
  knows(cookie: string): boolean {
    return this.#byCookie.has(cookie);
  }

  /** By its key, without being active. */
  find(key: string): Session | undefined {
    return this.list().find((session) => session.key === key);
  }

  list(): readonly Session[] {
    this.sweep();
    return [...this.#byCookie.values()].map(({ session }) => session);
  }

  /** Whether there was such a session. */
  end(key: string): boolean {
    const kept = [...this.#byCookie.values()].find(({ session }) => session.key === key);
    if (kept !== undefined) this.#end(kept);
    return kept !== undefined;
  }

  /** Hears of each session that ends from now on. Returns what ends that. */
  watchEnds(watcher: (session: Session) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Ends all that the filter says yes to: those of a removed user, those that lockdown shuts out. */
  endAll(isEnding: (session: Session) => boolean): void {
    for (const kept of [...this.#byCookie.values()]) if (isEnding(kept.session)) this.#end(kept);
  }

  /** Ends those that idled too long. */
  sweep(): void {
    for (const kept of [...this.#byCookie.values()]) this.#endIfIdle(kept);
  }

  /** A channel on which a session never idles out by itself is not counted: nobody is shut out of the host's own. */
  #hasRoomFor(channel: Channel): boolean {
    const most = this.#settings().maxSessions;
    if (most === 0 || CHANNELS[channel].idleSeconds === 0) return true;
    const counted = [...this.#byCookie.values()].filter(
      ({ session }) => CHANNELS[session.channel].idleSeconds > 0,
    );
    return counted.length < most;
  }

  #endIfIdle(kept: Kept): boolean {
    if (kept.holds > 0) return false;
    const { channel } = kept.session;
    const idleSeconds = this.#settings().idleSeconds[channel] ?? CHANNELS[channel].idleSeconds;
    const idle = this.#clock.nowNanoseconds() - kept.activeNanoseconds;
    const isOver = idleSeconds > 0 && idle >= BigInt(idleSeconds) * NANOSECONDS_PER_SECOND;
    if (isOver) this.#end(kept);
    return isOver;
  }

  #end(kept: Kept): void {
    if (!this.#byCookie.delete(kept.session.cookie)) return;
    this.#onEnd(kept.session);
    for (const watcher of this.#watchers) watcher(kept.session);
  }
}

/** 256 random bits in hexadecimal. */
export function randomToken(random: Random): string {
  return bytesToHex(randomBytes(random, TOKEN_BYTES));
}

/** A random UUID, as ESXi's session keys are. Source: RFC 9562 §5.4. */
function uuid(random: Random): string {
  const bytes = randomBytes(random, KEY_BYTES);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function randomBytes(random: Random, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  random.fill(bytes);
  return bytes;
}
