/** The side door of kernel: machine memory and scheduling without the file system, for who runs machines. */
export * from './mm/index.ts';
export * from './sched/index.ts';
