/** Files on datastores for who comes by the API: where a datastore path is, whether it may be touched, who uses it. */
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HostError } from '#lib';
import { isRunning } from '../../vms/power-states.ts';
import type { Vm } from '../../vms/vm.ts';
import type { VimContext } from '../context.ts';
import type { Call } from '../model/call.ts';
import { FAULTS, hostErrorFault } from '../model/faults.ts';
import { fault, moRef, VimFault } from '../model/value.ts';
import {
  type DatastorePath,
  fileOfVmx,
  formatDatastorePath,
  machinePath,
  parseDatastorePath,
} from '../vm/datastore-path.ts';
import { VM_FAULTS } from '../vm/vm-faults.ts';
import type { Machines } from '../vm/vms-host.ts';

/** A path of the API, and where it is. */
export interface Place extends DatastorePath {
  /** As it is told to people. */
  readonly text: string;
  /** On the machine. */
  readonly file: string;
}

/** The datastore's own: uploads on their way. */
const SYSTEM_FOLDER = '.vmk.sf';
export const FILE_PRIVILEGE = 'Datastore.FileManagement';
export const BROWSE_PRIVILEGE = 'Datastore.Browse';

export class Places {
  readonly vim: VimContext;
  readonly machines: Machines;

  constructor(vim: VimContext, machines: Machines) {
    this.vim = vim;
    this.machines = machines;
  }

  /** Where a path is, if who calls has the privilege on its datastore. */
  find(text: string, privilege: string, call: Call): Place | VimFault {
    const parsed = parseDatastorePath(text);
    if (parsed === undefined) return VM_FAULTS.invalidPath(text);
    const id = `ha-datastore-${parsed.datastore}`;
    if (this.vim.objects.get(id)?.kind.name !== 'Datastore')
      return fault(
        'InvalidDatastore',
        { name: parsed.datastore },
        `Invalid datastore '${parsed.datastore}'.`,
      );
    const refused = call.refusal(privilege, moRef('Datastore', id));
    if (refused) return refused;
    const place = {
      ...parsed,
      text: formatDatastorePath(parsed),
      file: machinePath(this.machines.volumes, parsed),
    };
    // No link leads out of a datastore, and what is the datastore's own is nobody's.
    const names = parsed.path.split('/');
    if (names[0] === SYSTEM_FOLDER || this.#hasLink(parsed)) return VM_FAULTS.fileNotFound(place.text);
    return place;
  }

  /** The same of a file or folder that is there. */
  existing(text: string, privilege: string, call: Call): Place | VimFault {
    const place = this.find(text, privilege, call);
    if (place instanceof VimFault || existsSync(place.file)) return place;
    return VM_FAULTS.fileNotFound(place.text);
  }

  /** The same of one that is not, in a folder that is; with `force` one that is there is in nobody's way. */
  free(text: string, call: Call, force: boolean): Place | VimFault {
    const place = this.find(text, FILE_PRIVILEGE, call);
    if (place instanceof VimFault) return place;
    if (place.path === '') return VM_FAULTS.fileExists(place.text);
    if (!existsSync(dirname(place.file))) return VM_FAULTS.fileNotFound(place.text);
    if (!existsSync(place.file)) return place;
    if (!force) return VM_FAULTS.fileExists(place.text);
    return this.used(place) ?? place;
  }

  /** FileLocked when a VM that runs uses it, or something below it. */
  used({ file, text }: Place): VimFault | undefined {
    const isBelow = (path: string) => path === file || path.startsWith(`${file}/`);
    const user = this.machines.vms.all.find((vm) => isRunning(vm.state) && this.#filesOf(vm).some(isBelow));
    if (user === undefined) return undefined;
    return VM_FAULTS.fileLocked(text);
  }

  #filesOf({ folder, settings }: Vm): string[] {
    const { volumes } = this.machines;
    const disks = settings.disks.map(({ fileName }) => fileOfVmx(volumes, folder.path, fileName));
    return [folder.vmxPath, ...disks, ...disks.map((disk) => disk.replace(/\.vmdk$/, '-flat.vmdk'))];
  }

  #hasLink({ datastore, path }: DatastorePath): boolean {
    let at = join(this.machines.volumes, datastore);
    for (const name of path === '' ? [] : path.split('/')) {
      at = join(at, name);
      const stat = lstatSync(at, { throwIfNoEntry: false });
      if (stat === undefined) return false;
      if (stat.isSymbolicLink()) return true;
    }
    return false;
  }
}

/** Does something to files; what the machine says against it becomes a fault. */
export async function onFiles<T>(text: string, work: () => T | Promise<T>): Promise<T | VimFault> {
  try {
    return await work();
  } catch (error) {
    return fileFault(text, error);
  }
}

// biome-ignore format: a table reads in columns
const OF_CODES: Readonly<Record<string, (text: string) => VimFault>> = {
  ENOENT:    VM_FAULTS.fileNotFound,
  EEXIST:    VM_FAULTS.fileExists,
  ENOTEMPTY: VM_FAULTS.fileExists,
  ENOTDIR:   VM_FAULTS.fileNotFound,
  EISDIR:    (file) => fault('CannotAccessFile', { file }, `Unable to access file ${file}`),
  ENOSPC:    (datastore) => fault('NoDiskSpace', { datastore, file: datastore }, 'Insufficient disk space on datastore.'),
  ENAMETOOLONG: (file) => fault('FileNameTooLong', { file }, `The file name ${file} is too long.`),
};
// biome-ignore format: a table reads in columns
const OF_ERRORS: Readonly<Record<string, (text: string, error: HostError) => VimFault>> = {
  'file-missing': (text) => VM_FAULTS.fileNotFound(text),
  'file-busy':    VM_FAULTS.fileLocked,
  'disk-refused': (_, { message }) => FAULTS.invalidArgument('spec', message),
  'disk-damaged': (file, { message }) => fault('InvalidDiskFormat', {}, `${file}: ${message}`),
};

function fileFault(text: string, error: unknown): VimFault {
  if (error instanceof HostError) return OF_ERRORS[error.code]?.(text, error) ?? hostErrorFault(error);
  const row = OF_CODES[(error as NodeJS.ErrnoException).code ?? ''];
  if (row) return row(text);
  throw error;
}
