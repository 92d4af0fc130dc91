import { badRequest } from '../../error/index.js';

/**
 * SQL in which text, names and values are different things: the tag takes the text from the source code alone,
 * and what comes from a user can only enter as a value. Example: sql`${name('e1')}.key = ${value(key)}`.
 */
export interface Sql {
  readonly texts: readonly string[];
  readonly holes: readonly Hole[];
}

/** A value that is sent to the database beside the text. */
export interface Value {
  readonly value: unknown;
}

type Hole = Sql | Value;

/** A statement as the drivers take it. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

export function sql(texts: TemplateStringsArray, ...holes: readonly Hole[]): Sql {
  return { texts, holes };
}

/** Always a value of its own in the statement, never text. */
export function value(value: unknown): Value {
  return { value };
}

const NAME = /^[a-z_][a-z\d_]*(?:\.[a-z_]+)?$/;

/** A name that this compiler made, such as the alias of a table. */
export function name(text: string): Sql {
  if (!NAME.test(text)) throw new Error(`'${text}' is not a name in SQL.`);
  return { texts: [text], holes: [] };
}

/** A constant text of the schema or of this compiler, such as a property's name. Not for what users send. */
export function constant(text: string): Sql {
  return { texts: [`'${text.replaceAll("'", "''")}'`], holes: [] };
}

/** A whole number as text of the statement. */
export function integer(number: number): Sql {
  if (!Number.isSafeInteger(number)) throw new Error(`${number} is not a whole number.`);
  return { texts: [number < 0 ? `(${number})` : String(number)], holes: [] };
}

export const EMPTY: Sql = { texts: [''], holes: [] };

type Separator = ', ' | ' AND ' | ' OR ' | '';

/** Example: `join([a, b, c], ' AND ')`. */
export function join(pieces: readonly Hole[], separator: Separator): Sql {
  return { texts: separators(pieces.length, separator), holes: pieces };
}

/** Like the texts of a template, those of short lists are the same each time. */
function separators(count: number, separator: Separator): readonly string[] {
  const known = SEPARATORS[separator][count];
  if (known !== undefined) return known;
  const texts = count === 0 ? [''] : ['', ...Array.from({ length: count - 1 }, () => separator), ''];
  if (count < SHORT_LIST) SEPARATORS[separator][count] = texts;
  return texts;
}

const SHORT_LIST = 32;
const SEPARATORS: Readonly<Record<Separator, string[][]>> = { ', ': [], ' AND ': [], ' OR ': [], '': [] };

/** A condition among others; none where the piece is empty. */
export function given(condition: Sql): readonly Sql[] {
  return isEmpty(condition) ? [] : [condition];
}

export function isEmpty({ texts, holes }: Sql): boolean {
  return holes.length === 0 && texts[0] === '';
}

/** Whether a piece of SQL has another one in it. */
export function mentions({ holes }: Sql, piece: Sql): boolean {
  return holes.some((hole) => hole === piece || ('texts' in hole && mentions(hole, piece)));
}

/**
 * Computes a value once for an expression that uses it several times; the expression is null where the value is.
 * Example: `once(x, (v) => sql\`${v} * ${v}\`)`. The limit keeps databases from putting the value in several times after all.
 */
export function once(value: Sql, use: (value: Sql) => Sql): Sql {
  return sql`(SELECT ${use(ONCE)} FROM (SELECT ${value} AS v LIMIT 1) AS t WHERE ${ONCE} IS NOT NULL)`;
}

/** The same for two values: the expression is null where either is. */
export function bothOnce(left: Sql, right: Sql, use: (left: Sql, right: Sql) => Sql): Sql {
  return sql`(SELECT ${use(LEFT, RIGHT)} FROM (SELECT ${left} AS a, ${right} AS b LIMIT 1) AS t WHERE ${LEFT} IS NOT NULL AND ${RIGHT} IS NOT NULL)`;
}

/** The same for an expression that also makes something of null. */
export function eachOnce(left: Sql, right: Sql, use: (left: Sql, right: Sql) => Sql): Sql {
  return sql`(SELECT ${use(LEFT, RIGHT)} FROM (SELECT ${left} AS a, ${right} AS b LIMIT 1) AS t)`;
}

const ONCE = name('t.v');
const LEFT = name('t.a');
const RIGHT = name('t.b');

/** Far more than URLs make, unless parts of them are put in again and again. */
const LONGEST_TEXT = 1_000_000;

/** Text and values apart; `placeholder` says how the n-th value is written, from 1 on. */
export function toStatement(sql: Sql, placeholder: (position: number) => string): Statement {
  const parameters: unknown[] = [];
  let text = '';
  const write = ({ texts, holes }: Sql): void => {
    text += texts[0]!;
    if (text.length > LONGEST_TEXT)
      throw badRequest(
        `The query asks for more than the database can do in one statement: its text is longer than ${LONGEST_TEXT} characters.`,
      );
    for (let index = 0; index < holes.length; index++) {
      const hole = holes[index]!;
      if ('texts' in hole) write(hole);
      else text += placeholder(parameters.push(hole.value));
      text += texts[index + 1]!;
    }
  };
  write(sql);
  return { text, parameters };
}
