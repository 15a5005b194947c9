// PerformanceManager over a history of the test: which samples, which metrics, in which form, and who may see them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PerfHistory, REALTIME } from '../performance/recorder.ts';
import { TestVim, textOf } from './testing.ts';

const START_MS = Date.parse('2026-11-26T00:00:00Z');
const HOST = '<entity type="HostSystem">ha-host</entity>';
const at = (seconds: number) => new Date(START_MS + seconds * 1000).toISOString();

function make(samples = 5): Promise<TestVim> {
  const history = new PerfHistory(REALTIME);
  for (let sample = 1; sample <= samples; sample++) {
    const metric = (counter: number, instance: string) => ({ counter, instance, value: sample * 10 });
    history.add(START_MS + sample * 20_000, [metric(1, ''), metric(1, '0'), metric(5, '')]);
  }
  const of = (entity: string, { seconds }: { seconds: number }) =>
    entity === 'ha-host' && seconds === 20 ? history : undefined;
  return TestVim.make({ performance: { of } });
}

const ask = async (vim: TestVim, spec: string) =>
  await vim.client().call('ha-perfmgr', 'QueryPerf', `<querySpec>${HOST}${spec}</querySpec>`);
const metric = (id: number, instance: string) =>
  `<metricId><counterId>${id}</counterId><instance>${instance}</instance></metricId>`;
const values = (body: string) =>
  [...body.matchAll(/<value>(-?\d+)<\/value>/g)].map(([, value]) => Number(value));

test('QueryPerf: oldest first, after the beginning, up to the end, at most the newest so many', async () => {
  const vim = await make();
  assert.deepEqual(values((await ask(vim, metric(5, ''))).body), [10, 20, 30, 40, 50]);
  const span = `<startTime>${at(20)}</startTime><endTime>${at(80)}</endTime>`;
  assert.deepEqual(values((await ask(vim, span + metric(5, ''))).body), [20, 30, 40]);
  assert.deepEqual(values((await ask(vim, `<maxSample>2</maxSample>${metric(5, '')}`)).body), [40, 50]);
  assert.equal((await ask(vim, `<startTime>${at(100)}</startTime>`)).returned.length, 0);
});

test('QueryPerf: instances one by one and all of them; csv has one line of times and one of values', async () => {
  const vim = await make(2);
  const instances = ({ body }: { body: string }) =>
    [...body.matchAll(/<instance>(.*?)<\/instance>/g)].map(([, name]) => name);
  assert.deepEqual(instances(await ask(vim, metric(1, '0'))), ['0']);
  assert.deepEqual(instances(await ask(vim, metric(1, '*'))), ['', '0']);
  assert.deepEqual(instances(await ask(vim, metric(99, ''))), []);
  assert.equal(instances(await ask(vim, '')).length, 3);
  const csv = await ask(vim, `${metric(1, '')}<intervalId>20</intervalId><format>csv</format>`);
  assert.match(csv.body, /<sampleInfoCSV>20,2026-11-26T00:00:20Z,20,2026-11-26T00:00:40Z<\/sampleInfoCSV>/);
  assert.match(csv.body, /<value>10,20<\/value>/);
});

test('PerformanceManager: what can be asked of, and what cannot, with the fault of it', async () => {
  const vim = await make();
  const client = vim.client();
  const fault = async (method: string, args: string) => (await client.call('ha-perfmgr', method, args)).fault;
  const query = (text: string) => `<querySpec>${text}</querySpec>`;
  assert.equal(
    await fault('QueryPerf', query('<entity type="VirtualMachine">77</entity>')),
    'ManagedObjectNotFound',
  );
  assert.equal(
    await fault('QueryPerf', query('<entity type="Folder">ha-folder-vm</entity>')),
    'InvalidArgument',
  );
  for (const wrong of ['<intervalId>21</intervalId>', '<format>xml</format>', '<maxSample>0</maxSample>'])
    assert.equal(await fault('QueryPerf', query(HOST + wrong)), 'InvalidArgument', wrong);
  assert.equal(
    await fault('QueryPerfCounter', '<counterId>1</counterId><counterId>4711</counterId>'),
    'InvalidArgument',
  );
  assert.equal(await fault('QueryPerfCounterByLevel', '<level>5</level>'), 'InvalidArgument');
  assert.equal(await fault('RemovePerfInterval', '<samplePeriod>300</samplePeriod>'), 'NotSupported');
  const summary = await client.call('ha-perfmgr', 'QueryPerfProviderSummary', HOST);
  assert.equal(textOf(summary.returned[0] as never), 'ha-host true true 20');
  const available = await client.call('ha-perfmgr', 'QueryAvailablePerfMetric', HOST);
  assert.equal(available.returned.length, 3);
  const counters = await client.call('ha-perfmgr', 'QueryPerfCounter', '<counterId>1</counterId>');
  assert.match(counters.body, /<key>1<\/key>.*<key>usage<\/key>.*<rollupType>average</s);
  const [interval] = await client.get('ha-perfmgr', 'PerformanceManager', 'historicalInterval');
  assert.match(interval ?? '', /300 Past day 129600/);
  const composite = await client.call('ha-perfmgr', 'QueryPerfComposite', query(HOST + metric(5, '')));
  assert.deepEqual(values(composite.body), [10, 20, 30, 40, 50]);
});

test('QueryPerf: who may not read an entity learns nothing of it', async () => {
  const vim = await make();
  const answer = await vim
    .client(vim.session('nobody-known'))
    .call('ha-perfmgr', 'QueryPerf', `<querySpec>${HOST}</querySpec>`);
  assert.equal(answer.fault, 'NoPermission');
});
