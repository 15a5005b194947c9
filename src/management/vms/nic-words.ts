/** Network cards as they are asked for in words: `VM Network`, `lab,mac=00:50:56:00:00:01`, `none`. */
import { usageError } from '#lib';
import { formatMac, generatedMac } from '#net';
import { addressProblem, MAX_NICS, type VmNic } from '#vmm';

const MAC = /,mac=([^,]*)$/;

/** The cards that the words name, in their order. @throws HostError `usage` */
export function nicsOf(words: readonly string[]): VmNic[] {
  if (words.length === 1 && words[0] === 'none') return [];
  if (words.length > MAX_NICS) throw usageError(`a VM has at most ${MAX_NICS} network cards`);
  return words.map((word, index) => {
    const address = MAC.exec(word)?.[1]?.toLowerCase() ?? '';
    const networkName = word.replace(MAC, '');
    if (networkName === '' || networkName === 'none') throw usageError(`"${word}" names no port group`);
    const isStatic = MAC.test(word);
    const problem = isStatic ? addressProblem(address, 'static') : undefined;
    if (problem !== undefined) throw usageError(problem);
    const addressType = isStatic ? 'static' : 'generated';
    return { index, networkName, addressType, address, startConnected: true };
  });
}

/** Addresses that a host generates are made of the machine's own identity, a copy's too. */
export function withAddresses(nics: readonly VmNic[], uuid: string): VmNic[] {
  return nics.map((nic) =>
    nic.addressType === 'generated' ? { ...nic, address: formatMac(generatedMac(uuid, nic.index)) } : nic,
  );
}
