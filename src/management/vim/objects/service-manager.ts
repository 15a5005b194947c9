/** ServiceManager: services beside the API that clients are led to; this host has none. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';

export const ServiceManager = managed<'ServiceManager', VimContext>('ServiceManager', {
  properties: { service: () => [] },
  methods: { QueryServiceList: () => [] },
});
