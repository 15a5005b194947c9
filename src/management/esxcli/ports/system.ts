/** What the commands about the host as a whole need of it. */
import type { Trouble } from './accounts.ts';

export interface HostNames {
  readonly host: string;
  /** Empty when it has none. */
  readonly domain: string;
}

export interface IdentityPort {
  names(): HostNames;
  setNames(names: Partial<HostNames>): Trouble | Promise<Trouble>;
  /** The host's UUID in lower case with hyphens. */
  uuid(): string;
}

export interface VersionPort {
  version(): {
    readonly product: string;
    readonly version: string;
    readonly build: string;
    readonly update: string;
    readonly patch: string;
  };
}

export interface ClockPort {
  /** Nanoseconds since 1970. */
  wallNanoseconds(): bigint;
  /** Milliseconds since 1970. */
  set(wallMs: number): Trouble | Promise<Trouble>;
}

export interface UptimePort {
  /** Microseconds since the host came up. */
  uptimeMicroseconds(): bigint;
}

/** What the host came up from. */
export interface BootPort {
  /** Nanoseconds since 1970 at which it was installed. */
  installedWallNanoseconds(): bigint;
  /** The UUID of the file system it came up from. */
  bootFilesystemUuid(): string;
}

export interface MaintenancePort {
  enabled(): boolean;
  /** Ends when it is so; what stands against it comes back. */
  set(enabled: boolean, timeoutSeconds: number | undefined): Trouble | Promise<Trouble>;
}

export interface PowerPort {
  /** Begins it after `delaySeconds`. */
  shutdown(how: 'poweroff' | 'reboot', delaySeconds: number, reason: string): Trouble | Promise<Trouble>;
}
