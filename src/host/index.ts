/** The door of host: what joins everything to a running host. */
export { Host } from './host.ts';
