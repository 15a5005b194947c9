/** `npm run soak`: what takes too long for every test run, by name. */
import { parseArgs } from 'node:util';
import { soakAddresses } from './addresses.ts';
import { soakCodeCache } from './code-cache.ts';
import { soakDebian } from './debian.ts';
import { soakEngines } from './engines.ts';
import { soakKills } from './kills.ts';

type Say = (line: string) => void;

interface Soak {
  readonly what: string;
  readonly run: (amount: string | undefined, say: Say) => Promise<boolean>;
}

const SOAKS: Readonly<Record<string, Soak>> = {
  addresses: {
    what: '[VMS] (200) VMs of one host, each with an address of its own that it answers at',
    run: (vms, say) => soakAddresses(Number(vms ?? 200), say),
  },
  'code-cache': {
    what: 'a guest that generates code for [MINUTES] (10): memory stays where it is',
    run: (minutes, say) => soakCodeCache(Number(minutes ?? 10), say),
  },
  debian: {
    what: 'a Debian on a disk: template [NAME] (debian) is made, deployed, booted; a package is installed, and stays',
    run: (name, say) => soakDebian(name ?? 'debian', say),
  },
  engines: {
    what: 'two billion instructions on JIT and interpreter, and [STEPS] (100000000) on the reference: equal hashes',
    run: (steps, say) => soakEngines(BigInt(steps ?? 100_000_000), say),
  },
  kills: {
    what: 'a host that is killed [KILLS] (200) times at seeded random moments: every flush that its guest was told of is there',
    run: (kills, say) => soakKills(Number(kills ?? 200), say),
  },
};

const { positionals } = parseArgs({ allowPositionals: true });
const [name = '', amount] = positionals;
const soak = SOAKS[name];
const say: Say = (line) => void process.stdout.write(`${line}\n`);
if (soak === undefined) {
  say('npm run soak -- NAME [AMOUNT]');
  for (const [known, { what }] of Object.entries(SOAKS)) say(`  ${known.padEnd(12)} ${what}`);
  process.exitCode = 2;
} else {
  const isGood = await soak.run(amount, say);
  say(`${name}: ${isGood ? 'as it must be' : 'NOT as it must be'}`);
  process.exitCode = isGood ? 0 : 1;
}
