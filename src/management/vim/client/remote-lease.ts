/** A lease on the files of a VM elsewhere: waited for, told how far it is, ended well or aborted. */
import { HostError } from '#lib';
import type { MoRef } from '../model/value.ts';
import type { HttpNfcLeaseDeviceUrl, HttpNfcLeaseInfo, LocalizedMethodFault } from '../table/vim25.d.ts';
import type { Transport } from './transport.ts';
import type { VimClient } from './vim-client.ts';

/** A host, by calls and by the files of its leases. */
export interface RemoteParts {
  readonly vim: VimClient;
  readonly transport: Transport;
}

const LEASE = 'HttpNfcLease';
/** So often it is told. */
const STEP_PERCENT = 5;

export class RemoteLease {
  readonly info: HttpNfcLeaseInfo;
  readonly #vim: VimClient;
  readonly #id: string;
  #toldPercent = 0;

  private constructor(vim: VimClient, id: string, info: HttpNfcLeaseInfo) {
    this.#vim = vim;
    this.#id = id;
    this.info = info;
  }

  /** Works with a lease that is ready; when that fails it is aborted, and what was brought is taken away. @throws HostError */
  static async with<T>(vim: VimClient, ref: MoRef, work: (lease: RemoteLease) => Promise<T>): Promise<T> {
    try {
      const info = await vim.until(ref, ['state', 'info', 'error'], readyInfo);
      const lease = new RemoteLease(vim, ref.value, info);
      const result = await work(lease);
      await vim.call(LEASE, ref.value, 'HttpNfcLeaseComplete', {});
      return result;
    } catch (error) {
      // It may be over, or the host be gone: what failed first is told.
      await vim.call(LEASE, ref.value, 'HttpNfcLeaseAbort', {}).catch(() => undefined);
      throw error;
    }
  }

  /** @param done - of 1 */
  async progress(done: number): Promise<void> {
    const percent = Math.min(100, Math.floor(done * 100));
    if (percent < this.#toldPercent + STEP_PERCENT) return;
    this.#toldPercent = percent;
    await this.#vim.call(LEASE, this.#id, 'HttpNfcLeaseProgress', { percent });
  }
}

function readyInfo({ state, info, error }: Readonly<Record<string, unknown>>): HttpNfcLeaseInfo | undefined {
  if (state === 'ready') return info as HttpNfcLeaseInfo;
  if (state === undefined || state === 'initializing') return undefined;
  const { localizedMessage = 'The lease was ended by the host' } = (error ?? {}) as LocalizedMethodFault;
  throw new HostError('host-refused', { message: localizedMessage });
}

/** Of the host that is talked to: whatever else stands in the URL is not gone to. */
export function pathOf({ url }: HttpNfcLeaseDeviceUrl): string {
  const known = url.replace('//*', '//host');
  if (URL.canParse(known)) return new URL(known).pathname;
  throw new HostError('host-failed', { message: `The host names a file "${url}"` });
}

/** What the port answered that is no success. */
export function refusedFile(name: string, status: number, said: string): HostError {
  const reason = said.trim().replace(/^\d+ [^:]*: /, '') || `the answer was ${status}`;
  return new HostError('host-failed', { message: `Cannot transfer "${name}": ${reason}` });
}
