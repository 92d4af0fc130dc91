import type { Scalar } from '../edm/index.js';
import type { ApplyPlan, CrossjoinPlan, Expression, GivenRow, ItemsPlan, ReadPlan } from '../plan/index.js';

import type { Bounds } from './bounds.js';
import type { CountRule } from './count-rule.js';

export type { Bounds, CountRule };

/** One stored entity as a read gives it. */
export interface Row extends GivenRow {
  /** Per embed: rows, a count, or both. */
  readonly embedded?: ReadonlyMap<string, Embedded>;
  /** Its streams, where they were asked for. */
  readonly streams?: readonly StreamHead[];
  /** Per `$compute` alias: the canonical value. */
  readonly computed?: ReadonlyMap<string, Scalar | null>;
  /** What options within `$select` make of its collections and complex values, per refinement. */
  readonly refined?: ReadonlyMap<string, Refined>;
  /** Values of the plan's order terms, for the skip token. */
  readonly order?: readonly (Scalar | null)[];
}

/** One row of what `$apply` makes of a collection. */
export interface AggregatedRow {
  /** Which of the result's forms it has. */
  readonly form: number;
  /** The entity, in forms that still are one. */
  readonly entity?: Row;
  /** Canonical values by column. */
  readonly values: ReadonlyMap<string, Scalar | null>;
  /** Related entities by column; absent ones are null. */
  readonly related?: ReadonlyMap<string, Row>;
  /** Rows within the row, by column. */
  readonly rows?: ReadonlyMap<string, readonly AggregatedRow[]>;
  /** How many of these there are in all, where that is asked for. */
  readonly counts?: ReadonlyMap<string, number>;
}

/** One row of a cross join: a row of each set, and the values of the order terms. */
export interface CrossjoinRow {
  readonly rows: readonly Row[];
  readonly order: readonly (Scalar | null)[];
}

export interface Embedded {
  readonly rows: readonly Row[];
  readonly count?: number;
  /** Instead of rows: what `$apply` made of them. */
  readonly aggregated?: readonly AggregatedRow[];
  /** Instead of rows: what is embedded in each item of a collection of complex values. */
  readonly items?: readonly Embedded[];
}

export interface Refined {
  /** Positions of the items of a collection that are written, in their order. */
  readonly positions?: readonly number[];
  /** How many there are whatever the page, where that was asked for. */
  readonly count?: number;
  /** Of a complex value, per `$compute` alias: the canonical value. */
  readonly computed?: ReadonlyMap<string, Scalar | null>;
  /** What it is for each item of a collection. */
  readonly items?: readonly Refined[];
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

/** A part of the change log. */
export interface ChangeRange {
  /** What the reader knows of: the last position before the part. */
  readonly since: number;
  /** The last position of the part. */
  readonly until: number;
  /** The position of the last change that was read, where reading goes on. */
  readonly after?: number;
}

/** Where the change log ends at present. */
export interface LogEnd {
  /** The last position that was given to a change. */
  readonly latest: number;
  /** The last position before which nothing can turn up any more. */
  readonly complete: number;
}

/** What has become of an entity in a part of the change log. */
export interface Change extends Address {
  /** Of its last change. */
  readonly position: number;
  readonly type: string;
  /** The row as the plan gives it; undefined where it is none of the plan's rows, or none any more. */
  readonly row: Row | undefined;
  readonly isDeleted: boolean;
}

/** A stream of an entity, without its bytes. */
export interface StreamHead {
  /** Path of the stream property; empty for the media stream of the entity itself. */
  readonly property: string;
  readonly contentType: string;
  /** 1 when first written, one more with every change; it never counts from the beginning again. */
  readonly version: number;
  /** The content, where it was asked for. */
  readonly bytes?: Uint8Array;
}

/** Which references are meant, and which of their ends have them. */
export interface Link {
  /** The name under which they are kept. */
  readonly storedAs: string;
  /** Whether a property of the target leads back by them, so that the links of both ends change. */
  readonly isMutual: boolean;
}

export interface StreamContent {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Reader {
  /** All rows of the plan in its order, fetched in batches; ends early when the consumer stops. */
  read(plan: ReadPlan): AsyncIterable<Row>;
  /** The first row of the plan. */
  first(plan: ReadPlan): Promise<Row | undefined>;
  /** How many rows the plan has, whatever its page says. */
  count(plan: ReadPlan): Promise<number>;
  /** The rows of a page of what `$apply` makes, by one statement. */
  aggregate(plan: ApplyPlan): AsyncIterable<AggregatedRow>;
  /** How many rows such a plan has, whatever its page says. */
  countAggregated(plan: ApplyPlan): Promise<number>;
  /** The value of an expression that is about no row; it reaches entities by `$root` places alone. */
  evaluate(expression: Expression): Promise<Scalar | null>;
  /** The rows of a page of a cross join, by one statement. */
  crossjoin(plan: CrossjoinPlan): Promise<readonly CrossjoinRow[]>;
  /** How many rows such a plan has, whatever its page says. */
  countCrossjoin(plan: CrossjoinPlan): Promise<number>;
  /** The positions of the items that a plan takes of a collection of values, in its order. */
  items(plan: ItemsPlan): Promise<readonly number[]>;
  /** How many items such a plan takes, whatever its page says. */
  countItems(plan: ItemsPlan): Promise<number>;
  /** One row by its address; the fast way for reads by key that embed nothing. */
  get(address: Address): Promise<Row | undefined>;
  /** Where the change log ends; ask before reading what is then kept up to date by its changes. */
  logEnd(): Promise<LogEnd>;
  /**
   * What has changed in a plan, each entity once, in the order of the last changes. Throws a 410 `ServiceError` where
   * the log does not reach back so far, or the space was cleared since. The plan's page and order do not matter.
   */
  changes(plan: ReadPlan, range: ChangeRange): AsyncIterable<Change>;
  /** A text that was kept under this name; undefined where it is not kept any more. */
  snapshot(key: string): Promise<string | undefined>;
  /** Whether an entity has stood at an address, or anywhere in a collection, that was removed or moved; as far back as the log reaches. */
  hasLost(place: { readonly collection: string; readonly key?: string }): Promise<boolean>;
  /** Whether an entity has lost references of a name, from either end; as far back as the log reaches. */
  hasUnlinked(address: Address, storedAs: string): Promise<boolean>;
  /** Whether there are more entities than so many. */
  holdsMore(most: number): Promise<boolean>;
  /** The streams of these rows by their sequences; rows without any are left out. */
  streamHeads(rows: readonly Row[]): Promise<ReadonlyMap<number, readonly StreamHead[]>>;
  /** The same for rows of streams with these names alone, with their bytes; 400 where these are more than `most`. */
  streamContents(
    rows: readonly Row[],
    properties: readonly string[],
    most: number,
  ): Promise<ReadonlyMap<number, readonly StreamHead[]>>;
  /** A stream with its bytes; version 0 where it was never written, no content where there is none now. */
  stream(row: Row, property: string): Promise<{ readonly version: number; readonly content?: StreamContent }>;
}

/** Reads and writes of one transaction. Throwing rolls all of it back. */
export interface Unit extends Reader {
  /**
   * Adds a row, with version 1. Throws a 409 `ServiceError` where the address is taken,
   * and a 404 one where `parent` is given and there is no such row.
   */
  insert(row: NewRow, parent?: Address): Promise<Row>;
  /**
   * One row by its address, as it is now; until the unit ends nobody else changes it. What a unit is about to change it
   * holds first, so that writers of one entity come one after another.
   */
  hold(address: Address): Promise<Row | undefined>;
  /**
   * Gets a name for this unit alone: others that claim it wait until the unit ends, and then see what it did. What must
   * be there once is claimed first, then looked for.
   */
  claim(name: string): Promise<void>;
  /** Keeps an entity from being removed before the unit ends. Throws a 404 `ServiceError` where there is none. */
  keep(address: Address): Promise<void>;
  /**
   * Keeps a text that tells what a client knows, and gives the name that it is found by. Those that were last kept before
   * an instant are forgotten, where one is given.
   */
  keepSnapshot(content: string, at: string, forgetBefore?: string): Promise<string>;
  /** Work that leaves nothing behind when it throws, while the unit goes on. */
  part<T>(work: () => Promise<T>): Promise<T>;
  /** Writes a new document and type over a row of this version; undefined where the row is gone or has another version. */
  replace(row: NewRow, version: number): Promise<Row | undefined>;
  /**
   * Removes a row of this version, all that it contains, and all references from and to them, whose other ends count up;
   * false where it is gone or changed.
   */
  remove(address: Address, version: number): Promise<boolean>;
  /**
   * Moves a row of this version to another address, with all that it contains, its streams and its references, and
   * writes a new document over it; undefined where it is gone or has another version. Throws a 409 `ServiceError` where
   * the address is taken.
   */
  move(from: Address, version: number, to: NewRow): Promise<Row | undefined>;
  /**
   * Adds a reference, and says whether it is new; adding it again changes nothing. Both ends must exist (404 otherwise).
   * Ends that have it count up.
   */
  link(source: Address, link: Link, target: Address): Promise<boolean>;
  /** Takes references away: one, or all of the link's name when no target is given. Says how many there were. */
  unlink(source: Address, link: Link, target?: Address): Promise<number>;
  /** Counts up a row's version where what it leads to has changed, but not the row; nothing where there is none. */
  countUp(address: Address): Promise<void>;
  /** Takes away all references from and to a row, and counts up the other ends. Says how many there were. */
  isolate(address: Address): Promise<number>;
  /**
   * Moves what hangs on items of a row's values, when these move: references, streams and contained entities, each kept
   * under a path such as `Places/1/Photo`. What `placeAfter` gives no path for goes. Items keep their order.
   */
  rehang(row: Row, placeAfter: (path: string) => string | undefined): Promise<void>;
  /** Writes a stream over one of this version (0: never written); the new version, or undefined where it has another. */
  writeStream(
    row: Row,
    property: string,
    content: StreamContent | undefined,
    version: number,
  ): Promise<number | undefined>;
}

/** The rows of one tenant. */
export interface Space extends Reader {
  /**
   * One transaction; units of work on SQLite run one after another. The result is durable when the promise resolves.
   * The work reads through its unit: a read through the space would wait for the unit's own end.
   * On PostgreSQL it is rolled back and run again where others got in its way, so it must not count on running once.
   */
  write<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** The same rows, with bounds for what is done through it, such as those of one request. */
  bounded(bounds: Bounds): Space;
  /** Removes every row of the space. */
  clear(): Promise<void>;
}

export interface Store {
  /** The rows of a tenant. */
  space(name: string, options?: SpaceOptions): Space;
  /** Takes changes before an instant out of the log of all spaces; positions before them are gone. */
  forgetChanges(before: string): Promise<void>;
  /** Waits for units that run, then closes the database. */
  close(): Promise<void>;
}

export interface SpaceOptions {
  /** Whether strings compare without regard to case, as Graph mostly does. */
  readonly ignoreCase?: boolean;
  /** What documents say of how many entities their references lead to. */
  readonly counts?: readonly CountRule[];
}

export interface StoreOptions {
  /** SQLite file, `:memory:`, or a `postgres://` URL. */
  readonly database: string;
  /** What spaces do about the case of strings that are opened without saying. */
  readonly ignoreCase?: boolean;
  /** How long changes stay in the log, in milliseconds; older ones go when the store is opened. Without it, none goes. */
  readonly keepChanges?: number;
  /** The present time as the change log keeps it; the system's clock where it is not given. */
  readonly now?: () => string;
}
