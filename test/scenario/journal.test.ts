// A host is killed while a guest writes a journal: a few times here, 200 times by "npm run soak -- kills".
import { test } from 'node:test';
import { killHosts } from './journal.ts';

const KILLS = 4;
const SEED = 7;

test(`a host that is killed ${KILLS} times: every flush that a guest was told of is on its disk`, (t) =>
  killHosts(KILLS, SEED, (line) => t.diagnostic(line)));
