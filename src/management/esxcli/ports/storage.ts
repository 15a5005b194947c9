/** What the file system commands need of the host. */

export interface DatastoreRow {
  readonly mountPoint: string;
  readonly volumeName: string;
  readonly uuid: string;
  readonly mounted: boolean;
  readonly type: string;
  readonly sizeBytes: bigint;
  readonly freeBytes: bigint;
}

export interface DatastoresPort {
  list(): readonly DatastoreRow[] | Promise<readonly DatastoreRow[]>;
}
