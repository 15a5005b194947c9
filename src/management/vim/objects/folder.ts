/** Folder: the five folders of a host, which nobody can change. */
import type { VimContext } from '../context.ts';
import { managed } from '../model/managed.ts';
import { type MoRef, moRef } from '../model/value.ts';
import { FOLDER_METHODS } from '../vm/folder-methods.ts';
import { entityProperties } from './entity.ts';

export interface FolderFacts {
  readonly vim: VimContext;
  readonly id: string;
  readonly name: string;
  readonly parent: MoRef | undefined;
  readonly childType: readonly string[];
  /** Those of its children that are there now. */
  children(): MoRef[];
}

export const folderRows = {
  properties: {
    ...entityProperties<FolderFacts>({
      vim: ({ vim }) => vim,
      ref: ({ id }) => moRef('Folder', id),
      name: ({ name }) => name,
      parent: ({ parent }) => parent,
    }),
    childType: ({ childType }: FolderFacts) => childType,
    childEntity: (folder: FolderFacts) => folder.children(),
  },
} as const;

export const Folder = managed<'Folder', FolderFacts>('Folder', { ...folderRows, methods: FOLDER_METHODS });
