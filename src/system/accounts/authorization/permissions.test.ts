// What permissions come to: examples, and random inventories against a second, slower reading of the rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import {
  type Authorization,
  type EntityTree,
  effectivePermissions,
  entityPermissions,
  hasPrivilege,
  hasPrivilegeOnEntities,
  type Permission,
  privilegesOn,
  ROOT_ENTITY,
} from './permissions.ts';
import { PRIVILEGES } from './privileges.ts';
import { ownRole, ROLE_ID, SYSTEM_ROLES } from './roles.ts';

/** root folder > datacenter > vm folder > 12; root folder > datacenter > datastore. */
const PARENTS: Readonly<Record<string, string>> = {
  'ha-datacenter': ROOT_ENTITY,
  'ha-folder-vm': 'ha-datacenter',
  12: 'ha-folder-vm',
  datastore1: 'ha-datacenter',
};
const TREE: EntityTree = { parentOf: (entity) => PARENTS[entity] };

const roles = [
  ownRole(10, 'Power', ['VirtualMachine.Interact.PowerOn']),
  ownRole(11, 'Browse', ['Datastore.Browse']),
];
const permission = (entity: string, principal: string, roleId: number, propagate = true): Permission => ({
  entity,
  principal: principal.replace('@', ''),
  group: principal.startsWith('@'),
  roleId,
  propagate,
});
const privileges = (permissions: readonly Permission[], entity: string, user: string, ...groups: string[]) =>
  privilegesOn({ roles, permissions }, TREE, entity, { user, groups });

const POWER = 'VirtualMachine.Interact.PowerOn';
const { admin, noAccess, readOnly } = ROLE_ID;

// biome-ignore format: a table reads in columns
const CASES: readonly (readonly [why: string, permissions: readonly Permission[], entity: string, privilege: string, has: boolean])[] = [
  ['nobody without a permission',            [],                                                                              '12', 'System.View',      false],
  ['propagated from the root',               [permission(ROOT_ENTITY, 'bob', admin)],                                         '12', POWER,              true],
  ['not propagated',                         [permission(ROOT_ENTITY, 'bob', admin, false)],                                  '12', POWER,              false],
  ['not propagated, on the entity itself',   [permission('12', 'bob', admin, false)],                                         '12', POWER,              true],
  ['the nearest wins, to less',              [permission(ROOT_ENTITY, 'bob', admin), permission('12', 'bob', readOnly)],      '12', POWER,              false],
  ['the nearest wins, to none',              [permission(ROOT_ENTITY, 'bob', admin), permission('12', 'bob', noAccess)],      '12', 'System.View',      false],
  ['the nearest wins, to more',              [permission(ROOT_ENTITY, 'bob', noAccess), permission('12', 'bob', 10)],         '12', POWER,              true],
  ['a nearer one that does not reach it',    [permission(ROOT_ENTITY, 'bob', admin), permission('ha-folder-vm', 'bob', noAccess, false)], '12', POWER,  true],
  ['a user before a group at one place',     [permission('12', '@ops', admin), permission('12', 'bob', readOnly)],            '12', POWER,              false],
  ['a near group before a far user',         [permission(ROOT_ENTITY, 'bob', noAccess), permission('12', '@ops', 10)],        '12', POWER,              true],
  ['groups are united: one',                 [permission('12', '@ops', 10), permission('12', '@dev', 11)],                    '12', POWER,              true],
  ['groups are united: the other',           [permission('12', '@ops', 10), permission('12', '@dev', 11)],                    '12', 'Datastore.Browse', true],
  ['groups are united: no access adds none', [permission('12', '@ops', 10), permission('12', '@dev', noAccess)],              '12', POWER,              true],
  ['a group that the user is not in',        [permission('12', '@hr', admin)],                                                '12', POWER,              false],
  ['a user named as a group',                [permission('12', 'ops', admin)],                                                '12', POWER,              false],
  ['an entity that is not there',            [permission(ROOT_ENTITY, 'bob', admin)],                                         '99', POWER,              false],
];

for (const [why, permissions, entity, privilege, has] of CASES) {
  test(`privilegesOn: ${why}`, () => {
    assert.equal(privileges(permissions, entity, 'bob', 'ops', 'dev').has(privilege), has);
    const who = { user: 'bob', groups: ['ops', 'dev'] };
    assert.equal(hasPrivilege({ roles, permissions }, TREE, entity, who, privilege), has);
  });
}

test('hasPrivilegeOnEntities: for each entity each privilege', () => {
  const authorization = { roles, permissions: [permission('12', 'bob', 10)] };
  assert.deepEqual(
    hasPrivilegeOnEntities(authorization, TREE, ['12', 'datastore1'], { user: 'bob', groups: [] }, [
      POWER,
      'System.View',
    ]),
    [
      {
        entity: '12',
        privAvailability: [
          { privId: POWER, isGranted: true },
          { privId: 'System.View', isGranted: true },
        ],
      },
      {
        entity: 'datastore1',
        privAvailability: [
          { privId: POWER, isGranted: false },
          { privId: 'System.View', isGranted: false },
        ],
      },
    ],
  );
});

test('entityPermissions: its own, and those above that reach it', () => {
  const permissions = [
    permission('12', 'a', 10, false),
    permission('ha-datacenter', 'b', 10),
    permission('ha-datacenter', 'c', 10, false),
  ];
  const names = (inherited: boolean) =>
    entityPermissions({ roles, permissions }, TREE, '12', inherited).map(({ principal }) => principal);
  assert.deepEqual(names(false), ['a']);
  assert.deepEqual(names(true), ['a', 'b']);
});

test('privilegesOn: a loop in the inventory ends', () => {
  const loop: EntityTree = { parentOf: () => 'a' };
  assert.equal(privilegesOn({ roles, permissions: [] }, loop, 'a', { user: 'bob', groups: [] }).size, 0);
});

test('privileges: 286 ids, each once; Admin has them all, NoAccess none', () => {
  const ids = PRIVILEGES.map(({ id }) => id);
  assert.equal(new Set(ids).size, 286);
  assert.ok(ids.includes('Host.Config.SystemManagement') && ids.includes('System.Anonymous'));
  assert.deepEqual(
    SYSTEM_ROLES.map(({ roleId, privileges }) => [roleId, privileges.length]),
    [
      [-5, 0],
      [-4, 1],
      [-3, 2],
      [-2, 3],
      [-1, 286],
    ],
  );
});

/** The same rules said the other way round: a permission decides when no other one beats it. */
function deciding(
  { permissions }: Authorization,
  line: readonly string[],
  user: string,
  groups: readonly string[],
): Permission[] {
  const distance = ({ entity }: Permission) => line.indexOf(entity);
  const reaches = permissions.filter((one) => {
    const isTheirs = one.group ? groups.includes(one.principal) : one.principal === user;
    return isTheirs && distance(one) >= 0 && (distance(one) === 0 || one.propagate);
  });
  const beats = (a: Permission, b: Permission) =>
    distance(a) < distance(b) || (distance(a) === distance(b) && !a.group && b.group);
  return reaches.filter((one) => !reaches.some((other) => beats(other, one)));
}

test('effectivePermissions: 5,000 random inventories, as a second reading of the rules has it', () => {
  const random = new SeededRandom(20);
  const pick = <T>(list: readonly T[]) => list[random.below(list.length)] as T;
  for (let round = 0; round < 5000; round++) {
    const parents = Array.from({ length: 8 }, (_, i) => (i === 0 ? undefined : random.below(i)));
    const tree: EntityTree = { parentOf: (entity) => parents[Number(entity)]?.toString() };
    const permissions = new Map<string, Permission>();
    for (let i = random.below(10); i > 0; i--) {
      const one = permission(
        String(random.below(8)),
        pick(['bob', 'eve', '@ops', '@dev', '@hr']),
        pick([admin, readOnly, noAccess, 10, 11]),
        random.below(2) === 0,
      );
      permissions.set(`${one.entity} ${one.principal} ${one.group}`, one);
    }
    const authorization = { roles, permissions: [...permissions.values()] };
    const entity = String(random.below(8));
    const line = [entity];
    for (let at = parents[Number(entity)]; at !== undefined; at = parents[at]) line.push(String(at));
    const groups = pick([[], ['ops'], ['ops', 'dev'], ['hr', 'dev', 'ops']]);
    const found = effectivePermissions(authorization, tree, entity, { user: 'bob', groups });
    assert.deepEqual(new Set(found), new Set(deciding(authorization, line, 'bob', groups)));
  }
});
