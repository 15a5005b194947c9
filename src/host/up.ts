/** A host that is up: brought up step by step, serving until it is told to end, and ended in the opposite order. */
import { readFileSync } from 'node:fs';
import { HostError, Logger, reasonOf } from '#lib';
import type { HostEnd, UpConfig, UpHost, UpReport } from '#management';
import { BootSequence, BootState, OffsetClock, postponeTrial } from '#system';
import { BootLog } from './boot/boot-log.ts';
import { hostServices, stopMachines } from './boot/machines.ts';
import { HostParts } from './boot/parts.ts';
import { bootSteps } from './boot/steps.ts';
import { realClock, secretRandom, wallMs } from './real-world.ts';

/** Brings a host up in its home folder. @throws HostError for what is in its way */
export async function bringUp(config: UpConfig, report: UpReport): Promise<UpHost> {
  const log = new BootLog();
  const clock = new OffsetClock(realClock);
  const logger = new Logger('vmkernel', log.sink, clock);
  const parts = new HostParts({
    ...{ config, version: version(), log, logger, notice: report.notice },
    ...{ clock, random: secretRandom, startedMs: wallMs(realClock) },
  });
  const ended = Promise.withResolvers<HostEnd>();
  let ending: Promise<void> | undefined;
  const shutDown = (how: HostEnd): Promise<void> => {
    if (ending) return ending;
    logger.info(`the host ${how === 'stop' ? 'ends' : 'starts anew'}`);
    parts.events.add({ type: 'HostShutdownEvent', detail: { reason: how } });
    ending = stopMachines(parts);
    void ending.then(() => sequence.stop()).then(() => ended.resolve(how), ended.reject);
    return ending;
  };
  parts.makeServices = () => hostServices(parts, shutDown);
  const sequence = new BootSequence(bootSteps(report.activity), parts, (line) =>
    parts.loggerOf('sysboot').info(line),
  );
  try {
    await sequence.start();
  } catch (error) {
    if (!isTrial(parts)) throw error;
    if (!isOutside(error)) throw trialFailed(parts, error);
    postponeTrial(parts.home, parts.bank);
    throw error;
  }
  return {
    lines: [
      'the host is up; "vmk vm list" shows its VMs',
      ...parts.lines,
      `its home is ${config.paths.home}; Ctrl-C ends it`,
    ],
    ended: ended.promise,
    shutDown,
  };
}

/** Whether a new image is being tried: it was not confirmed, and the other bank has the one before. */
function isTrial({ bank }: HostParts): boolean {
  return bank !== undefined && bank.cfg.bootstate === BootState.tried;
}

/** Whether what failed says nothing about the image: every other image would have met the same. */
function isOutside(error: unknown): boolean {
  return error instanceof HostError && error.code === 'port-unavailable';
}

function trialFailed({ bank }: HostParts, error: unknown): HostError {
  const reason = reasonOf(error);
  return new HostError('boot-failed', { bank: bank.name, reason }, { cause: error });
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return version;
}
