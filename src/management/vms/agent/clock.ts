/** Real time for what waits for a guest. */
import type { AgentClock } from './guest-agent.ts';

export const realAgentClock: AgentClock = {
  nowMs: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
