/** Real time, for where a host is put together: an interval that does not keep the process alive. */
import type { Every } from './backends.ts';

export const everyRealTime: Every = (milliseconds, action) => {
  const timer = setInterval(action, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
};
