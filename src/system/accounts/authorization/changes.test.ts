// Changes of roles and permissions: what they do, what they refuse, and that root always administers the host.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '#lib';
import {
  type AuthorizationChange,
  mergePermissions,
  removeAuthorizationRole,
  removeEntityPermission,
  resetEntityPermissions,
  setEntityPermissions,
  withoutPrincipal,
} from './changes.ts';
import { type Authorization, isRootAdmin, type Permission, ROOT_ENTITY } from './permissions.ts';
import { addRole, ownRole, ROLE_ID, removeRole, updateRole } from './roles.ts';
import { parseAuthorization, printPermissions, printRoles } from './stored.ts';

const { admin, readOnly, noAccess } = ROLE_ID;
const permission = (principal: string, roleId: number, propagate = true) => ({
  principal,
  group: false,
  roleId,
  propagate,
});
const PRINCIPALS = {
  exists: (principal: string, group: boolean) =>
    (group ? ['ops'] : ['root', 'bob', 'eve']).includes(principal),
};
const START: Authorization = {
  roles: [ownRole(10, 'Power', ['VirtualMachine.Interact.PowerOn'])],
  permissions: [
    { entity: ROOT_ENTITY, ...permission('root', admin) },
    { entity: 'vm', ...permission('bob', 10) },
  ],
};
const fault = (change: AuthorizationChange) => ('fault' in change ? change.fault : undefined);
const after = (change: AuthorizationChange): readonly Permission[] => {
  assert.ok('authorization' in change, JSON.stringify(change));
  return change.authorization.permissions;
};

test('setEntityPermissions: adds and replaces; resetEntityPermissions: is all there is', () => {
  const two = setEntityPermissions(
    START,
    'vm',
    [permission('bob', readOnly), permission('eve', 10)],
    PRINCIPALS,
  );
  assert.deepEqual(
    after(two).map(({ principal, roleId }) => `${principal} ${roleId}`),
    ['root -1', 'bob -2', 'eve 10'],
  );
  const reset = resetEntityPermissions(START, 'vm', [permission('eve', 10)], PRINCIPALS);
  assert.deepEqual(
    after(reset).map(({ principal }) => principal),
    ['root', 'eve'],
  );
});

// biome-ignore format: a table reads in columns
const REFUSED: readonly (readonly [what: string, change: AuthorizationChange, fault: string])[] = [
  ['root loses Admin',                  setEntityPermissions(START, ROOT_ENTITY, [permission('root', readOnly)], PRINCIPALS),   'AuthMinimumAdminPermission'],
  ['root keeps it without propagation', setEntityPermissions(START, ROOT_ENTITY, [permission('root', admin, false)], PRINCIPALS), 'AuthMinimumAdminPermission'],
  ['root is reset away',                resetEntityPermissions(START, ROOT_ENTITY, [permission('bob', admin)], PRINCIPALS),     'AuthMinimumAdminPermission'],
  ['root is removed',                   removeEntityPermission(START, ROOT_ENTITY, 'root', false),                              'AuthMinimumAdminPermission'],
  ['Admin is merged away',              mergePermissions(START, admin, noAccess),                                               'AuthMinimumAdminPermission'],
  ['root is forgotten',                 withoutPrincipal(START, 'root', false),                                                 'AuthMinimumAdminPermission'],
  ['a user who is not there',           setEntityPermissions(START, 'vm', [permission('mallory', 10)], PRINCIPALS),             'UserNotFound'],
  ['a role that is not there',          setEntityPermissions(START, 'vm', [permission('bob', 99)], PRINCIPALS),                 'NotFound'],
  ['a role that cannot be granted',     setEntityPermissions(START, 'vm', [permission('bob', ROLE_ID.view)], PRINCIPALS),       'InvalidArgument'],
  ['somebody twice',                    setEntityPermissions(START, 'vm', [permission('bob', 10), permission('bob', readOnly)], PRINCIPALS), 'InvalidArgument'],
  ['a permission that is not there',    removeEntityPermission(START, 'vm', 'eve', false),                                      'NotFound'],
  ['a role in use',                     removeAuthorizationRole(START, 10, true),                                               'RemoveFailed'],
  ['a role of the system',              removeAuthorizationRole(START, admin, false),                                           'InvalidArgument'],
  ['a role that is not there',          removeAuthorizationRole(START, 77, false),                                              'NotFound'],
  ['merging into nothing',              mergePermissions(START, 10, 77),                                                        'NotFound'],
];

for (const [what, change, expected] of REFUSED) {
  test(`changes: refused: ${what}`, () => assert.equal(fault(change), expected));
}

test('removeAuthorizationRole: without failIfUsed its permissions go with it', () => {
  assert.deepEqual(
    after(removeAuthorizationRole(START, 10, false)).map(({ principal }) => principal),
    ['root'],
  );
});

test('roles: ids from 10, names of their own, the system privileges always', () => {
  const added = addRole(START.roles, 'Backup', ['Datastore.Browse']);
  assert.ok('roles' in added);
  assert.equal(added.roleId, 11);
  assert.deepEqual(added.roles[1]?.privileges, [
    'Datastore.Browse',
    'System.Anonymous',
    'System.Read',
    'System.View',
  ]);
  const renamed = updateRole(added.roles, 11, 'Restore', []);
  assert.ok('roles' in renamed);
  assert.equal(renamed.roles[1]?.name, 'Restore');
  // biome-ignore format: a table reads in columns
  for (const [change, expected] of [
    [addRole(added.roles, 'Power', []),          'AlreadyExists'],
    [addRole(added.roles, 'Admin', []),          'AlreadyExists'],
    [addRole(added.roles, ' ', []),              'InvalidName'],
    [addRole(added.roles, 'a\nb', []),           'InvalidName'],
    [addRole(added.roles, 'X', ['No.Such']),     'InvalidArgument'],
    [updateRole(added.roles, 11, 'Power', []),   'AlreadyExists'],
    [updateRole(added.roles, 12, 'X', []),       'NotFound'],
    [updateRole(added.roles, -1, 'X', []),       'InvalidArgument'],
    [removeRole(added.roles, 99),                'NotFound'],
  ] as const) {
    assert.equal('fault' in change ? change.fault : undefined, expected);
  }
});

const stored = (roles: string | undefined, permissions: string | undefined) =>
  parseAuthorization({ path: 'roles.json', text: roles }, { path: 'permissions.json', text: permissions });
const ROOT_ONLY = [{ entity: ROOT_ENTITY, principal: 'root', group: false, roleId: -1, propagate: true }];

test('stored: what is printed is read as it was', () => {
  const { authorization, problems } = stored(printRoles(START.roles), printPermissions(START.permissions));
  assert.deepEqual(authorization, START);
  assert.deepEqual(problems, []);
});

// biome-ignore format: a table reads in columns
const BAD_FILES: readonly (readonly [text: string, reason: RegExp])[] = [
  ['{"version": 1, "permissions": [',   /it is no JSON \(.*: only root administers the host$/],
  ['[]',                                /it has no "version": 1: only root/],
  ['{"version": 2, "permissions": []}', /it has no "version": 1: only root/],
  ['{"version": 1, "permissions": {}}', /"permissions" is no list/],
  ['null',                              /it has no "version": 1/],
];

for (const [text, reason] of BAD_FILES) {
  test(`stored: a bad file leaves root only and says so: ${text}`, () => {
    const { authorization, problems } = stored(undefined, text);
    assert.deepEqual(authorization.permissions, ROOT_ONLY);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.reason ?? '', reason);
  });
}

test('stored: bad entries are named and left out, the others count', () => {
  const entries = [
    { entity: 'vm', principal: 'bob', group: false, roleId: 10, propagate: true },
    { entity: 'vm', principal: 'bob', group: false, roleId: -1, propagate: true },
    { entity: 'vm', principal: 'eve', group: false, roleId: 55, propagate: true },
    { entity: 'vm', principal: 'eve', group: 'no', roleId: 10, propagate: true },
    { entity: ROOT_ENTITY, principal: 'root', group: false, roleId: -5, propagate: true },
    7,
  ];
  const roles =
    '{"version":1,"roles":[{"roleId":10,"name":"Power","privileges":["No.Such","Datastore.Browse"]},{"roleId":10,"name":"Twice","privileges":[]},{"roleId":-9,"name":"X","privileges":[]}]}';
  const { authorization, problems } = stored(roles, JSON.stringify({ version: 1, permissions: entries }));
  assert.deepEqual(
    authorization.permissions.map(({ principal, roleId }) => `${principal} ${roleId}`),
    ['root -1', 'bob 10'],
  );
  assert.deepEqual(authorization.roles[0]?.privileges.includes('Datastore.Browse'), true);
  assert.deepEqual(
    problems.map(({ path, reason }) => `${path} ${reason}`),
    [
      'roles.json role 2: the roleId 10 is there twice',
      'roles.json role 3: its roleId is no number above 0',
      'roles.json role 1: there is no privilege No.Such',
      'permissions.json permission 2: "bob" has one on vm already',
      'permissions.json permission 3: there is no role 55 to grant',
      'permissions.json permission 4: its group or propagate is neither true nor false',
      'permissions.json permission 6: it has no entity',
      'permissions.json root is no administrator in it, but always is one',
    ],
  );
});

test('stored: any text is read without harm, and root administers the host', () => {
  const random = new SeededRandom(4);
  const good = [printRoles(START.roles), printPermissions(START.permissions)] as const;
  for (let i = 0; i < 3000; i++) {
    const [roles, permissions] = good.map((text) => {
      let changed: string = text;
      for (let changes = random.below(4); changes > 0; changes--) {
        const at = random.below(changed.length);
        changed =
          changed.slice(0, at) +
          ['', '"', '[', '}', '-', '1', 'null'][random.below(7)] +
          changed.slice(at + random.below(3));
      }
      return changed;
    });
    const { authorization } = stored(roles, permissions);
    assert.ok(
      authorization.permissions.some((one) => isRootAdmin(one) && one.principal === 'root' && !one.group),
    );
  }
});
