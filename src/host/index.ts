/** The door of host: what joins everything to a running host. */
export { runMachine } from './host.ts';
