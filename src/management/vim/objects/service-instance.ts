/** ServiceInstance: where every client begins. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import type { Capability, ServiceContent } from '../table/vim25.d.ts';
import { about } from './about.ts';
import { contentRefs } from './ids.ts';

const CAPABILITY: Capability = {
  provisioningSupported: false,
  multiHostSupported: false,
  userShellAccessSupported: true,
  networkBackupAndRestoreSupported: false,
};

const content = ({ objects, host }: VimContext): ServiceContent => ({
  ...contentRefs(objects),
  about: about(host.facts),
});

const now = ({ host }: VimContext) => new Date(Number(host.clock.wallNanoseconds() / 1_000_000n));

export const ServiceInstance = managed<'ServiceInstance', VimContext>('ServiceInstance', {
  properties: { serverClock: now, capability: () => CAPABILITY, content },
  methods: { CurrentTime: now, RetrieveServiceContent: content, RetrieveProductComponents: () => [] },
});
