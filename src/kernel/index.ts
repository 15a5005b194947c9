/** The door of kernel: machine memory, the page-state machine, page maps, worlds, and the file system in memory. */
export * from './fs/index.ts';
export * from './mm/index.ts';
export * from './sched/index.ts';
