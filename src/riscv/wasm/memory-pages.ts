/** How large modules say that machine memory is. */

const WASM_PAGE_BYTES = 65_536;

/** Limits that a module states for the memory it imports; the maximum may be any that is not below the memory's. */
export function memoryPages(buffer: ArrayBufferLike): { initial: number; maximum: number } {
  return { initial: buffer.byteLength / WASM_PAGE_BYTES, maximum: WASM_PAGE_BYTES };
}
