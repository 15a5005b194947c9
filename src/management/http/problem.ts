/** Answers that are not what was asked for: one table from what went wrong to a status and a sentence. */

/** Ends a request with a status; the message is for the person. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
    this.headers = headers;
  }
}

/** What is said of our own mistakes. */
export const HOST_FAILED = 'The host has failed; its log says how';

interface ProblemRow {
  readonly status: number;
  readonly message: string;
}

/** Errors of files, by the system's code. */
// biome-ignore format: a table reads in columns
const FILE_PROBLEMS: Readonly<Record<string, ProblemRow>> = {
  ENOENT:       { status: 404, message: 'there is no such file or folder' },
  ENOTDIR:      { status: 404, message: 'a part of the path is not a folder' },
  ELOOP:        { status: 404, message: 'links are not followed' },
  EISDIR:       { status: 405, message: 'it is a folder' },
  EINVAL:       { status: 400, message: 'the path has a name that cannot be' },
  ENAMETOOLONG: { status: 400, message: 'a name is longer than 255 bytes' },
  EPERM:        { status: 403, message: 'it is neither a file nor a folder' },
  EACCES:       { status: 403, message: 'the host may not do that' },
  EROFS:        { status: 403, message: 'it is read-only' },
  ENOTEMPTY:    { status: 409, message: 'the folder is not empty' },
  EEXIST:       { status: 409, message: 'there is something of that name' },
  EBUSY:        { status: 409, message: 'it is in use' },
  ETXTBSY:      { status: 409, message: 'it is in use' },
  ENOSPC:       { status: 507, message: 'there is not enough space' },
  EDQUOT:       { status: 507, message: 'there is not enough space' },
  EFBIG:        { status: 507, message: 'a file cannot be that large' },
};

/** The answer to an error, or undefined when it is none that was foreseen. `what` is what the request named. */
export function problemOf(error: unknown, what: string): HttpProblem | undefined {
  if (error instanceof HttpProblem) return error;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const row =
    typeof code === 'string' && Object.hasOwn(FILE_PROBLEMS, code) ? FILE_PROBLEMS[code] : undefined;
  return row && new HttpProblem(row.status, `${what}: ${row.message}`);
}
