/** A state in the world's time as one in time from steps, and back: its guest's clock goes on. */
import { TIME_SHIFT } from '#riscv';
import type { HartStateV1 } from '../hart.ts';
import type { MachineStateV1 } from '../machine-state.ts';

/** As timeMode has it. */
const WORLD = 0n;
const STEPS = 1n;

type Fields = HartStateV1['fields'];

/** Time comes from steps from now on; chance begins as in any deterministic machine. */
export function inSteps(state: MachineStateV1): MachineStateV1 {
  if (state.shape.deterministic) return state;
  const ticks = BigInt(Math.floor(state.ticks));
  return withTime({ ...state, ticks: 0, random: undefined }, true, (fields) => ({
    timeMode: STEPS,
    timeOffset: BigInt.asUintN(64, ticks + timeOffset(fields) - ticksOfSteps(fields)),
  }));
}

/** Time is the world's again. */
export function inWorld(state: MachineStateV1): MachineStateV1 {
  if (!state.shape.deterministic) return state;
  return withTime({ ...state, ticks: 0, random: undefined }, false, (fields) => ({
    timeMode: WORLD,
    timeOffset: BigInt.asUintN(64, ticksOfSteps(fields) + timeOffset(fields)),
  }));
}

/** What the guest's clock shows. */
export function ticksOf(state: MachineStateV1): bigint {
  const fields = state.harts[0]?.fields ?? {};
  const ticks = state.shape.deterministic ? ticksOfSteps(fields) : BigInt(Math.floor(state.ticks));
  return BigInt.asUintN(64, ticks + timeOffset(fields));
}

function withTime(
  state: MachineStateV1,
  deterministic: boolean,
  time: (fields: Fields) => Fields,
): MachineStateV1 {
  const harts = state.harts.map((hart) => ({ ...hart, fields: { ...hart.fields, ...time(hart.fields) } }));
  return { ...state, shape: { ...state.shape, deterministic }, harts };
}

const ticksOfSteps = ({ stepsEnd = 0n }: Fields): bigint => stepsEnd >> TIME_SHIFT;
const timeOffset = ({ timeOffset = 0n }: Fields): bigint => timeOffset;
