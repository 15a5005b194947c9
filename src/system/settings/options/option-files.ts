/** Options whose value is the content of a file under /etc: whichever of the two is changed, the other follows. Source: ESXi's Config.Etc.*. */
import { HostError, type Logger } from '#lib';
import type { SettingsFiles } from '../settings-files.ts';
import type { AdvancedOptions } from './advanced-options.ts';

const FILES: readonly (readonly [key: string, path: string])[] = [
  ['Config.Etc.issue', '/etc/issue'],
  ['Config.Etc.motd', '/etc/motd'],
];

export interface OptionFilesParts {
  readonly options: AdvancedOptions;
  readonly files: SettingsFiles;
  readonly logger: Logger;
}

/** The file is what people see, so at the start the options are what it says. Owner: the settings. */
export class OptionFiles {
  readonly #parts: OptionFilesParts;

  constructor(parts: OptionFilesParts) {
    this.#parts = parts;
    this.readAgain();
    const { options, files } = parts;
    options.onChange(({ key, value }) => {
      const path = FILES.find(([option]) => option === key)?.[1];
      if (path !== undefined && files.read(path) !== value) files.replace(path, value as string);
    });
  }

  /** A file may have been put: options take its content. What an option does not allow is said, and stays in the file. */
  readAgain(): void {
    const { options, files, logger } = this.#parts;
    for (const [key, path] of FILES) {
      try {
        options.set(key, files.read(path) ?? '');
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        logger.warning(`${path}: ${error.message}`);
      }
    }
  }
}
