/** The host's half of the HTTPS benchmark: a port in a process of its own, with a datastore in the folder given. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Clock, HostError, Logger } from '#lib';
import { everyRealTime, type FileTree, HttpsPort } from '#management';
import { DatastoreFolder } from '#storage';

/** What the parent may ask, and what it is told. */
export type Question = 'reset' | 'report';
export interface Report {
  /** The longest time in which the thread answered nobody, since `reset`. */
  readonly loopDelayMsMax: number;
  /** 99 of 100 stays were shorter. */
  readonly loopDelayMsP99: number;
}

const [folder = '', certificate = '', key = '', password = ''] = process.argv.slice(2);
const clock: Clock = {
  nowNanoseconds: () => process.hrtime.bigint(),
  wallNanoseconds: () => BigInt(Date.now()) * 1_000_000n,
};
const current = { certificatePem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') };
const datastore = await DatastoreFolder.open({ name: 'datastore1', path: folder, randomBytes });
const absent = async () => {
  throw new HostError('usage', { reason: 'only the datastore is measured' });
};
const nothing: FileTree = {
  ...{ stat: absent, list: absent, open: absent, create: absent, remove: absent, space: absent },
};
const port = new HttpsPort({
  address: '127.0.0.1',
  port: 0,
  certificates: {
    current,
    onChange: () => () => {},
    replaceCertificate: () => ({ kind: 'refused', reason: '' }),
    replaceKey: () => ({ kind: 'refused', reason: '' }),
  },
  access: {
    authenticate: async (userName, given) => (given === password ? { userName } : undefined),
    session: () => undefined,
    redeemTicket: () => undefined,
    allows: () => true,
  },
  mayConnect: () => true,
  datastores: { list: () => [datastore] },
  root: nothing,
  staging: nothing,
  clock,
  every: everyRealTime,
  logger: new Logger('http', () => {}, clock),
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', (question: Question) => {
  if (question === 'reset') delay.reset();
  else
    process.send?.({
      loopDelayMsMax: delay.max / 1e6,
      loopDelayMsP99: delay.percentile(99) / 1e6,
    } satisfies Report);
});
process.on('disconnect', () => process.exit());
process.send?.({ port: (await port.listen()).port });
