import { badRequest, type ErrorDetail, type ServiceError } from '../error/index.js';

/** What can be wrong with a payload; stable, and meant for programs. */
export type ViolationCode =
  | 'UnknownProperty'
  | 'InvalidType'
  | 'InvalidValue'
  | 'NullNotAllowed'
  | 'MissingProperty'
  | 'InvalidAnnotation'
  | 'UnknownType'
  | 'UnrelatedType'
  | 'AbstractType';

const MOST_DETAILS = 100;
const MOST_NAMES = 10;

const byName = new Intl.Collator('en', { numeric: true });

/** Gathers everything that is wrong with one payload, so that one answer can say it all. [OData-JSON 21.1] */
export class Violations {
  readonly #plural: 'properties' | 'parameters';
  readonly #details: (ErrorDetail & { readonly target: string })[] = [];
  #count = 0;

  constructor(plural: 'properties' | 'parameters' = 'properties') {
    this.#plural = plural;
  }

  /** The message is written only while there is room for it: a hostile payload must not cost a million suggestions. */
  report(code: ViolationCode, target: string, writeMessage: () => string): void {
    this.#count++;
    if (this.#details.length < MOST_DETAILS) this.#details.push({ code, target, message: writeMessage() });
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  throwIfAny(): void {
    if (!this.isEmpty) throw this.error();
  }

  error(): ServiceError {
    const details = this.#details.sort((a, b) => byName.compare(a.target, b.target));
    const [first] = details;
    if (this.#count === 1 && first) return badRequest(first.message, { details, target: first.target });
    const names = details.slice(0, MOST_NAMES).map((detail) => detail.target);
    const unnamed = this.#count - names.length;
    const list = `${names.join(', ')}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
    return badRequest(`${this.#count} ${this.#plural} are not valid: ${list}.`, { details });
  }
}
