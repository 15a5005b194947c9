/** Takes a body in and writes it away: the network goes on while the disk writes, and waits when the disk is slower. */
import type { Upload } from './backends.ts';
import { ClientGone, type Exchange } from './exchange.ts';
import { Pace } from './pace.ts';
import { HttpProblem } from './problem.ts';
import type { TransferTools } from './send-file.ts';

/** Writes the whole body to the upload. Throws ClientGone when it broke off, 408 when it came too slowly. */
export async function receiveBody(exchange: Exchange, upload: Upload, tools: TransferTools): Promise<void> {
  const { buffers, every, limits } = tools;
  const pump = new Pump(exchange, upload, buffers.enter());
  const pace = new Pace({
    every,
    windowMs: limits.paceWindowMs,
    bytesMin: (limits.bytesPerSecondMin * limits.paceWindowMs) / 1000,
    tooSlow: () => pump.fail(new HttpProblem(408, 'The body comes too slowly')),
  });
  try {
    await pump.run(pace);
  } finally {
    pace.end();
    buffers.leave();
  }
}

class Pump {
  readonly #exchange: Exchange;
  readonly #upload: Upload;
  /** So much is written at once; twice that may wait. */
  readonly #batchBytes: number;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing = false;
  #ended = false;
  #over = false;
  #pace: Pace | undefined;
  #settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(exchange: Exchange, upload: Upload, batchBytes: number) {
    this.#exchange = exchange;
    this.#upload = upload;
    this.#batchBytes = batchBytes;
  }

  async run(pace: Pace): Promise<void> {
    this.#pace = pace;
    const body = this.#exchange.takeBody();
    const take = (part: Buffer) => this.#take(part);
    const end = () => this.#end();
    const gone = (cause?: unknown) => {
      if (!this.#ended) this.fail(new ClientGone('the body broke off', { cause }));
    };
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settle = { resolve, reject };
        body.on('data', take).once('end', end).once('close', gone).on('error', gone);
        if (body.destroyed) gone();
      });
    } finally {
      body.off('data', take).off('end', end).off('close', gone);
      await this.#idle();
    }
  }

  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#exchange.request.pause();
    this.#waiting = [];
    this.#settle?.reject(error);
  }

  #take(part: Buffer): void {
    if (this.#over) return;
    this.#waiting.push(part);
    this.#waitingBytes += part.length;
    this.#pace?.moved(part.length);
    if (this.#waitingBytes >= this.#batchBytes * 2) this.#rest(true);
    this.#write();
  }

  #end(): void {
    this.#ended = true;
    this.#write();
  }

  #rest(resting: boolean): void {
    const { request } = this.#exchange;
    if (this.#pace !== undefined) this.#pace.resting = resting;
    if (resting) request.pause();
    else request.resume();
  }

  #write(): void {
    if (this.#writing || this.#over) return;
    if (this.#waitingBytes === 0 && this.#ended) {
      this.#over = true;
      this.#settle?.resolve();
      return;
    }
    if (this.#waitingBytes < this.#batchBytes && !this.#ended) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = true;
    this.#upload.write(batch).then(
      () => this.#wrote(),
      (error: unknown) => {
        this.#writing = false;
        this.fail(error);
        this.#wake?.();
      },
    );
  }

  #wrote(): void {
    this.#writing = false;
    this.#wake?.();
    if (!this.#over && !this.#ended && this.#exchange.request.isPaused()) this.#rest(false);
    this.#write();
  }

  #wake: (() => void) | undefined;

  /** The upload is not ended under a write. */
  async #idle(): Promise<void> {
    if (!this.#writing) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
