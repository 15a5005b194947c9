/** DiagnosticManager: the host's logs, read by lines. */
import type { VimContext } from '../context.ts';
import { FAULTS } from '../model/faults.ts';
import { managed } from '../model/managed.ts';
import { fault } from '../model/value.ts';

/** Lines in one answer, when the client names no number or a larger one. Source: ESXi. */
const MOST_LINES = 1000;

export const DiagnosticManager = managed<'DiagnosticManager', VimContext>('DiagnosticManager', {
  properties: {},
  methods: {
    QueryDescriptions: ({ host: { logs } }) =>
      logs?.list().map(({ name, path, description }) => ({
        ...{ key: name, fileName: path, creator: name, format: 'plain', mimeType: 'text/plain' },
        info: { label: description, summary: description },
      })),
    /** From a line on; the last line's number tells whether there are more. A `start` behind the end answers that alone. */
    BrowseDiagnosticLog({ host: { logs } }, { key, start = 1, lines = MOST_LINES }) {
      if (logs === undefined) return FAULTS.notSupported();
      const found = logs.list().find(({ name }) => name === key);
      if (found === undefined)
        return fault('CannotAccessFile', { file: key }, `Unable to access file ${key}`);
      const all = logs.tail(key, Number.MAX_SAFE_INTEGER);
      const first = Math.max(1, start);
      const lineText = all.slice(first - 1, first - 1 + Math.min(MOST_LINES, lines > 0 ? lines : MOST_LINES));
      const last = lineText.length === 0 ? all.length : first - 1 + lineText.length;
      return {
        lineStart: Math.min(first, all.length + 1),
        lineEnd: last,
        ...(lineText.length > 0 && { lineText }),
      };
    },
  },
});
