/** For tests: a VIM service on a host in memory, and a client that speaks SOAP to it in plain values. */
import { HostFiles, Ramdisks } from '#kernel';
import { Logger, ManualClock, SeededRandom } from '#lib';
import { firstNetworks, Networks } from '#net';
import {
  Accounts,
  accountFiles,
  DEFAULT_ACCOUNT_SETTINGS,
  firstStart,
  hostTree,
  memorySettingsFiles,
  OffsetClock,
  openHostSettings,
  type Session,
  today,
} from '#system';
import type { EsxcliHost } from '../esxcli/index.ts';
import { Actors } from '../events/actor.ts';
import { EventLog } from '../events/event-log.ts';
import { type History, MemoryHistory } from '../events/history-file.ts';
import { present } from '../present.ts';
import type { SoapAnswer } from './dispatcher.ts';
import type { VimHost } from './host.ts';
import { type Installer, VimService } from './service.ts';
import { isTrouble, parseSoapXml, type XmlNode } from './soap/xml.ts';
import { loadTypeTable } from './table/type-table.ts';
import type { Machines } from './vm/vms-host.ts';

export const PASSWORD = 'mX3-vuqPo8h';
/** Read once for all tests of a file. */
export const TABLE = loadTypeTable();

interface Timer {
  readonly dueNanoseconds: bigint;
  readonly action: () => void;
}

export interface TestParts {
  readonly installers?: readonly Installer[];
  readonly machines?: Machines;
  readonly taskHistory?: History;
  readonly vmknics?: NonNullable<VimHost['vmknics']>;
  readonly pools?: NonNullable<VimHost['pools']>;
  readonly esxcli?: EsxcliHost;
  readonly logs?: NonNullable<VimHost['logs']>;
  readonly performance?: NonNullable<VimHost['performance']>;
}

export class TestVim {
  readonly clock = new ManualClock(1_795_651_200_000_000_000n);
  readonly lines: string[] = [];
  readonly ends: string[] = [];
  /** Names of VMs that are on, for maintenance mode. */
  readonly running: string[] = [];
  readonly accounts: Accounts;
  readonly host: VimHost;
  readonly service: VimService;
  readonly #timers = new Set<Timer>();

  private constructor(
    accounts: Accounts,
    under: ManualClock,
    { installers = [], machines, esxcli, performance, taskHistory, pools, vmknics, logs }: TestParts,
  ) {
    this.clock = under;
    const clock = new OffsetClock(under);
    this.accounts = accounts;
    const logger = new Logger(
      'hostd',
      ({ level, message }) => this.lines.push(`${level}: ${message}`),
      clock,
    );
    const after = (milliseconds: number, action: () => void) => {
      const timer = { dueNanoseconds: clock.nowNanoseconds() + BigInt(milliseconds) * 1_000_000n, action };
      this.#timers.add(timer);
      return () => void this.#timers.delete(timer);
    };
    const settings = openHostSettings({
      ...{ files: memorySettingsFiles(), logger, after },
      vms: { names: () => this.running, onStopped: () => () => {} },
      initialNames: { host: 'esx', domain: 'example.org' },
      clock,
    });
    const actors = new Actors();
    this.host = {
      ...{ actors, events: new EventLog(clock, actors, new MemoryHistory()) },
      taskHistory: taskHistory ?? new MemoryHistory(),
      ...{ clock, logger, after, accounts, settings },
      facts: {
        ...{
          version: '0.1.0',
          build: '0.1.0',
          uuid: '11111111-2222-5333-8444-555555555555',
        },
        startedMs: () => 1_795_651_100_000 + clock.offsetMs,
        hardware: {
          ...{ vendor: 'Maker', model: 'Box', cpuModel: 'RV64GC', cpuMhz: 1000, cpus: 2 },
          memoryBytes: 4 * 2 ** 30,
        },
        use: () => ({ cpuMhz: 100, memoryBytes: 2 ** 30 }),
      },
      datastores: () => [
        {
          ...{ name: 'datastore1', uuid: '5f-1', path: '/vmfs/volumes/5f-1', type: 'VMFS-6' },
          ...{ capacityBytes: 2 ** 34, freeBytes: 2 ** 33 },
        },
      ],
      network: testNetwork(),
      ...present({ machines, esxcli, pools, logs, vmknics, performance }),
      shutDown: async (how) => void this.ends.push(how),
    };
    this.service = new VimService(this.host, installers, TABLE);
  }

  static async make(parts: TestParts = {}): Promise<TestVim> {
    const clock = new ManualClock(1_795_651_200_000_000_000n);
    const random = new SeededRandom(1);
    const files = accountFiles(new HostFiles(new Ramdisks(clock).vfs.view()));
    const tree = hostTree({
      isVm: (entity) => /^\d+$/.test(entity),
      isDatastore: (entity) => entity.startsWith('ha-datastore-'),
      isNetwork: (entity) => entity.startsWith('HaNetwork-'),
    });
    const settings = () => DEFAULT_ACCOUNT_SETTINGS;
    const accounts = new Accounts({ ...{ files, clock, random, tree, settings }, audit: () => {} });
    await firstStart(files, accounts.hasher, random, today(clock), PASSWORD);
    return new TestVim(accounts, clock, parts);
  }

  /** Lets time go by, and what was to happen in it. */
  advance(milliseconds: number): void {
    this.clock.advance(BigInt(milliseconds) * 1_000_000n);
    for (const timer of [...this.#timers]) {
      if (timer.dueNanoseconds > this.clock.nowNanoseconds()) continue;
      this.#timers.delete(timer);
      timer.action();
    }
  }

  /** A session of a user, opened without a password. */
  session(user = 'root'): Session {
    const session = this.accounts.sessions.open({ user, fullName: '', channel: 'api', remote: '10.0.0.1' });
    if (session === undefined) throw new Error('no session');
    return session;
  }

  /** A client that has not logged in. */
  stranger(): TestClient {
    return new TestClient(this.service, undefined, 'urn:vim25/8.0.3.0');
  }

  client(session: Session | undefined = this.session(), version = 'urn:vim25/8.0.3.0'): TestClient {
    return new TestClient(this.service, session, version);
  }
}

/** Networks as a new host has them, without anybody behind them. */
function testNetwork(): VimHost['network'] {
  const listeners = new Set<() => void>();
  const networks = new Networks(firstNetworks(), {
    ...{ nowMs: () => 0, wake() {}, setExpress() {} },
    changed() {
      queueMicrotask(() => {
        for (const listener of listeners) listener();
      });
    },
  });
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { networks, onChange };
}

/** What came back, parsed. */
export interface TestAnswer extends SoapAnswer {
  /** The elements of the answer: the returnvals, or the fault's detail. */
  readonly returned: readonly XmlNode[];
  /** The fault's type; undefined for none. */
  readonly fault: string | undefined;
}

export class TestClient {
  session: Session | undefined;
  readonly #service: VimService;
  readonly #version: string;

  constructor(service: VimService, session: Session | undefined, version: string) {
    this.#service = service;
    this.session = session;
    this.#version = version;
  }

  /** A call with its arguments as XML. */
  async call(
    object: string,
    method: string,
    args = '',
    gone = new AbortController().signal,
  ): Promise<TestAnswer> {
    const document = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><soapenv:Body><${method} xmlns="urn:vim25"><_this type="x">${object}</_this>${args}</${method}></soapenv:Body></soapenv:Envelope>`;
    return await this.send(document, gone);
  }

  async send(document: string, gone = new AbortController().signal): Promise<TestAnswer> {
    const { session } = this;
    const soapAction = `"${this.#version}"`;
    const from = { remote: '10.0.0.1', userAgent: 'test' };
    const answer = await this.#service.answer({ document, session, soapAction, gone, ...from });
    if (answer.session !== undefined) this.session = answer.session ?? undefined;
    return parsed(answer);
  }

  /** Properties of one object as text, by path; undefined for those that are unset. */
  async get(object: string, type: string, ...paths: readonly string[]): Promise<(string | undefined)[]> {
    const pathSet = paths.map((path) => `<pathSet>${path}</pathSet>`).join('');
    const spec = `<specSet><propSet><type>${type}</type>${pathSet}</propSet><objectSet><obj type="${type}">${object}</obj></objectSet></specSet>`;
    const answer = await this.call('ha-property-collector', 'RetrieveProperties', spec);
    if (answer.fault !== undefined) throw new Error(`${answer.fault}: ${answer.body}`);
    const sets = answer.returned.flatMap(({ children }) => children.filter(({ name }) => name === 'propSet'));
    return paths.map((path) => {
      const found = sets.find(({ children }) => children[0]?.text === path);
      return found === undefined ? undefined : textOf(found.children[1] as XmlNode);
    });
  }
}

/** All text of an element, its children's separated by spaces. */
export function textOf({ text, children }: XmlNode): string {
  return children.length === 0 ? text : children.map(textOf).join(' ');
}

function parsed(answer: SoapAnswer): TestAnswer {
  const root = parseSoapXml(answer.body);
  if (isTrouble(root)) throw new Error(`the answer is no XML: ${root.reason}\n${answer.body}`);
  const [top] = root.children[0]?.children ?? [];
  const detail = top?.children.find(({ name }) => name === 'detail');
  const [fault] = detail?.children ?? [];
  return {
    ...answer,
    returned: answer.isFault ? (fault?.children ?? []) : (top?.children ?? []),
    fault: fault?.name.replace(/Fault$/, ''),
  };
}
