import { badRequest } from '../../error/index.js';

import { identifierKey, type BatchRules } from './batch-rules.js';

const LONGEST = 200;

/** The identifiers of a batch so far; each names one request or one group. [OData-Protocol 11.7.3] */
export class Identifiers {
  readonly #rules: BatchRules;
  readonly #kinds = new Map<string, 'request' | 'group'>();

  constructor(rules: BatchRules) {
    this.#rules = rules;
  }

  /** Takes a new identifier; 400 where it is none, or is taken. */
  declare(id: unknown, kind: 'request' | 'group', place: string): string {
    if (typeof id !== 'string' || id === '' || id.length > LONGEST || !isPrintable(id)) {
      throw malformed(place, `An identifier must be a string of 1 to ${String(LONGEST)} printable characters`);
    }
    const key = identifierKey(id, this.#rules);
    const present = this.#kinds.get(key);
    if (present === 'group' && kind === 'group')
      throw malformed(place, `The requests of the group '${id}' must stand next to each other`);
    if (present !== undefined) throw malformed(place, `The identifier '${id}' is used more than once`);
    this.#kinds.set(key, kind);
    return id;
  }

  has(id: string): boolean {
    return this.#kinds.has(identifierKey(id, this.#rules));
  }
}

/** A 400 that names the place in the envelope: `requests/2/dependsOn`. */
export function malformed(place: string, problem: string): Error {
  return badRequest(`The batch is malformed at '${place}': ${problem}.`, { target: place });
}

function isPrintable(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f]/.test(text);
}
