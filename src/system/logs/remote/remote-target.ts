/** One remote host: its queue, its sender, and the lines that tell of what got lost or came twice on the way there. */
import type { LogEntry } from '../entry.ts';
import { DatagramSender } from './datagram-sender.ts';
import { message, UDP_BYTES_MAX } from './message.ts';
import type { SyslogNetwork, TlsChecks } from './network.ts';
import { SendQueue } from './send-queue.ts';
import type { After, Sender, SenderNews } from './sender.ts';
import { StreamSender } from './stream-sender.ts';
import { type LogTarget, targetText } from './target.ts';

/** After a loss, lines are taken again when the queue is filled no more than this. */
const ACCEPT_AGAIN = 0.75;

/** What holds for all remote hosts; read anew each time. */
export interface RemoteSettings {
  readonly hostName: string;
  /** Of a message over TCP or TLS. */
  readonly messageBytesMax: number;
  readonly queueBytesMax: number;
  readonly retryMsMax: number;
  readonly confirmMsMax: number;
  readonly checks: () => TlsChecks;
}

export interface RemoteEnvironment {
  readonly network: SyslogNetwork;
  readonly after: After;
  readonly settings: () => RemoteSettings;
  /** Whether the firewall lets lines out to this address. */
  readonly maySend: (address: string, target: LogTarget) => boolean;
  readonly wallNanoseconds: () => bigint;
  readonly processId: number;
  /** Says it on this host, once. */
  readonly report: (level: 'warning' | 'info', text: string) => void;
}

/** As it is listed. */
export interface RemoteStatus {
  readonly target: LogTarget;
  readonly state: string;
  readonly queuedBytes: number;
  readonly sent: number;
  readonly lost: number;
}

export class RemoteTarget {
  readonly target: LogTarget;
  readonly #environment: RemoteEnvironment;
  readonly #queue: SendQueue;
  readonly #sender: Sender;
  #sequence = 0;
  #lost = 0;
  #lostBefore = 0;
  #refusing = false;
  #isReachable = true;
  #isIpv6 = false;

  constructor(target: LogTarget, environment: RemoteEnvironment) {
    this.target = target;
    this.#environment = environment;
    this.#queue = new SendQueue(() => environment.settings().queueBytesMax);
    const options = {
      queue: this.#queue,
      after: environment.after,
      retryMsMax: () => environment.settings().retryMsMax,
      news: this.#news(),
    };
    this.#sender =
      target.protocol === 'udp'
        ? new DatagramSender({ ...options, open: () => this.#openDatagrams() })
        : new StreamSender({
            ...options,
            connect: (signal) => this.#connect(signal),
            confirmMsMax: () => environment.settings().confirmMsMax,
          });
  }

  /** Never throws, never waits. */
  send(entry: LogEntry): void {
    const frame = this.#frame(entry);
    if (this.#refusing && !this.#mayAcceptAgain(frame.length)) {
      this.#lost++;
    } else if (!this.#queue.push(frame)) {
      this.#queue.takeLost();
      this.#lost++;
      if (!this.#refusing) {
        this.#refusing = true;
        this.#environment.report(
          'warning',
          `${this.#name}: the queue is full, messages are lost from now on`,
        );
      }
    }
    this.#sender.wake();
  }

  status(): RemoteStatus {
    const { state } = this.#sender;
    return {
      target: this.target,
      state,
      queuedBytes: this.#queue.bytes,
      sent: this.#sequence,
      lost: this.#lostBefore + this.#lost,
    };
  }

  close(milliseconds: number): Promise<void> {
    return this.#sender.close(milliseconds);
  }

  /** Tries now, when it waits for the next try. */
  hurry(): void {
    this.#sender.hurry();
  }

  get #name(): string {
    return targetText(this.target);
  }

  #frame(entry: LogEntry): Uint8Array {
    const { hostName, messageBytesMax } = this.#environment.settings();
    const udpMax = this.#isIpv6 ? UDP_BYTES_MAX.ipv6 : UDP_BYTES_MAX.ipv4;
    const bytesMax = this.target.protocol === 'udp' ? udpMax : messageBytesMax;
    return message(entry, this.target, { hostName, sequence: this.#sequence++ }, bytesMax);
  }

  /** So that losses come in few pieces. */
  #mayAcceptAgain(bytes: number): boolean {
    const { queueBytesMax } = this.#environment.settings();
    if (this.#queue.bytes + bytes > queueBytesMax * ACCEPT_AGAIN) return false;
    this.#tellLoss();
    return true;
  }

  #tellLoss(): void {
    if (this.#lost === 0) return;
    const text = `${this.#lost} messages to ${this.#name} were lost before this one`;
    this.#lostBefore += this.#lost;
    this.#lost = 0;
    this.#refusing = false;
    this.#queue.push(this.#frame(this.#own(text)));
    this.#sender.wake();
    this.#environment.report('warning', text);
  }

  #tellLossWhenThereIsRoom(): void {
    const { queueBytesMax } = this.#environment.settings();
    if (this.#isReachable && this.#queue.bytes <= queueBytesMax * ACCEPT_AGAIN) this.#tellLoss();
  }

  /** A line of the log service's own. */
  #own(text: string): LogEntry {
    const { wallNanoseconds, processId } = this.#environment;
    return {
      wallNanoseconds: wallNanoseconds(),
      severity: 'Wa',
      facility: 'syslog',
      program: 'vmsyslogd',
      processId,
      text,
    };
  }

  #news(): SenderNews {
    const report = (level: 'warning' | 'info', text: string) =>
      this.#environment.report(level, `${this.#name}: ${text}`);
    return {
      reachable: () => {
        this.#isReachable = true;
        report('info', 'it is reached again');
        this.#tellLossWhenThereIsRoom();
      },
      unreachable: (reason) => {
        this.#isReachable = false;
        report('warning', `it cannot be reached: ${reason}`);
      },
      repeatNotice: (messages) =>
        this.#frame(
          this.#own(`the connection broke; the ${messages} messages after this one may have come before`),
        ),
      lost: (messages, reason) => {
        this.#lost += messages;
        if (this.#sender.state === 'closed') {
          this.#environment.report('warning', `${messages} messages to ${this.#name} are lost: ${reason}`);
        }
      },
      room: () => this.#tellLossWhenThereIsRoom(),
      say: (text) => report('info', text),
    };
  }

  async #address(): Promise<string> {
    const address = await this.#environment.network.resolve(this.target.host);
    this.#isIpv6 = address.includes(':');
    if (this.#environment.maySend(address, this.target)) return address;
    throw new Error('the firewall rule set "syslog" does not let it out');
  }

  async #connect(signal: AbortSignal) {
    return this.#environment.network.connect(
      this.target,
      await this.#address(),
      this.#environment.settings().checks(),
      signal,
    );
  }

  async #openDatagrams() {
    return this.#environment.network.datagrams(await this.#address(), this.target.port);
  }
}
