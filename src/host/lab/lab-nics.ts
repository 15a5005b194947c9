/**
 * The network cards of a machine in a lab: what it sends goes to the main thread, at once and always; what comes for it is
 * input. So nothing that a network does reaches the guest but by the door that is logged.
 */
import type { NetworkBackend } from '#devices';
import type { RecordedNic } from '#vmm';
import type { LabLine } from './lab-line.ts';

/** @param line - absent in a replay, where nobody hears what is sent */
export function labNics(nics: readonly RecordedNic[] = [], line?: LabLine): NetworkBackend[] {
  return nics.map((nic, index) => ({
    ...nic,
    hasRoom: () => true,
    send(views, length, offloads) {
      if (line === undefined) return;
      const bytes = new Uint8Array(length);
      let at = 0;
      for (const view of views) {
        bytes.set(view, at);
        at += view.length;
      }
      line.frame({ nic: index, bytes, offloads });
    },
    receiveReady: () => {},
    receptionChanged: (reception) => line?.post({ kind: 'reception', nic: index, ...reception }),
  }));
}
