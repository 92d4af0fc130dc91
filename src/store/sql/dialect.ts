import type { Scalar } from '../../edm/index.js';
import type { DeclaredTypes } from '../../plan/index.js';
import type { AggregateDialect } from './apply/aggregate-dialect.js';
import type { GeoDialect } from './geo-dialect.js';
import type { JsonItems, JsonPlace } from './json-place.js';
import type { Kind, NumberKind } from './kind.js';
import type { Sql } from './sql.js';

/** Everything in which the databases differ. The compiler never asks which one it writes for. */
export interface Dialect {
  /** Whether units of work must run one after another. */
  readonly exclusive: boolean;
  /** Whether strings compare without regard to the case of ASCII letters. */
  readonly ignoreCase: boolean;
  /** How deep a part of an expression may be nested, as `parserDepth` counts, before it is computed by itself. */
  readonly deepestPart: number;
  /** How deep a statement may be nested before rows that hang on others are read level by level. */
  readonly deepestStatement: number;
  /** Whether items of items are joined: statements within each other are too deep for one database, long joins too much for the other. */
  readonly joinsItems: boolean;
  /** How the n-th value of a statement is written, from 1 on. */
  placeholder(position: number): string;
  /** `LIMIT` and `OFFSET`. */
  page(limit: number | undefined, skip: number): Sql;
  /**
   * The rows that a recursive select named `reached` finds from a row of the tables before it, as a table whose column
   * `value` has their sequences.
   */
  reachedRows(recursive: Sql, alias: Sql): Sql;
  /** A recursive select of which no more than so many rows are asked for, so that no more need be made. */
  mostRows(recursive: Sql, most: number): Sql;
  /** A value that makes the statement fail with a reason where it is asked for; `of` is one that only its rows tell. */
  refusal(reason: string, of: Sql): Sql;
  readonly values: ValueDialect;
  readonly json: JsonDialect;
  readonly strings: StringDialect;
  readonly numbers: NumberDialect;
  readonly times: TimeDialect;
  readonly geo: GeoDialect;
  readonly aggregates: AggregateDialect;
}

export interface DialectOptions {
  readonly ignoreCase: boolean;
}

/** How values enter and leave a statement, and how they compare. */
export interface ValueDialect {
  whole(number: number): Sql;
  text(text: string): Sql;
  /** A canonical value in the form of its kind. */
  literal(value: Scalar, kind: Kind): Sql;
  null(kind: Kind): Sql;
  /** A value as JSON; JSON's own null for null. */
  json(value: Sql, kind: Kind): Sql;
  /** What `<`, `=` and `ORDER BY` may compare: its order is the order of the kind's values. */
  key(value: Sql, kind: Kind): Sql;
  /** The key of a canonical value. */
  literalKey(value: Scalar, kind: Kind): Sql;
  /** Equality that is never null: null equals null alone. */
  isSame(left: Sql, right: Sql): Sql;
  isDifferent(left: Sql, right: Sql): Sql;
  /** What `readOutput` turns back into a canonical value without losing a digit. */
  output(value: Sql, kind: Kind): Sql;
}

/** Access to documents. */
export interface JsonDialect {
  /** JSON text of a stored document, as a text. */
  documentText(document: Sql): Sql;
  /** The value at a place in the form of a kind; null where something of another kind stands. */
  valueAt(place: JsonPlace, kind: Kind): Sql;
  /** Whether anything but null stands at a place. */
  isPresent(place: JsonPlace): Sql;
  /** Whether an array stands at a place; never null. */
  isArray(place: JsonPlace): Sql;
  /** Whether a number stands at a place that doubles can hold; never null. */
  isFiniteNumber(place: JsonPlace): Sql;
  /** What is the same text where the values at two places are alike; null where nothing stands. */
  alike(place: JsonPlace, alias: Sql, declared: DeclaredTypes | undefined): Sql;
  /** A complex value, as JSON, with the name of its type where it does not have one; null stays null. */
  typed(json: Sql, typeName: Sql): Sql;
  /** The items of the array at a place as a table; none where something else stands. */
  items(place: JsonPlace, alias: Sql): JsonItems;
  /** An array of values, each as `ValueDialect.json` gives it. */
  array(items: readonly Sql[]): Sql;
  /** An object of values, each as `ValueDialect.json` gives it. */
  object(members: readonly (readonly [name: string, json: Sql])[]): Sql;
  /** The sequence that is an item of an array. */
  sequenceOf(item: JsonPlace): Sql;
  /** The items of two arrays, one behind the other; null where either is. */
  concat(first: Sql, second: Sql, alias: Sql): Sql;
  /** An array of the items that a select gives in a column `v`, in the order of its column `i`. */
  collect(select: Sql, alias: Sql): Sql;
  /** The whole of an item. */
  itemJson(item: JsonPlace): Sql;
  /** The whole numbers of an array that is a value of the statement, with their zero-based positions. */
  list(json: string, alias: Sql): JsonList;
  /** The objects of an array that is a value of the statement, as a table. */
  records(json: string, alias: Sql): JsonRecords;
  /** The strings right below a document as a table; `text` is their column. */
  strings(document: Sql, alias: Sql, except: readonly string[]): { table: Sql; condition: Sql; text: Sql };
  /** The text that an object, given as JSON text, has under a name. */
  memberText(object: Sql, member: Sql): Sql;
  /** All rows of a select as one JSON array of arrays. */
  rows(columns: readonly JsonColumn[], select: Sql, alias: Sql): Sql;
}

export interface JsonList {
  readonly table: Sql;
  readonly position: Sql;
  readonly whole: Sql;
}

export interface JsonRecords {
  readonly tables: readonly Sql[];
  /** Zero-based. */
  readonly position: Sql;
  /** A member as a column: a whole number, a text, or a document from its JSON text. */
  member(name: string, kind: 'whole' | 'text' | 'document'): Sql;
}

export interface JsonColumn {
  readonly column: Sql;
  readonly isJson: boolean;
}

/** Positions count characters and are zero-based. */
export interface StringDialect {
  /** What remains of a string where case is ignored. */
  fold(text: Sql): Sql;
  lower(text: Sql): Sql;
  upper(text: Sql): Sql;
  trim(text: Sql): Sql;
  length(text: Sql): Sql;
  contains(text: Sql, part: Sql): Sql;
  startsWith(text: Sql, part: Sql): Sql;
  /** The part is not empty. */
  endsWith(text: Sql, part: Sql): Sql;
  indexOf(text: Sql, part: Sql): Sql;
  substring(text: Sql, start: Sql, length: Sql | undefined): Sql;
  /** Whether a regular expression from `portablePattern` matches somewhere. */
  matches(text: Sql, pattern: Sql): Sql;
  /** The regular expression for a place between a letter, digit or underscore and anything else. */
  readonly wordBoundary: string;
  /** All characters but those of a text, and what is encoded already where that has `#`, as their bytes in UTF-8. [RFC 3986 2.1] */
  percentEncoded(text: Sql, allowed: string): Sql;
  /** The texts of a select's column `v` in the order of its column `i`, without nulls; null where there are none. */
  joined(select: Sql, separator: Sql, alias: Sql): Sql;
}

/** Operands and results have the form of the kind. Nothing here fails: results that do not exist are null. */
export interface NumberDialect {
  /** `div` truncates integers; dividing by zero gives infinity where the kind has one. */
  arithmetic(operator: ArithmeticOperator, left: Sql, right: Sql, kind: NumberKind): Sql;
  negate(value: Sql, kind: NumberKind): Sql;
  /** To the nearest whole number, midpoints away from zero; or down, or up. */
  round(mode: 'round' | 'floor' | 'ceiling', value: Sql, kind: NumberKind): Sql;
  /** Fractions are rounded away when an integer is made. */
  convert(value: Sql, from: NumberKind, to: NumberKind): Sql;
  /** The canonical text. */
  toText(value: Sql, kind: NumberKind): Sql;
  /** Null for texts that are not such a number. */
  fromText(text: Sql, kind: NumberKind): Sql;
}

export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'divby' | 'mod';

/** Dates and durations. */
export interface TimeDialect {
  /** The integer that a part of a canonical text says; null for other texts. */
  digits(text: Sql): Sql;
  /** A decimal from the digits after its point. */
  fraction(digits: Sql): Sql;
  /** Seconds from a canonical duration. */
  durationToSeconds(text: Sql): Sql;
  /** The canonical duration. */
  secondsToDuration(seconds: Sql): Sql;
  /** A date-time so many seconds later, to 100 ns; null beyond the years 1 to 9999. */
  later(dateTime: Sql, seconds: Sql): Sql;
  /** Minutes that the offset at the end of a date-time says, in the form of integers; null where there is no text. */
  offsetMinutes(text: Sql): Sql;
  /** An offset from its minutes: `Z` or `-08:00`. */
  offsetText(minutes: Sql): Sql;
  /** Seconds from one date-time to another, to 100 ns. */
  secondsBetween(from: Sql, to: Sql): Sql;
  /** Whether a text is a canonical date, time of day, date-time or duration. */
  isCanonical(text: Sql, kind: 'date' | 'timeOfDay' | 'dateTime' | 'duration'): Sql;
}
