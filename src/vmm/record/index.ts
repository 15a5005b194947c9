/** Recording and replay of runs. */

export { type Checkpoint, Checkpoints, type Companion } from './checkpoints.ts';
export { inSteps, inWorld, ticksOf } from './exact-state.ts';
export type { LogRecord, Moment, RecordedFile, RecordedNic, RecordingHeader } from './log-records.ts';
export { Recorder, type RecordingSink } from './recorder.ts';
export { type Recording, readRecording, unusable } from './recording.ts';
export { ReplayCheck } from './replay-check.ts';
export { StateDigest } from './state-digest.ts';
export {
  type Given,
  Timeline,
  type TimelineEnd,
  type TimelineParts,
  type TimelineState,
} from './timeline.ts';
