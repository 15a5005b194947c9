/** Sends a file or parts of it: the next piece is read while the last one goes out, memory stays constant. */
import type { ServerResponse } from 'node:http';
import type { Every, OpenFile } from './backends.ts';
import { ClientGone } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { Pace } from './pace.ts';
import type { Span } from './ranges.ts';
import type { TransferBuffers } from './transfer-buffers.ts';

export interface TransferTools {
  readonly buffers: TransferBuffers;
  readonly every: Every;
  readonly limits: HttpLimits;
}

/** A reader takes whole buffers, so it is given more windows than a sender. */
const READER_WINDOWS = 6;

/**
 * Writes the span to the response. Throws ClientGone when nobody takes it any more, and an error when the file is
 * shorter by now: the caller ends the connection, since the promised length cannot be kept.
 */
export async function sendSpan(
  response: ServerResponse,
  file: OpenFile,
  span: Span,
  { buffers, every, limits }: TransferTools,
): Promise<void> {
  const size = Math.min(buffers.enter(), Math.max(1, span.end - span.start));
  let filling = buffers.take(size);
  let emptying = buffers.take(size);
  const pace = new Pace({
    every,
    windowMs: limits.paceWindowMs * READER_WINDOWS,
    bytesMin: 1,
    tooSlow: () => response.destroy(),
  });
  try {
    let at = span.start;
    let filled = await fill(file, filling, at, span.end);
    while (filled > 0) {
      at += filled;
      [filling, emptying] = [emptying, filling];
      const written = write(response, filled === size ? emptying : emptying.subarray(0, filled));
      const [next] = await Promise.all([fill(file, filling, at, span.end), written]);
      pace.moved(filled);
      filled = next;
    }
    if (at < span.end) throw new Error(`the file ends at byte ${at} by now, before ${span.end}`);
  } finally {
    pace.end();
    buffers.leave();
  }
  // Not after an error: something may still be read into them then.
  buffers.giveBack(filling);
  buffers.giveBack(emptying);
}

/** Reads until the buffer is full or the span ends; less only at the file's end. */
async function fill(file: OpenFile, buffer: Buffer, at: number, end: number): Promise<number> {
  const wanted = Math.min(buffer.length, end - at);
  let filled = 0;
  while (filled < wanted) {
    const count = await file.read(buffer.subarray(filled, wanted), at + filled);
    if (count === 0) break;
    filled += count;
  }
  return filled;
}

/** Settles when the system has the bytes, so that the buffer may be filled again. Throws ClientGone. */
export function write(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(new ClientGone());
    const gone = () => reject(new ClientGone());
    response.once('close', gone);
    response.write(bytes, (error) => {
      response.off('close', gone);
      if (error) gone();
      else resolve();
    });
  });
}
