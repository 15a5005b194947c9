/** What a host is brought up with, and what is said of it once it is up. */
import type { HomePaths } from './home.ts';

export const DEFAULT_HTTPS_PORT = 8443;

export interface UpConfig {
  readonly paths: HomePaths;
  /** Worker threads that run machines; at least 1. */
  readonly pcpus: number;
  /** Machine memory for all VMs, in bytes. */
  readonly memoryBytes: number;
  /** Where the HTTPS port listens; undefined: nowhere. Port 0: one that the system chooses. */
  readonly https: { readonly address: string; readonly port: number } | undefined;
  /** A file whose first line is the password that root gets at the first start. */
  readonly passwordFile: string | undefined;
  /** Translated code is neither taken from earlier starts nor kept for later ones. */
  readonly keepsNoCode?: boolean;
}

/** Why a host ended. */
export type HostEnd = 'stop' | 'reboot';

/** A host that is up. */
export interface UpHost {
  /** For the person: where to look. */
  readonly lines: readonly string[];
  /** Resolves when everything has ended and is saved. */
  readonly ended: Promise<HostEnd>;
  /** Ends it; may be called again. Resolves when the VMs have ended and all is saved. */
  readonly shutDown: (how: HostEnd) => Promise<void>;
}

/** What hears of a host that comes up. */
export interface UpReport {
  /** Told what goes on, of which some may take long. */
  readonly activity: (text: string) => void;
  /** Told what the person must see now, whether the host comes up or not. */
  readonly notice: (line: string) => void;
}

/** Brings a host up. Throws HostError for what is in its way. */
export type BringUp = (config: UpConfig, report: UpReport) => Promise<UpHost>;
