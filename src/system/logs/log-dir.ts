/** Where logs lie: the value of Syslog.global.logDir, `[datastore] folder` or `[] /folder`. */

export type ParsedLogDir =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Logs that lie here die with the host. */
export const LOCAL_LOG_FOLDER = '/var/log';

/** A path in the host's file system. */
export function parseLogDir(text: string): ParsedLogDir {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'path', path: LOCAL_LOG_FOLDER };
  const [, datastore, folder = ''] = /^\[([^\][/]*)\]\s*(.*)$/s.exec(trimmed) ?? [];
  if (datastore === undefined && !trimmed.startsWith('/'))
    return wrong('it is [datastore] folder, or a path from /');
  const names = (datastore === undefined ? trimmed : folder)
    .split('/')
    .filter((name) => name !== '' && name !== '.');
  if (names.some((name) => name === '..' || /\p{Cc}/u.test(name) || name.length > 255)) {
    return wrong('a name in it cannot be used');
  }
  if (datastore === undefined || datastore.trim() === '') {
    return names.length === 0
      ? wrong('it is not the root folder')
      : { kind: 'path', path: `/${names.join('/')}` };
  }
  const name = datastore.trim();
  if (name === '.' || name === '..') return wrong(`there cannot be a datastore "${name}"`);
  return { kind: 'path', path: `/vmfs/volumes/${[name, ...names].join('/')}` };
}

function wrong(reason: string): ParsedLogDir {
  return { kind: 'wrong', reason };
}
