/** How a failed call is told to who made it. */
import { EXIT_STATUS, HostError } from '#lib';

export interface CallError {
  readonly code: string;
  readonly message: string;
  /** What `vmk` ends with. */
  readonly exitStatus: number;
}

/** @param report - hears of our own mistakes */
export function callError(error: unknown, report: (line: string) => void): CallError {
  if (error instanceof HostError) {
    const { code, message, hint, exitStatus } = error;
    return { code, exitStatus, message: hint === '' ? message : `${message}. ${hint}` };
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  report(`the local API made a mistake: ${told}`);
  return {
    code: 'internal',
    exitStatus: EXIT_STATUS.failure,
    message: `this is a mistake of the host: ${told}`,
  };
}

/** What the host refused, in its own words. */
export function saidError({ message, exitStatus }: CallError): HostError {
  return new HostError(exitStatus === EXIT_STATUS.usage ? 'host-refused' : 'host-failed', { message });
}
