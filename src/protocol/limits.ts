import type { BindLimits } from '../plan/index.js';
import type { UrlLimits } from '../url/index.js';

/** What one request may ask for; beyond these it is refused with 400, 413 or 414. Each can be set for a service. */
export interface Limits {
  /** Rows of a page when the client asks for none; it may ask for fewer, but not for more. */
  readonly pageSize: number;
  /** The largest `$top`, within `$expand` too. */
  readonly maxTop: number;
  /** How deep `$expand` may be nested, and what `$levels=max` means. */
  readonly maxExpandDepth: number;
  /** Navigation properties that one query expands in all, with those that `*` and `$levels` stand for. */
  readonly maxExpands: number;
  /** Sets of a cross join. */
  readonly maxCrossjoin: number;
  /** Rows of a cross join before any condition, since each is looked at. */
  readonly maxCrossjoinRows: number;
  /** Characters of a URL, as it is sent. */
  readonly maxUrl: number;
  /** Parentheses, calls, lambdas and nested options within each other. */
  readonly maxNesting: number;
  /** Literals, paths, operators and calls of one query option, with its aliases put in. */
  readonly maxParts: number;
  /** Collections behind `$root` that an expression goes through within each other. */
  readonly maxRoots: number;
  /** Items of one list, such as the right side of `in`. */
  readonly maxItems: number;
  /** Characters of a regular expression. */
  readonly maxPattern: number;
  /** Bytes of a request body, after decompression. */
  readonly maxBody: number;
  /** Requests of a batch. */
  readonly maxBatch: number;
  /** Bytes of all answers of a batch, of the answer to an asynchronous request, and of streams that are expanded. */
  readonly maxBatchAnswer: number;
  /** Entities of all services, beyond which none is made because a request names it. */
  readonly maxUnknownEntities: number;
  /** Asynchronous requests whose answers are kept; with more, the oldest answer goes. */
  readonly maxJobs: number;
  /**
   * The longest time that the database may spend on one statement, waiting for others included, in seconds; beyond it,
   * the answer is 504. On PostgreSQL alone: a statement of SQLite cannot be ended.
   */
  readonly maxStatementSeconds: number;
  /** How long the answer to an asynchronous request is kept. */
  readonly maxJobSeconds: number;
}

/** Parsers call themselves for each level, so that a limit beyond this would be no limit. */
const DEEPEST_NESTING = 500;

/** What is wrong with a limit; undefined where nothing is. */
export function limitProblem(name: keyof Limits, value: number): string | undefined {
  if (!Number.isSafeInteger(value) || value < 1) return `${name} must be a whole number from 1 on`;
  if (name === 'maxNesting' && value > DEEPEST_NESTING) return `${name} must be at most ${String(DEEPEST_NESTING)}`;
  return undefined;
}

/** Limits with some of them set anew. */
export function withLimits(limits: Limits, changes: Partial<Limits>): Limits {
  for (const [name, value] of Object.entries(changes)) {
    const problem = Object.hasOwn(limits, name) ? limitProblem(name as keyof Limits, value) : `${name} is no limit`;
    if (problem !== undefined) throw new RangeError(`The limits of a service are wrong: ${problem}.`);
  }
  return { ...limits, ...changes };
}

/** What of them concerns the parser. */
export function urlLimits({ maxUrl, maxNesting, maxParts, maxItems }: Limits): UrlLimits {
  return { maxLength: maxUrl, maxDepth: maxNesting, maxNodes: maxParts, maxItems };
}

/** What of them concerns the meaning of expressions. */
export function bindLimits({ maxNesting, maxParts, maxRoots, maxPattern }: Limits): BindLimits {
  return { nodes: maxParts, depth: maxNesting, roots: maxRoots, patternLength: maxPattern };
}
