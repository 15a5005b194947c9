/** HostFirmwareSystem: the configuration of the host as a bundle, which is what its boot bank keeps of /etc. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';

export const HostFirmwareSystem = managed<'HostFirmwareSystem', VimContext>('HostFirmwareSystem', {
  properties: {},
  methods: {
    BackupFirmwareConfiguration({ host, downloads }) {
      const bytes = host.configuration?.();
      const port = host.machines?.httpsPort();
      if (bytes === undefined || port === undefined) return FAULTS.notSupported();
      const name = `configBundle-${host.settings.identity.fullName}.tgz`;
      // Clients put the name by which they reach the host in the place of the star.
      return `https://*:${port}${downloads.offer({ name, bytes })}`;
    },
  },
});
