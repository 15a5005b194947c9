/** Requests of a virtio SCSI host taken apart, and answers put together. Source: VIRTIO 1.3 §5.6.6. */
import { byteLength, gather, scatter, slice, u32 } from '../dma.ts';
import { type Chain, chainBytes, type Fault } from './chain.ts';
import type { PumpedRequest } from './request-pump.ts';

// biome-ignore format: a table reads in columns
export const RESPONSE = { ok: 0, overrun: 1, aborted: 2, badTarget: 3, reset: 4, failure: 9, succeeded: 10, rejected: 11, wrongLun: 12 } as const;
/** Source: SAM-5 §5.3.1. */
export const SCSI_STATUS = { good: 0, checkCondition: 2 } as const;

const LUN_BYTES = 8;
const HEAD_BYTES = 19;
const ANSWER_HEAD_BYTES = 12;

export interface ScsiRequest extends PumpedRequest {
  /** As the driver names the unit. */
  readonly lun: Uint8Array;
  readonly cdb: Uint8Array;
  readonly sent: readonly Uint8Array[];
  readonly room: readonly Uint8Array[];
  /** Where the answer goes, before the room. */
  readonly answer: readonly Uint8Array[];
}

/** How long the parts are, as the driver wants them. */
export interface ScsiSizes {
  senseBytes: number;
  cdbBytes: number;
}

/** Takes a chain apart; how it is cut into descriptors does not matter. Source: §2.7.4. */
export function parseRequest(
  chain: Chain,
  queue: number,
  { senseBytes, cdbBytes }: ScsiSizes,
): ScsiRequest | Fault {
  const head = gather(chain.readable, HEAD_BYTES + cdbBytes);
  const answerBytes = ANSWER_HEAD_BYTES + senseBytes;
  if (head.length < HEAD_BYTES + cdbBytes) return { fault: `SCSI request of ${head.length} bytes` };
  if (byteLength(chain.writable) < answerBytes) return { fault: 'SCSI request without room for an answer' };
  return {
    ...{ chain, queue, lun: head.subarray(0, LUN_BYTES), cdb: head.subarray(HEAD_BYTES) },
    sent: slice(chain.readable, HEAD_BYTES + cdbBytes, Number.POSITIVE_INFINITY),
    room: slice(chain.writable, answerBytes, Number.POSITIVE_INFINITY),
    answer: slice(chain.writable, 0, answerBytes),
    bytes: chainBytes(chain),
  };
}

export interface ScsiAnswer {
  readonly response: number;
  readonly status?: number;
  readonly sense?: Uint8Array;
  readonly residual?: number;
}

/** Writes an answer, whole. */
export function writeAnswer({ answer }: ScsiRequest, given: ScsiAnswer): void {
  const { response, status = SCSI_STATUS.good, sense = new Uint8Array(), residual = 0 } = given;
  const bytes = new Uint8Array(byteLength(answer));
  const view = new DataView(bytes.buffer);
  const told = sense.subarray(0, bytes.length - ANSWER_HEAD_BYTES);
  view.setUint32(0, told.length, true);
  view.setUint32(4, residual, true);
  bytes[10] = status;
  bytes[11] = response;
  bytes.set(told, ANSWER_HEAD_BYTES);
  scatter(answer, bytes);
}

/** The unit that eight bytes name: a target and a LUN of one level; undefined for others. Source: §5.6.6.1. */
export function placeOf(lun: Uint8Array): { readonly target: number; readonly lun: number } | undefined {
  const [bus = 0, target = 0, high = 0, low = 0] = lun;
  if (bus !== 1) return undefined;
  return { target, lun: ((high & 0x3f) << 8) | low };
}

const CONTROL = { taskManagement: 0, query: 1, subscribe: 2 } as const;
const TASK_BYTES = 24;
const EVENT_QUERY_BYTES = 16;
// biome-ignore format: a table reads in columns
const TASK = { abortTask: 0, abortTaskSet: 1, clearTaskSet: 3, nexusReset: 4, unitReset: 5, query: 6, querySet: 7 } as const;

/** What a request on the control queue is about. */
export type ScsiControl =
  | { readonly kind: 'task'; readonly lun: Uint8Array; readonly isReset: boolean; readonly isKnown: boolean }
  | { readonly kind: 'events' };

export function parseControl(chain: Chain): ScsiControl | Fault {
  const bytes = gather(chain.readable, TASK_BYTES);
  if (bytes.length < 4) return { fault: `SCSI control request of ${bytes.length} bytes` };
  const type = u32(bytes, 0);
  if (type === CONTROL.taskManagement) {
    if (bytes.length < TASK_BYTES) return { fault: 'task management request cut short' };
    const what = u32(bytes, 4);
    const isKnown = (Object.values(TASK) as number[]).includes(what);
    const isReset = what === TASK.nexusReset || what === TASK.unitReset;
    return { kind: 'task', lun: bytes.subarray(8, 16), isReset, isKnown };
  }
  if ((type === CONTROL.query || type === CONTROL.subscribe) && bytes.length >= EVENT_QUERY_BYTES)
    return { kind: 'events' };
  return { fault: `SCSI control request of type ${type}` };
}
