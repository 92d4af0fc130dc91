import { badRequest, type ServiceError } from '../../error/index.js';

/** A legal query that goes beyond what a database takes; the session stays usable. */
export function tooMuch(reason: string, cause: unknown): ServiceError {
  return badRequest(`The query asks for more than the database can do in one statement: ${reason}.`, { cause });
}
