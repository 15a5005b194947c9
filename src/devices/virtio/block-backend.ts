/** What a virtio disk needs of the host: a store of bytes with reads, writes, flushes and discards. */

/** Offsets and lengths are in bytes and multiples of 512, inside the disk. Buffers are guest pages, in order. */
export type BlockRequest =
  | { readonly kind: 'read' | 'write'; readonly offset: number; readonly buffers: readonly Uint8Array[] }
  | { readonly kind: 'flush' }
  | {
      readonly kind: 'discard' | 'write-zeroes';
      readonly offset: number;
      readonly length: number;
      /** With `write-zeroes`: the space may be given back. */
      readonly unmap?: boolean;
    };

/**
 * `ioerr`: the store failed; `unsupported`: the store cannot do that kind of request. `later`, only before `submit` returns:
 * nothing is wrong with the request, which shall be sent again when the store says so by `onReady`.
 */
export type BlockStatus = 'ok' | 'ioerr' | 'unsupported' | 'later';

export interface BlockBackend {
  readonly sizeBytes: number;
  readonly readOnly: boolean;
  /** Serial that the guest reads; at most 20 ASCII bytes. */
  readonly id: string;
  /**
   * Completion may come before `submit` returns, or later from the host's event door; exactly once.
   * `flush` is done when every write that completed before it was submitted would survive a power cut.
   */
  submit(request: BlockRequest, done: (status: BlockStatus) => void): void;
  /** Says when the next request may be taken; absent: at once. Requests that have to wait stay in the ring. */
  readonly gate?: BlockGate | undefined;
  /** Who wants to hear that what was to come later may come now; one listener. Absent: nothing is ever for later. */
  onReady?(listener: () => void): void;
  /** Who wants to hear when `sizeBytes` has become larger; one listener. Absent: it never does. */
  onResize?(listener: () => void): void;
  /** Who wants to hear when what is in a drive was taken out, or put in; one listener. Absent: it stays. */
  onMedium?(listener: (isThere: boolean) => void): void;
}

export interface BlockGate {
  /** Whether a request may be taken now; if not, `ready` is called when it may. */
  mayTake(): boolean;
  /** There was none to take after all. */
  giveBack(): void;
  /** A request of so many bytes was taken. */
  took(bytes: number): void;
  /** Set by the device. */
  ready: () => void;
}
