// The host's half of the guest's agent, with a guest of the test: answers, bounds, hostile guests, silence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import type { VmNic } from '#vmm';
import { copiedCards } from './copied-cards.ts';
import { type AgentListener, type AgentPort, BLOCK_BYTES, GuestAgent } from './guest-agent.ts';
import { fromWord, Lines, toWord } from './words.ts';

/** Lets all that is due by promises happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

class Guest implements AgentPort {
  listener!: AgentListener;
  said = '';
  roomBytes = Number.POSITIVE_INFINITY;

  async send(bytes: Uint8Array): Promise<number> {
    const taken = Math.min(bytes.length, this.roomBytes);
    this.roomBytes -= taken;
    this.said += Buffer.from(bytes.subarray(0, taken)).toString('latin1');
    return taken;
  }

  listen(listener: AgentListener): void {
    this.listener = listener;
    listener.opened(true);
  }

  /** Takes what the host has said since the last time. */
  async heard(): Promise<string> {
    await settle();
    const { said } = this;
    this.said = '';
    return said;
  }

  say(text: string): void {
    this.listener.data(Buffer.from(text, 'latin1'));
  }
}

async function connected() {
  const clock = { ms: 1000, timers: [] as { ms: number; action: () => void }[] };
  let changes = 0;
  const agent = new GuestAgent(
    'vm',
    {
      nowMs: () => clock.ms,
      after(ms, action) {
        const timer = { ms: clock.ms + ms, action };
        clock.timers.push(timer);
        return () => void clock.timers.splice(clock.timers.indexOf(timer), 1);
      },
    },
    () => void changes++,
  );
  const guest = new Guest();
  agent.connect(guest);
  const greeting = await guest.heard();
  guest.say(greeting);
  const [, id] = /^sh (\d+) /.exec(await guest.heard()) ?? [];
  return { agent, guest, clock, greeting, factsId: Number(id), changes: () => changes };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('GuestAgent: is there when the greeting comes back, and has facts when they are told', async () => {
  const { agent, guest, factsId } = await connected();
  assert.equal(agent.isThere, true);
  const facts = [
    'web\n--\nLinux 6.12\n--\n"Debian"\n--',
    '1: lo: <UP>\n    link/loopback 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo',
    '2: eth0: <UP>\n    link/ether 00:50:56:00:00:01 brd ff\n    inet 10.0.2.15/24 brd\n    inet6 fe80::1/64 scope link',
    '--\nFilesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 20 80 20% /data\nstatus 0\n',
  ].join('\n');
  guest.say(`${factsId} ok ${base64(facts)}\n`);
  await settle();
  assert.deepEqual(agent.facts, {
    hostName: 'web',
    kernel: 'Linux 6.12',
    system: 'Debian',
    nics: [
      {
        name: 'eth0',
        mac: '00:50:56:00:00:01',
        addresses: [
          { address: '10.0.2.15', prefix: 24 },
          { address: 'fe80::1', prefix: 64 },
        ],
      },
    ],
    disks: [{ path: '/data', bytes: 102_400, freeBytes: 81_920 }],
  });
});

test('GuestAgent: nothing counts before the greeting, nor with an old one', async () => {
  const { agent, guest, greeting } = await connected();
  guest.listener.opened(false);
  assert.equal(agent.isThere, false);
  guest.listener.opened(true);
  guest.say(greeting);
  guest.say(`info :guestinfo.x ${toWord('1')}\n`);
  assert.equal(agent.isThere, false);
  assert.equal(agent.info.size, 0);
  guest.say(await guest.heard());
  assert.equal(agent.isThere, true);
});

test('GuestAgent.beginAs: a copy is as the other one, or takes its addresses before it is looked at, once', async () => {
  const { agent, guest } = await connected();
  const card = (index: number, address: string): VmNic => ({
    ...{ index, address, networkName: 'VM Network', addressType: 'generated', startConnected: true },
  });
  const [one, two] = ['00:0c:29:00:00:01', '00:0c:29:00:00:02'];
  assert.equal(
    copiedCards([card(0, one)], [card(0, one), card(1, two)]),
    undefined,
    'there is nothing to change',
  );
  const script = copiedCards([card(0, one)], [card(0, two)]) as string;
  assert.match(script, /00:0c:29:00:00:01\) to=00:0c:29:00:00:02 ;;/);
  const facts = { hostName: 'web', kernel: 'Linux 6.12', system: '', nics: [], disks: [] };
  agent.beginAs(facts, undefined);
  guest.listener.opened(false);
  guest.listener.opened(true);
  guest.say(await guest.heard());
  assert.deepEqual([await guest.heard(), agent.facts], ['', facts]);
  agent.beginAs(facts, script);
  guest.listener.opened(false);
  guest.listener.opened(true);
  guest.say(await guest.heard());
  const [, id, word = ''] = /^start (\d+) (:.*)\n$/.exec(await guest.heard()) ?? [];
  assert.equal(fromWord(word), script);
  guest.say(`${id} ok 77\n`);
  assert.equal(await guest.heard(), '', 'it is looked at when it has its addresses');
  assert.deepEqual(agent.facts, facts);
  guest.say('exit 77 0\nnet\n');
  assert.match(await guest.heard(), /^sh \d+ 15 :/);
  guest.listener.opened(true);
  guest.say(await guest.heard());
  assert.match(await guest.heard(), /^sh \d+ 15 :/);
});

test('GuestAgent: a look that is not answered in time, or cut off, is tried again with the next beat', async () => {
  const { agent, guest, clock } = await connected();
  guest.say('net\n');
  assert.match(await guest.heard(), /^sh \d+ 15 :/);
  for (const { action } of clock.timers.splice(0)) action();
  await settle();
  guest.say('beat\n');
  const [, id] = /^sh (\d+) 15 :/.exec(await guest.heard()) ?? [];
  guest.say(`${id} ok ${base64('web\nstatus 143\n')}\nbeat\n`);
  await settle();
  guest.say('beat\n');
  const [, last] = /^sh (\d+) 15 :/.exec(await guest.heard()) ?? [];
  guest.say(`${last} ok ${base64('web\nstatus 0\n')}\n`);
  await settle();
  assert.equal(agent.facts?.hostName, 'web');
  guest.say('beat\n');
  assert.equal(await guest.heard(), '');
});

test('GuestAgent.run: gives status and output', async () => {
  const { agent, guest } = await connected();
  const run = agent.run("echo 'a b'", 5);
  const asked = /^sh (\d+) 5 (\S+)\n$/.exec(await guest.heard());
  assert.equal(fromWord(asked?.[2] ?? ''), "echo 'a b'");
  guest.say(`${asked?.[1]} ok ${base64('a b\nstatus 3\n')}\n`);
  assert.deepEqual(await run, { status: 3, output: 'a b\n' });
});

test('GuestAgent.start: knows when the program has ended', async () => {
  const { agent, guest, clock } = await connected();
  const start = agent.start('sleep 1');
  const [, id] = /^start (\d+) /.exec(await guest.heard()) ?? [];
  guest.say(`${id} ok 77\n`);
  assert.equal((await start).pid, 77);
  clock.ms = 5000;
  guest.say('exit 78 0\nexit 77 9\n');
  assert.deepEqual(agent.programs, [
    {
      pid: 77,
      ...{ name: 'sh', commandLine: 'sleep 1', owner: 'root' },
      startedMs: 1000,
      endedMs: 5000,
      status: 9,
    },
  ]);
});

test('GuestAgent.put, get: files of several blocks, byte for byte', async () => {
  const { agent, guest } = await connected();
  const bytes = Buffer.alloc(BLOCK_BYTES + 3).map((_, i) => i & 0xff);
  const put = agent.put('/tmp/ä b', [bytes]);
  for (const [how, part] of [
    ['new', bytes.subarray(0, BLOCK_BYTES)],
    ['more', bytes.subarray(BLOCK_BYTES)],
  ] as const) {
    const heard = await guest.heard();
    const [line = '', id = '', path = ''] = /^put (\d+) (\S+) \w+ \d+\n/.exec(heard) ?? [];
    assert.equal(line, `put ${id} ${toWord('/tmp/ä b')} ${how} ${part.length}\n`);
    assert.equal(fromWord(path), '/tmp/ä b');
    assert.deepEqual(Buffer.from(heard.slice(line.length), 'latin1'), part);
    guest.say(`${id} ok\n`);
  }
  await put;
  const blocks: Uint8Array[] = [];
  const get = (async () => {
    for await (const block of agent.get('/x')) blocks.push(block);
  })();
  for (const part of [bytes.subarray(0, BLOCK_BYTES), bytes.subarray(BLOCK_BYTES)]) {
    const [, id] = /^get (\d+) :\/x \d+\n$/.exec(await guest.heard()) ?? [];
    guest.say(`${id} ok ${Buffer.from(part).toString('base64')}\n`);
  }
  await get;
  assert.deepEqual(Buffer.concat(blocks), bytes);
});

test('GuestAgent.capture: what is short comes at once, what is long by blocks; get, put as a user', async () => {
  const { agent, guest } = await connected();
  const answer = async (verb: RegExp, words: string) => {
    const asked = await guest.heard();
    const [, id] = verb.exec(asked) ?? [];
    guest.say(`${id} ok ${words}\n`);
    return asked;
  };
  const short = agent.capture('x');
  await answer(/^sh (\d+) /, base64('out\nstatus 0\n'));
  assert.deepEqual(await short, { status: 0, output: 'out\n' });
  const failed = agent.capture('x');
  await answer(/^sh (\d+) /, base64('status 3\n'));
  assert.deepEqual(await failed, { status: 3, output: '' });
  const long = agent.capture('x');
  await answer(/^sh (\d+) /, base64('status 200\n'));
  await answer(/^get (\d+) :\/run\/vmk\/out\.\d+ 0\n$/, base64('y'.repeat(BLOCK_BYTES)));
  await answer(/^get (\d+) \S+ 1\n$/, base64('z'));
  assert.match(
    fromWord((await answer(/^sh (\d+) /, base64('status 0\n'))).split(' ')[3] ?? ''),
    /^rm -f \/run\/vmk\/out/,
  );
  assert.equal((await long).output, `${'y'.repeat(BLOCK_BYTES)}z`);
  const put = agent.put('/a', [Buffer.from('1')], 'ann');
  await answer(/^put (\d+) :\/a new 1 :ann\n1$/, '');
  await put;
  const get = agent.get('/a', 'ann').next();
  await answer(/^get (\d+) :\/a 0 :ann\n$/, base64('1'));
  assert.equal(Buffer.from((await get).value ?? []).toString(), '1');
});

test('GuestAgent: what finds no room waits for it', async () => {
  const { agent, guest } = await connected();
  guest.roomBytes = 3;
  agent.setInfo('guestinfo.k', 'v');
  assert.equal(await guest.heard(), 'set');
  guest.roomBytes = 100;
  guest.listener.room();
  assert.equal(await guest.heard(), ' k :v\n');
});

test('GuestAgent: who waits hears of silence, of a refusal, and of the end', async () => {
  const { agent, guest, clock } = await connected();
  const silent = agent.run('x');
  await settle();
  for (const { action } of [...clock.timers]) action();
  await assert.rejects(silent, /does not answer/);
  const refused = agent.down('reboot');
  const [, id] = /down (\d+) reboot\n$/.exec(await guest.heard()) ?? [];
  guest.say(`${id} fail\n`);
  await assert.rejects(refused, /could not do it/);
  const ended = agent.run('y');
  agent.disconnect();
  await assert.rejects(ended, /has gone/);
  await assert.rejects(agent.run('z'), /no agent answers/);
});

test('GuestAgent.heartbeat: gray, green, yellow, red, and who watches hears of each', async () => {
  const { agent, guest, clock, changes } = await connected();
  const fire = () => {
    const due = clock.timers.filter(({ ms }) => ms <= clock.ms);
    clock.timers = clock.timers.filter((timer) => !due.includes(timer));
    for (const { action } of due) action();
  };
  const before = changes();
  assert.equal(agent.heartbeat, 'green');
  clock.ms += 80_000;
  assert.equal(agent.heartbeat, 'yellow');
  fire();
  assert.equal(changes(), before + 1);
  clock.ms += 80_000;
  assert.equal(agent.heartbeat, 'red');
  fire();
  assert.equal(changes(), before + 2);
  guest.say('beat\n');
  assert.equal(agent.heartbeat, 'green');
  assert.equal(changes(), before + 3);
  guest.say('beat\n');
  assert.equal(changes(), before + 3);
  guest.listener.opened(false);
  assert.equal(agent.heartbeat, 'gray');
});

test('GuestAgent: keys and values of guestinfo have bounds', async () => {
  const { agent, guest, changes } = await connected();
  const before = changes();
  guest.say(`info :other ${toWord('1')}\ninfo :guestinfo.a/b :1\ninfo :guestinfo.x :${'y'.repeat(65_536)}\n`);
  assert.deepEqual([agent.info.size, changes()], [0, before]);
  for (let i = 0; i < 500; i++) guest.say(`info :guestinfo.${i} :1\n`);
  assert.equal(agent.info.size, 128);
  assert.throws(() => agent.setInfo('guestinfo.new', '1'), /guestinfo/);
  assert.throws(() => agent.setInfo('guestinfo.1', 'y'.repeat(65_537)), /guestinfo/);
});

test("GuestAgent: guestinfo of the .vmx is the guest's when it comes; what a guest said ends with its machine", async () => {
  const { agent, guest } = await connected();
  guest.say(`info :guestinfo.said =${base64('ä')}\n`);
  assert.equal(agent.info.get('guestinfo.said'), 'ä');
  agent.disconnect();
  const vmx = [
    ['GuestInfo.small', 'a b'],
    ['guestinfo.large', 'x'.repeat(20_000)],
    ['guestinfo.a/b', '1'],
    ['memSize', '64'],
  ] as const;
  agent.connect(guest, vmx);
  assert.deepEqual([...agent.info.keys()], ['guestinfo.said', 'guestinfo.small', 'guestinfo.large']);
  agent.connect(guest, vmx, { isNew: true });
  assert.deepEqual([...agent.info.keys()], ['guestinfo.small', 'guestinfo.large']);
  guest.say((await guest.heard()).split('\n').findLast((line) => line.startsWith('hello')) + '\n');
  const told = await guest.heard();
  assert.match(
    told,
    /^set small :a\\0040b\nput 0 :\/run\/vmk\/guestinfo\/large new 16384\nx{16384}put 0 \S+ more 3616\nx{3616}sh /,
  );
  agent.setInfo('guestinfo.small', '');
  assert.equal(await guest.heard(), 'set small :\n');
  assert.equal(agent.info.has('guestinfo.small'), false);
});

test('GuestAgent: fuzz: whatever a guest says, nothing throws and nothing grows', async () => {
  const random = new SeededRandom(1);
  const { agent, guest } = await connected();
  const words = [
    'hello',
    'beat',
    'exit',
    'info',
    'net',
    'ok',
    'fail',
    '1',
    '2',
    '-1',
    ':\\x00',
    ':guestinfo.a',
    '\n',
    ' ',
    '\0',
  ];
  for (let i = 0; i < 5000; i++) {
    const bytes = Uint8Array.from({ length: random.below(40) }, () => random.below(256));
    if (random.below(2) === 0) guest.listener.data(bytes);
    else guest.say(`${words[random.below(words.length)]}${random.below(3) === 0 ? '\n' : ' '}`);
  }
  guest.listener.data(new Uint8Array(10 ** 7).fill(0x61));
  await settle();
  assert.ok(agent.info.size <= 128 && agent.programs.length <= 64);
});

test('words: any text comes back; lines are put together, and too long ones dropped', () => {
  const text = String.fromCharCode(...Array.from({ length: 255 }, (_, i) => i + 1)) + '€ \\0101 \\x41';
  assert.equal(fromWord(toWord(text)), text);
  assert.match(toWord(text), /^:[\x21-\x7e]+$/);
  const lines = new Lines();
  assert.deepEqual(lines.add(Buffer.from('a\nb')), ['a']);
  assert.deepEqual(lines.add(Buffer.from('c\n')), ['bc']);
  assert.deepEqual(lines.add(Buffer.alloc(70_000, 'x')), []);
  assert.deepEqual(lines.add(Buffer.from('x\nnext\n')), ['next']);
});
