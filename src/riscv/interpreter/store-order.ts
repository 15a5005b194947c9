/** Whether this machine keeps loads and stores in order, but for loads that overtake stores before them: then few fences cost anything. */

/**
 * What x86 promises (Intel SDM 3A §10.2.2, total store order). V8 keeps the order of accesses to memory that threads share, and takes none
 * of them for another.
 */
export function hasStoreOrder(): boolean {
  const { process } = globalThis as { readonly process?: { readonly arch?: string } };
  return process?.arch === 'x64';
}
