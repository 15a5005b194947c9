/** FileManager: folders and files on datastores made, copied, moved, removed. */

import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Call } from '../model/call.ts';
import { FAULTS } from '../model/faults.ts';
import { ASKED, managed } from '../model/managed.ts';
import { fault, type MoRef, VimFault } from '../model/value.ts';
import { VM_FAULTS } from '../vm/vm-faults.ts';
import { FILE_PRIVILEGE, onFiles, type Place, type Places } from './places.ts';

interface Transfer {
  readonly sourceName: string;
  readonly destinationName: string;
  readonly force?: boolean | undefined;
}

/** Both ends of a copy or a move, if it can be. */
function ends(places: Places, { sourceName, destinationName, force }: Transfer, call: Call) {
  const from = places.existing(sourceName, FILE_PRIVILEGE, call);
  if (from instanceof VimFault) return from;
  if (from.path === '') return FAULTS.invalidArgument('sourceName');
  const to = places.free(destinationName, call, force ?? false);
  if (to instanceof VimFault) return to;
  if (`${to.file}/`.startsWith(`${from.file}/`)) return FAULTS.invalidArgument('destinationName');
  return { from, to };
}

/** Removes a file, or a folder with all that is in it. */
export async function removeWhole(places: Places, place: Place): Promise<VimFault | undefined> {
  if (place.path === '') return FAULTS.invalidArgument('name');
  const used = places.used(place);
  if (used) return used;
  await rm(place.file, { recursive: true });
  return undefined;
}

function transfer(
  places: Places,
  args: Transfer,
  call: Call,
  carry: (from: Place, to: Place) => Promise<VimFault | void>,
): MoRef {
  return call.task(async () => {
    const both = ends(places, args, call);
    if (both instanceof VimFault) return both;
    return await onFiles(both.from.text, () => carry(both.from, both.to));
  });
}

async function move(places: Places, from: Place, to: Place): Promise<VimFault | void> {
  const used = places.used(from);
  if (used) return used;
  await rename(from.file, to.file);
  return undefined;
}

async function makeDirectory(places: Places, text: string, withParents: boolean, call: Call) {
  const place = places.find(text, FILE_PRIVILEGE, call);
  if (place instanceof VimFault) return place;
  if (existsSync(place.file)) return VM_FAULTS.fileExists(place.text);
  if (!withParents && !existsSync(dirname(place.file))) return VM_FAULTS.fileNotFound(place.text);
  const result = await onFiles(place.text, () => mkdir(place.file, { recursive: withParents }));
  return result instanceof VimFault ? result : undefined;
}

export const FileManager = managed<'FileManager', Places>('FileManager', {
  properties: {},
  methods: {
    MakeDirectory: {
      privilege: ASKED,
      invoke: (places, { name, createParentDirectories }, call) =>
        makeDirectory(places, name, createParentDirectories ?? false, call),
    },
    DeleteDatastoreFile_Task: {
      privilege: ASKED,
      invoke: (places, { name }, call) =>
        call.task(async () => {
          const place = places.existing(name, FILE_PRIVILEGE, call);
          if (place instanceof VimFault) return place;
          return await onFiles(place.text, () => removeWhole(places, place));
        }),
    },
    MoveDatastoreFile_Task: {
      privilege: ASKED,
      invoke: (places, args, call) => transfer(places, args, call, (from, to) => move(places, from, to)),
    },
    CopyDatastoreFile_Task: {
      privilege: ASKED,
      invoke: (places, args, call) =>
        transfer(places, args, call, (from, to) => cp(from.file, to.file, { recursive: true, force: true })),
    },
    ChangeOwner: {
      privilege: ASKED,
      invoke: (places, { name, owner }, call) => {
        const place = places.existing(name, FILE_PRIVILEGE, call);
        if (place instanceof VimFault) return place;
        if (owner === 'root') return undefined;
        return fault(
          'UserNotFound',
          { principal: owner, unresolved: false },
          `The user ${owner} owns no files here.`,
        );
      },
    },
  },
});
