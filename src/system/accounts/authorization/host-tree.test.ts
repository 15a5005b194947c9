// Where the entities of a host hang.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostTree } from './host-tree.ts';
import { lineage } from './permissions.ts';

const tree = hostTree({
  isVm: (entity) => /^\d+$/.test(entity),
  isDatastore: (entity) => entity.startsWith('datastore'),
  isNetwork: (entity) => entity.startsWith('HaNetwork-'),
  poolParent: (entity) => (entity === 'pool1' ? 'ha-root-pool' : undefined),
});

// biome-ignore format: a table reads in columns
const LINES: readonly (readonly [entity: string, line: string])[] = [
  ['12',            '12 ha-folder-vm ha-datacenter ha-folder-root'],
  ['datastore1',    'datastore1 ha-folder-datastore ha-datacenter ha-folder-root'],
  ['HaNetwork-VM',  'HaNetwork-VM ha-folder-network ha-datacenter ha-folder-root'],
  ['ha-host',       'ha-host ha-compute-res ha-folder-host ha-datacenter ha-folder-root'],
  ['pool1',         'pool1 ha-root-pool ha-compute-res ha-folder-host ha-datacenter ha-folder-root'],
  ['ha-sessionmgr', 'ha-sessionmgr ha-folder-root'],
  ['toString',      'toString ha-folder-root'],
];

for (const [entity, line] of LINES) {
  test(`hostTree: ${entity}`, () => assert.equal(lineage(tree, entity).join(' '), line));
}
