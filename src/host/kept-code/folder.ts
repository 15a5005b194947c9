/** Where translated code is kept between starts. */
import { join } from 'node:path';
import { cacheFolder } from '#guest/cache-folder';

export const codeFolder = (): string => join(cacheFolder(), 'code');
