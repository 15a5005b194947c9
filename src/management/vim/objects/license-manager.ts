/** LicenseManager: this host takes no licence, and withholds nothing for want of one; clients that ask are told so. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import type { LicenseManagerLicenseInfo } from '../table/vim25.d.ts';

/** The one that everybody has. */
const FREE: LicenseManagerLicenseInfo = {
  ...{
    licenseKey: '00000-00000-00000-00000-00000',
    editionKey: 'vmkernel.free',
    name: 'VMkernel, free software',
  },
  ...{ total: 0, used: 0, costUnit: 'host' },
};

export const LicenseManager = managed<'LicenseManager', VimContext>('LicenseManager', {
  properties: {
    source: () => ({ _type: 'LocalLicenseSource', licenseKeys: '' }) as never,
    sourceAvailable: () => true,
    licensedEdition: () => FREE.editionKey,
    licenses: () => [FREE],
    evaluation: () => ({ properties: [] }),
  },
  methods: {
    QuerySupportedFeatures: () => [],
    QueryLicenseSourceAvailability: () => [],
    /** Nothing is kept back. */
    CheckLicenseFeature: () => true,
  },
});
