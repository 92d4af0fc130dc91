import { internal, ServiceError } from '../../error/index.js';
import { refusalOf } from '../sql/index.js';
import { tooMuch } from './too-much.js';

/**
 * What SQLite says of a statement beyond one of its limits, nearly always without a code of its own.
 * https://sqlite.org/limits.html
 */
const limits = [
  /^parser stack overflow/,
  /^Expression tree is too large/,
  /^at most \d+ tables in a join/,
  /^too many (SQL variables|columns|terms|arguments|references|FROM clause terms|levels)/,
  /^variable number must be between/,
  /^(statement|string or blob|LIKE or GLOB pattern) too (big|long|complex)/,
  /^integer overflow/,
];

/** What a driver's code for a failure means to the one who runs the service. */
const meanings: readonly (readonly [code: RegExp, meaning: (file: string) => string])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, (file) => `The database file '${file}' is in use by another process.`],
  [/^SQLITE_NOTADB/, (file) => `The file '${file}' is not a SQLite database.`],
  [/^SQLITE_CORRUPT/, (file) => `The database file '${file}' is damaged.`],
  [/^SQLITE_FULL/, (file) => `There is no space left for the database file '${file}'.`],
  [/^SQLITE_(READONLY|PERM|AUTH)/, (file) => `The database file '${file}' is not writable.`],
  [
    /^SQLITE_CANTOPEN|: 14"\)$|^(EACCES|EPERM|ENOTDIR|EROFS|EEXIST)/,
    (file) => `The database file '${file}' cannot be opened.`,
  ],
  [/^SQLITE_IOERR/, (file) => `The database file '${file}' cannot be read or written.`],
];

/** The error for what the SQLite driver threw. */
export function sqliteError(error: unknown, file: string): ServiceError {
  if (error instanceof ServiceError) return error;
  const { code, message } = driverError(error);
  const refused = refusalOf(message);
  if (refused !== undefined) return tooMuch(refused, error);
  if (limits.some((limit) => limit.test(message))) return tooMuch(message, error);
  const meaning = meanings.find(([pattern]) => pattern.test(code) || pattern.test(message));
  return internal(meaning === undefined ? `The database failed: ${message}` : meaning[1](file), { cause: error });
}

/** TypeORM wraps what the driver throws. */
function driverError(error: unknown): { code: string; message: string } {
  const { driverError: inner, code, message } = error as { driverError?: unknown; code?: unknown; message?: unknown };
  if (inner !== undefined) return driverError(inner);
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : String(error) };
}
