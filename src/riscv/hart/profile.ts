/** What an engine has counted since its start, for whoever wants to know where a guest's time goes. */

/** Numbers only ever grow, but for what can be entered now. */
export interface EngineProfile {
  /** Steps done in translated code. */
  readonly regionSteps: bigint;
  /** Addresses that no TLB had, by what they were for. */
  readonly misses: { readonly load: bigint; readonly store: bigint; readonly fetch: bigint };
  /** Regions that can be entered now. */
  readonly regions: number;
  /** Regions that were asked for, that came into the table, and that left it. */
  readonly asked: number;
  readonly installed: number;
  /** Regions that came because they were asked for, and kept ones that came without. */
  readonly translated: number;
  readonly fromKept: number;
  /** Regions that other engines have had compiled. */
  readonly fromOthers: number;
  readonly dropped: number;
}
