import { JsonNumber, type Scalar } from '../../edm/index.js';
import type { ApplyPlan, Computed, Embed, EntityForm, Expression, Field, ReadPlan, Result } from '../../plan/index.js';
import type { AggregatedRow, Embedded, Refined, Row } from '../store.js';
import { entityPlan, ofForm, outputOf } from './apply/output.js';
import { collectionsAmong, collectionsAround, columnsOf, type Column } from './columns.js';
import { kindOfExpression, type Kind } from './kind.js';
import { withHanging } from './levels.js';

/** The rows that the records of `compileSelect`'s statement stand for. */
export function readRows(records: readonly Record<string, unknown>[], plan: ReadPlan): readonly Row[] {
  return withHanging(records, plan).map((record) => readRow(record, plan));
}

/** The row of a record that has all that hangs on it. */
export function readRow(record: Record<string, unknown>, plan: ReadPlan): Row {
  return toRow((_, column) => record[column.name], columnsOf(plan));
}

/** The value of `compileValue`'s statement. */
export function readValue(record: Record<string, unknown>, expression: Expression): Scalar | null {
  return readOutput(record['value'], kindOfExpression(expression));
}

type Reader = (index: number, column: Column) => unknown;

function toRow(read: Reader, columns: readonly Column[]): Row {
  const fields = {
    sequence: Number(read(0, columns[0]!)),
    collection: String(read(1, columns[1]!)),
    key: String(read(2, columns[2]!)),
    type: String(read(3, columns[3]!)),
    version: Number(read(4, columns[4]!)),
    document: String(read(5, columns[5]!)),
    sent: (read(6, columns[6]!) as string | null) ?? undefined,
  };
  return columns.length === FIELD_COUNT ? fields : { ...fields, ...extrasOf(read, columns, fields.type) };
}

const FIELD_COUNT = 7;

function extrasOf(
  read: Reader,
  columns: readonly Column[],
  type: string,
): Pick<Row, 'order' | 'computed' | 'embedded' | 'refined'> {
  const order: (Scalar | null)[] = [];
  const computed = new Map<string, Scalar | null>();
  const embedded = new Map<string, Embedded>();
  const refined = new Map<string, Refined>();
  const refine = (name: string, part: Refined) => refined.set(name, merged(refined.get(name), part));
  for (const [index, column] of columns.entries()) {
    if (column.kind === 'field') continue;
    const value = read(index, column);
    switch (column.kind) {
      case 'order':
        order.push(readOutput(value, kindOfExpression(column.term.expression)));
        break;
      case 'computed':
        computed.set(column.compute.alias, readOutput(value, kindOfExpression(column.compute.expression)));
        break;
      case 'rows':
        if (isThere(column.embed, value, type))
          embedded.set(column.embed.name, readEmbedded(value, column.embed, readRowsWithin));
        break;
      case 'aggregated':
        if (isThere(column.embed, value, type))
          embedded.set(column.embed.name, readEmbedded(value, column.embed, readAggregated));
        break;
      case 'count': {
        if (!isThere(column.embed, value, type)) break;
        const rows = embedded.get(column.embed.name);
        const counts = readEmbedded(value, column.embed, (count) => ({ rows: [], count: Number(count) }));
        embedded.set(column.embed.name, rows === undefined ? counts : withCounts(rows, counts));
        break;
      }
      case 'choice': {
        const { name, steps } = column.refinement;
        refine(name, readHanging(value, collectionsAmong(steps.slice(0, -1)), readChoice, ofItems));
        break;
      }
      case 'values': {
        const { name, steps, compute } = column.refinement;
        const read = (each: unknown) => readComputed(each, compute);
        refine(name, readHanging(value, collectionsAmong(steps), read, ofItems));
        break;
      }
    }
  }
  return {
    ...(order.length > 0 && { order }),
    ...(computed.size > 0 && { computed }),
    ...(columns.some(({ kind }) => kind === 'rows' || kind === 'aggregated' || kind === 'count') && { embedded }),
    ...(refined.size > 0 && { refined }),
  };
}

/** Rows of other types than those of a cast have nothing of it; the database is spared the question. */
function isThere({ onlyFor }: Embed, value: unknown, type: string): boolean {
  return value !== null && (onlyFor === undefined || onlyFor.includes(type));
}

type ReadLeaf = (value: unknown, embed: Embed) => Embedded;

function readEmbedded(value: unknown, embed: Embed, read: ReadLeaf): Embedded {
  return readHanging(
    value,
    collectionsAround(embed),
    (each) => read(each, embed),
    (items) => ({ rows: [], items }),
  );
}

/** Each collection of complex values on the way is an array of arrays of one. */
function readHanging<T>(
  value: unknown,
  depth: number,
  read: (leaf: unknown) => T,
  around: (items: readonly T[]) => T,
): T {
  if (depth === 0) return read(value);
  return around(arraysOf(value).map(([item]) => readHanging(item, depth - 1, read, around)));
}

function ofItems(items: readonly Refined[]): Refined {
  return { items };
}

function readChoice(value: unknown): Refined {
  const [chosen] = arraysOf(value);
  const [positions, count] = chosen!;
  return {
    positions: arraysOf(positions).map(([position]) => Number(position)),
    ...(count === null ? {} : { count: Number(count) }),
  };
}

function readComputed(value: unknown, compute: readonly Computed[]): Refined {
  const [values = []] = arraysOf(value);
  const computed = compute.map(({ alias, expression }, index): [string, Scalar | null] => [
    alias,
    readOutput(values[index], kindOfExpression(expression)),
  ]);
  return { computed: new Map(computed) };
}

/** What is chosen of a collection, and what is computed of its items. */
function merged(first: Refined = {}, second: Refined): Refined {
  const both = { ...first, ...second };
  if (first.items === undefined || second.items === undefined) return both;
  return { ...both, items: first.items.map((item, index) => merged(item, second.items![index]!)) };
}

function readRowsWithin(value: unknown, { plan }: Embed): Embedded {
  const columns = columnsOf(plan);
  const rows = parsed(value) as readonly (readonly unknown[])[];
  return { rows: rows.map((row) => toRow((index) => row[index], columns)) };
}

function readAggregated(value: unknown, { apply }: Embed): Embedded {
  return { rows: [], aggregated: nestedRows(value, apply!.result) };
}

/** Drivers give JSON as text or parsed already. */
function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}

function withCounts(embedded: Embedded, counts: Embedded): Embedded {
  if (counts.count !== undefined) return { ...embedded, count: counts.count };
  const items = embedded.items?.map((item, index) => withCounts(item, counts.items?.[index] ?? item));
  return items === undefined ? embedded : { ...embedded, items };
}

/** The canonical value of what `ValueDialect.output` wrote. */
export function readOutput(value: unknown, kind: Kind): Scalar | null {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'boolean':
      return value === true || Number(value) === 1;
    case 'integer':
    case 'decimal':
      return readNumber(String(value));
    case 'double':
      return readDouble(String(value));
    case 'untyped':
      return readJson(String(value));
    default:
      return String(value);
  }
}

/** A number where JavaScript writes it with the same digits. */
function readNumber(text: string): Scalar {
  if (/^(?:NaN|-?INF)$/.test(text)) return text;
  const number = Number(text);
  return String(number) === text ? number : new JsonNumber(text);
}

/** Databases write all digits that tell a double from others, and sometimes more than it takes. */
function readDouble(text: string): Scalar {
  if (/^(?:NaN|-?INF)$/.test(text)) return text;
  const number = Number(text);
  return number === 0 ? 0 : number;
}

function readJson(text: string): Scalar {
  if (/^-?\d/.test(text)) return readNumber(text);
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' || typeof value === 'boolean' ? value : text;
}

/** The row that a record of `compileApply`'s statement stands for. */
export function readAggregatedRow(record: Record<string, unknown>, plan: ApplyPlan): AggregatedRow {
  return toAggregatedRow(record, plan.result);
}

function toAggregatedRow(record: Record<string, unknown>, result: Result): AggregatedRow {
  const form = result.formColumn === undefined ? 0 : Number(record[result.formColumn]);
  const own = result.forms[form];
  const values = new Map<string, Scalar | null>();
  const related = new Map<string, Row>();
  const rows = new Map<string, readonly AggregatedRow[]>();
  const counts = new Map<string, number>();
  for (const output of outputOf(result)) {
    const value = record[output.name];
    switch (output.kind) {
      case 'form':
        break;
      case 'value':
        values.set(output.name, readOutput(value, output.valueKind));
        break;
      case 'related': {
        const [first] = arraysOf(value);
        const field = fieldOf(output.name, own?.fields);
        if (first !== undefined && field?.kind === 'entity')
          related.set(output.name, ofForm(relatedRow(first, output.plan), field.form.entity, output.entities));
        break;
      }
      case 'rows': {
        const field = fieldOf(output.name, own?.fields);
        if (field?.kind !== 'rows') break;
        const [count, text] = field.isCounted === true ? (parsed(value) as [number, unknown]) : [undefined, value];
        rows.set(output.name, nestedRows(text, field.result));
        if (count !== undefined) counts.set(output.name, count);
        break;
      }
      case 'entity':
        break;
    }
  }
  const plan = own?.entity === undefined ? undefined : entityPlan(result.forms);
  return {
    form,
    values,
    ...(plan === undefined ? {} : { entity: entityRow(record, plan, own!.entity!, result) }),
    ...(related.size === 0 ? {} : { related }),
    ...(rows.size === 0 ? {} : { rows }),
    ...(counts.size === 0 ? {} : { counts }),
  };
}

function entityRow(record: Record<string, unknown>, plan: ReadPlan, form: EntityForm, { forms }: Result): Row {
  return ofForm(
    readRow(record, plan),
    form,
    forms.flatMap(({ entity }) => entity ?? []),
  );
}

/** What a form says of a column, of which others may say something else. */
function fieldOf(column: string, fields: readonly Field[] = []): Field | undefined {
  for (const field of fields) {
    if ((field.kind === 'entity' || field.kind === 'rows') && field.column === column) return field;
    const inner = field.kind === 'record' ? field.fields : field.kind === 'entity' ? field.form.fields : [];
    const found = fieldOf(column, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function relatedRow(values: readonly unknown[], plan: ReadPlan): Row {
  return readRow(Object.fromEntries(columnsOf(plan).map(({ name }, index) => [name, values[index]])), plan);
}

function nestedRows(value: unknown, result: Result): readonly AggregatedRow[] {
  const columns = outputOf(result);
  return arraysOf(value).map((values) =>
    toAggregatedRow(Object.fromEntries(columns.map(({ name }, index) => [name, values[index]])), result),
  );
}

function arraysOf(value: unknown): readonly (readonly unknown[])[] {
  return value === null || value === undefined ? [] : (parsed(value) as readonly (readonly unknown[])[]);
}
