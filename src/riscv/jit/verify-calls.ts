/** The functions of the core that regions call, as the proof of modules knows them: what must be what it was given. */

export interface CallShape {
  readonly arguments: number;
  readonly results: number;
  /** Places of the context, the TLB's bank and a machine address among the arguments. */
  readonly context?: number;
  readonly bank?: number;
  readonly machine?: number;
  /** Bytes at the machine address; absent: the third argument says. */
  readonly machineBytes?: number;
  readonly isStore?: boolean;
}
const helper = (count: number, results = 0): CallShape => ({ arguments: count, results, context: 0 });
export const AMO_CALL: CallShape = { arguments: 2, results: 1, machine: 0, machineBytes: 4, isStore: true };
/** Functions of the core that regions call. */
export const CALLS: Readonly<Record<string, CallShape | undefined>> = {
  mulhu: { arguments: 2, results: 1 },
  load: helper(3, 1),
  store: helper(4),
  loadQuick: { ...helper(4, 1), bank: 3 },
  storeQuick: { ...helper(5), bank: 4 },
  reach: { arguments: 6, results: 3 },
  reachBoth: { arguments: 8, results: 4 },
  atomicAddress: helper(4, 1),
  loadReserved: { ...helper(3, 1), machine: 1 },
  storeConditional: { ...helper(4, 1), machine: 1, isStore: true },
  cacheBlock: helper(3),
  illegal: helper(1),
  raise: helper(3),
  csrRead: helper(3, 1),
  csrWrite: helper(3, 1),
  flush: helper(2),
  flushPage: helper(2),
  fenceCode: helper(1),
  sret: helper(1),
  float: helper(3, 1),
};
