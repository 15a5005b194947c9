/** HttpNfcLease: a lease as clients see it. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { fault, VimFault } from '../model/value.ts';
import type { HttpNfcLeaseInfo, KeyValue, LocalizedMethodFault } from '../table/vim25.d.ts';
import type { Machines } from '../vm/vms-host.ts';
import { LEASE_TIMEOUT_SECONDS, type Lease } from './lease.ts';

export interface LeaseSelf {
  readonly vim: VimContext;
  readonly machines: Machines;
  readonly lease: Lease;
}

const KIB = 1024;
const HTTPS_PORT = 443;

function info({ lease, machines }: LeaseSelf): HttpNfcLeaseInfo | undefined {
  const { entity, files, token, id } = lease;
  if (entity === undefined) return undefined;
  const port = machines.httpsPort();
  // Clients put the host that they know in the place of the star.
  const host = port === HTTPS_PORT ? '*' : `*:${port}`;
  const disks = files.filter(({ isDisk }) => isDisk);
  return {
    lease: { type: 'HttpNfcLease', value: id },
    entity,
    deviceUrl: files.map(({ key, importKey, name, isDisk, sizeBytes }) => ({
      ...{ key, importKey, url: `https://${host}/nfc/${token}/${name}`, sslThumbprint: '' },
      ...{ disk: isDisk, targetId: name },
      ...(sizeBytes > 0 && { fileSize: sizeBytes }),
    })),
    totalDiskCapacityInKB: Math.ceil(disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / KIB),
    leaseTimeout: LEASE_TIMEOUT_SECONDS,
  };
}

export const HttpNfcLease = managed<'HttpNfcLease', LeaseSelf>('HttpNfcLease', {
  properties: {
    state: ({ lease }) => lease.state,
    initializeProgress: ({ lease }) => (lease.state === 'initializing' ? 0 : 100),
    transferProgress: ({ lease }) => lease.percent,
    mode: () => 'pushOrGet',
    capabilities: () => ({ pullModeSupported: false, corsSupported: false }),
    info,
    error: ({ lease }) => lease.error?.localized,
  },
  methods: {
    // Whose session made it may do all with it, and nobody else anything.
    HttpNfcLeaseProgress: { privilege: ASKED, invoke: ({ lease }, { percent }) => lease.progress(percent) },
    HttpNfcLeaseComplete: { privilege: ASKED, invoke: ({ lease }) => lease.complete() },
    HttpNfcLeaseAbort: { privilege: ASKED, invoke: ({ lease }, { fault: given }) => abort(lease, given) },
    HttpNfcLeaseGetManifest: { privilege: ASKED, invoke: ({ lease }) => [...lease.manifest.values()] },
    HttpNfcLeaseSetManifestChecksumType: {
      privilege: ASKED,
      invoke: ({ lease }, { deviceUrlsToChecksumTypes }) =>
        setChecksums(lease, deviceUrlsToChecksumTypes ?? []),
    },
  },
});

function abort(lease: Lease, given: LocalizedMethodFault | undefined): VimFault | undefined {
  if (lease.state === 'done' || lease.state === 'error')
    return FAULTS.invalidState(`The lease is ${lease.state}.`);
  const { fault: reason, localizedMessage = 'The lease was aborted by its client.' } = given ?? {};
  const { _type = '', ...detail } = (reason ?? {}) as { readonly _type?: string };
  lease.abort(
    _type === ''
      ? fault('RequestCanceled', {}, localizedMessage)
      : new VimFault(_type, detail, localizedMessage),
  );
  return undefined;
}

function setChecksums(lease: Lease, wanted: readonly KeyValue[]): VimFault | undefined {
  for (const { key, value } of wanted) {
    if (!lease.files.some((file) => file.key === key) || !/^sha(?:1|256)$/i.test(value))
      return FAULTS.invalidArgument('deviceUrlsToChecksumTypes');
  }
  for (const { key, value } of wanted) lease.checksumTypes.set(key, value.toLowerCase());
  return undefined;
}
