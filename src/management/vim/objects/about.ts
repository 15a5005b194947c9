/** What the host says of itself: a HostAgent of API 8.0.3. Source: clients branch on apiType and productLineId. */
import type { HostFacts } from '../host.ts';
import type { AboutInfo } from '../table/vim25.d.ts';

/** Of the API, not of the program: clients compare it with ESXi's. */
const API = '8.0.3';

export function about({ version, uuid, build }: HostFacts): AboutInfo {
  return {
    ...{ name: 'VMkernel', fullName: `VMkernel ${version}`, vendor: 'VMkernel', version: API },
    ...{ patchLevel: '0', build, localeVersion: 'INTL', localeBuild: '000', osType: 'vmnix-riscv64' },
    ...{ productLineId: 'embeddedEsx', apiType: 'HostAgent', apiVersion: `${API}.0`, instanceUuid: uuid },
    ...{ licenseProductName: 'VMkernel', licenseProductVersion: version },
  };
}
