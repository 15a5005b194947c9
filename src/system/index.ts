/** The door of the system room: the host as an operating system. */
export type { HostName } from './host-name.ts';
