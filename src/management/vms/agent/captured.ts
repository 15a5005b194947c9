/** A script around a script, for outputs that may be too long for one answer of the guest's agent. */

/** Of an output that comes at once. */
const SHORT_BYTES = 15_000;
/** The status that says: it is longer, and in the file. */
export const LONG = 200;

/** A script that failed has nothing to say. */
export const captured = (script: string, file: string): string =>
  [
    `umask 077\n(\n${script}\n) >${file} 2>/dev/null`,
    `s=$?; if [ $s != 0 ]; then rm -f ${file}; exit $s; fi`,
    `[ "$(wc -c <${file})" -le ${SHORT_BYTES} ] || exit ${LONG}; cat ${file}; rm -f ${file}`,
  ].join('\n');
