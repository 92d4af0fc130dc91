import type { Scalar } from '../edm/index.js';
import type { ReadPlan } from '../plan/index.js';

/** One stored entity as a read gives it. */
export interface Row {
  /** Order of creation; unique in the whole store. */
  readonly sequence: number;
  readonly collection: string;
  readonly key: string;
  /** Qualified name of the entity's type. */
  readonly type: string;
  /** 1 when created, one more with every change. */
  readonly version: number;
  /**
   * JSON text of the canonical document: declared and dynamic properties that were given; unset ones are absent.
   * PostgreSQL gives them in an order of its own, and with spaces.
   */
  readonly document: string;
  /** JSON text of a flat object from JSON Pointer (RFC 6901) to the value as the client sent it, where it differs from the canonical one. */
  readonly sent: string | undefined;
  /** Per embed: rows, a count, or both. */
  readonly embedded?: ReadonlyMap<string, Embedded>;
  /** Per `$compute` alias: the canonical value. */
  readonly computed?: ReadonlyMap<string, Scalar | null>;
  /** Values of the plan's order terms, for the skip token. */
  readonly order?: readonly (Scalar | null)[];
}

export interface Embedded {
  readonly rows: readonly Row[];
  readonly count?: number;
}

/** Where an entity stands. */
export interface Address {
  readonly collection: string;
  readonly key: string;
}

export interface NewRow extends Address {
  readonly type: string;
  readonly document: string;
  readonly sent: string | undefined;
}

export interface Reader {
  /** All rows of the plan in its order, fetched in batches; ends early when the consumer stops. */
  read(plan: ReadPlan): AsyncIterable<Row>;
  /** The first row of the plan. */
  first(plan: ReadPlan): Promise<Row | undefined>;
  /** How many rows the plan has, whatever its page says. */
  count(plan: ReadPlan): Promise<number>;
  /** One row by its address; the fast way for reads by key that embed nothing. */
  get(address: Address): Promise<Row | undefined>;
}

/** Reads and writes of one transaction. Throwing rolls all of it back. */
export interface Unit extends Reader {
  /**
   * Adds a row, with version 1. Throws a 409 `ServiceError` where the address is taken,
   * and a 404 one where `parent` is given and there is no such row.
   */
  insert(row: NewRow, parent?: Address): Promise<Row>;
  /** Writes a new document and type over a row of this version; undefined where the row is gone or has another version. */
  replace(row: NewRow, version: number): Promise<Row | undefined>;
  /** Removes a row of this version, all that it contains, and all references from and to them; false where it is gone or changed. */
  remove(address: Address, version: number): Promise<boolean>;
  /** Adds a reference; adding it again changes nothing. Both ends must exist (404 otherwise). */
  link(source: Address, property: string, target: Address): Promise<void>;
  /** Takes references away: one, or all of the property when no target is given. Says how many there were. */
  unlink(source: Address, property: string, target?: Address): Promise<number>;
}

/** The rows of one tenant. */
export interface Space extends Reader {
  /**
   * One transaction; units of work on SQLite run one after another. The result is durable when the promise resolves.
   * The work reads through its unit: a read through the space would wait for the unit's own end.
   * On PostgreSQL it is rolled back and run again where others got in its way, so it must not count on running once.
   */
  write<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** Removes every row of the space. */
  clear(): Promise<void>;
}

export interface Store {
  space(name: string): Space;
  /** Waits for units that run, then closes the database. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** SQLite file, `:memory:`, or a `postgres://` URL. */
  readonly database: string;
  /** Whether strings compare without regard to case, as Graph mostly does; decided by the profile. */
  readonly ignoreCase?: boolean;
  /** The present time as the change log keeps it; the system's clock where it is not given. */
  readonly now?: () => string;
}
