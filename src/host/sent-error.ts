/** Errors on their way to another thread: as plain data. */
import { HostError } from '#lib';
import type { SentError } from './messages.ts';

export function sentError(error: unknown): SentError {
  if (error instanceof HostError) return { code: error.code, details: error.details, message: error.message };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function receivedError({ code, details, message }: SentError): Error {
  return code === undefined ? new Error(message) : new HostError(code, details ?? {});
}
