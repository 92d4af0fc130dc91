import { badRequest, conflict, gatewayTimeout, internal, ServiceError } from '../../error/index.js';

import { postgresRefusalOf } from '../sql/index.js';
import { tooMuch } from './too-much.js';

type Meaning = (place: string, cause: unknown) => ServiceError;

const told =
  (message: (place: string) => string): Meaning =>
  (place, cause) =>
    internal(message(place), { cause });

/** The limits of a statement, such as how deep it is nested, and of the numbers and times that come up in it. */
const limit = /^(54...|22003|22008|22015)$/;

/** What PostgreSQL's or the network's code for a failure means. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const meanings: Readonly<Record<string, Meaning>> = {
  // The null character, as text or as \u0000 in JSON.
  '22021': (_, cause) => badRequest('A text holds a character that cannot be stored.', { cause }),
  '22P05': (_, cause) => badRequest('A text holds a character that cannot be stored.', { cause }),
  '23505': (_, cause) => conflict('There is already an entity with this key.', { cause }),
  '28000': told((place) => `PostgreSQL at ${place} refuses the user or the password.`),
  '28P01': told((place) => `PostgreSQL at ${place} refuses the user or the password.`),
  '3D000': told((place) => `PostgreSQL at ${place} has no such database.`),
  '40001': told(() => 'Others kept changing the same entities; the request was given up.'),
  '40P01': told(() => 'Others kept changing the same entities; the request was given up.'),
  '42501': told((place) => `PostgreSQL at ${place} does not let this user do that.`),
  '53100': told((place) => `PostgreSQL at ${place} has no space left.`),
  '53300': told((place) => `PostgreSQL at ${place} takes no more connections.`),
  '57014': (_, cause) =>
    gatewayTimeout(
      `The database did not finish in the time that the service gives it: ${String((cause as Error).message)}.`,
      { cause },
    ),
  '57P01': told((place) => `PostgreSQL at ${place} is shutting down.`),
  ECONNREFUSED: told((place) => `PostgreSQL at ${place} does not answer.`),
  ECONNRESET: told((place) => `PostgreSQL at ${place} has closed the connection.`),
  ENOTFOUND: told((place) => `PostgreSQL at ${place} cannot be found.`),
};

/** The error for what the PostgreSQL driver threw; `place` is the database without its password. */
export function postgresError(error: unknown, place: string): ServiceError {
  if (error instanceof ServiceError) return error;
  const code = postgresCode(error) ?? '';
  const meaning = meanings[code];
  if (meaning !== undefined) return meaning(place, error);
  const message = String((error as { message?: unknown }).message);
  const refused = code === '22P02' ? postgresRefusalOf(message) : undefined;
  if (refused !== undefined) return tooMuch(refused, error);
  return limit.test(code) ? tooMuch(message, error) : internal(`The database failed: ${message}`, { cause: error });
}

/** The driver's code for an error, wherever it was wrapped. */
export function postgresCode(error: unknown): string | undefined {
  const { driverError, cause, code } = error as { driverError?: unknown; cause?: unknown; code?: unknown };
  if (driverError !== undefined) return postgresCode(driverError);
  if (error instanceof ServiceError) return cause === undefined ? undefined : postgresCode(cause);
  return typeof code === 'string' ? code : undefined;
}
