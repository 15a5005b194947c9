/** The door of kernel: machine memory, the page-state machine, each VM's page map, and the file system in memory. */
export * from './fs/index.ts';
export * from './mm/index.ts';
