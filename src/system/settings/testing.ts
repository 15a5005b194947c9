/** For tests of the settings: files in memory, a logger that remembers, and an error's text. */
import { Logger, type LogRecord } from '#lib';
import { memorySettingsFiles, type SettingsFiles } from './settings-files.ts';

export interface TestParts {
  readonly files: SettingsFiles;
  /** The files themselves, by path. */
  readonly texts: Map<string, string>;
  readonly logger: Logger;
  readonly said: string[];
}

export function testParts(texts = new Map<string, string>()): TestParts {
  const said: string[] = [];
  const sink = ({ level, message }: LogRecord) => said.push(`${level}: ${message}`);
  return {
    files: memorySettingsFiles(texts),
    texts,
    said,
    logger: new Logger('test', sink, { wallNanoseconds: () => 0n }),
  };
}

/** What was thrown, as people see it; undefined when nothing was. */
export function thrown(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
