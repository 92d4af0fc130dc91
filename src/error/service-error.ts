/** One of several faults reported together, as OData JSON writes them in `error.details`. [OData-JSON 21.1] */
export interface ErrorDetail {
  readonly code: string;
  readonly message: string;
  /** What the fault is about: a property path such as `address/city`, or the name of a query option. */
  readonly target?: string;
}

export interface ServiceErrorOptions {
  readonly target?: string;
  readonly details?: readonly ErrorDetail[];
  /** Response headers that belong to this error, for example `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Zero-based offset of the fault in the text that was read (a URL or a body). */
  readonly position?: number;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('mockgraph.ServiceError');

/**
 * The one error type that a request may end with. The profile alone decides how it is written.
 * `code` is stable and meant for programs, `message` is meant for people.
 */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly target: string | undefined;
  readonly details: readonly ErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;
  readonly position: number | undefined;
  readonly [BRAND] = true;

  /** Of another copy of this class too: the command has one of its own, and users' code that of the package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(status: number, code: string, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ServiceError';
    this.status = status;
    this.code = code;
    this.target = options.target;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
    this.position = options.position;
  }
}

/** Whether what was thrown is an answer with this status, which a caller may know better about. */
export function hasStatus(error: unknown, status: number): error is ServiceError {
  return error instanceof ServiceError && error.status === status;
}
