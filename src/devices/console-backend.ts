/** What a guest console (UART or virtio) needs of the host: somewhere for its bytes to go. */
export interface ConsoleBackend {
  /** Takes guest output. The bytes are the callee's to keep. */
  write(bytes: Uint8Array): void;
  /** The guest has made room: input that `receive` refused may be offered again. */
  ready?(): void;
}
