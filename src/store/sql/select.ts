import type { Computed, Embed, ReadPlan } from '../../plan/index.js';
import { collectionsAround, columnsOf, isJson, type Column } from './columns.js';
import { hangingOn } from './complex-values.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { dateTimeText, offsetOf } from './offset.js';
import { behind, behindRanks, compileTerm, orderBy, type CompiledTerm } from './order.js';
import { chosenItems } from './refinement.js';
import { withVariable, type Joined, type Located, type Rank, type Scope } from './scope.js';
import { joinSource } from './source.js';
import { join, mentions, name, sql, type Sql } from './sql.js';

/** The rows of a plan and what hangs on them; `parent` is what an embedded plan hangs on. */
export function selectOf(plan: ReadPlan, parent: Located | undefined, outer: Scope, columns: readonly Column[]): Sql {
  const row = outer.newAlias();
  const within = withVariable(outer, 0, { kind: 'row', row });
  const scope: Scope = parent === undefined ? { ...within, resource: { kind: 'row', row } } : { ...within, parent };
  const terms = plan.order.map((term) => compileTerm(term, scope));
  const { tables, conditions, rank = creationOf(row) } = rowsOf(plan, row, parent, scope);
  const { after } = plan.page;
  const all =
    after === undefined
      ? conditions
      : [
          ...conditions,
          behind(after.values, terms, behindRanks([rank.value], [rank.of(after.sequence)], scope), scope),
        ];
  const list = [fieldsOf(row, scope)];
  const keys = terms.map((term, index) => keyOf(term, index, parent === undefined ? [] : resourcesOf(scope)));
  for (const { name: keyName, key } of keys) if (keyName) list.push(sql`${key} AS ${keyName}`);
  for (const column of columns)
    if (column.kind !== 'field')
      list.push(sql`${columnValue(column, row, terms, plan, scope)} AS ${name(column.name)}`);
  const order = orderBy(
    terms.map((term, index) => ({ ...term, key: keys[index]!.name ?? term.key })),
    rank.value,
  );
  const page = scope.dialect.page(plan.page.limit, plan.page.skip);
  return sql`SELECT ${join(list, ', ')} FROM ${join(tables, ', ')}${where(all)}${order}${page}`;
}

/** SQLite lets `ORDER BY` see columns of its own statement alone, so that what comes from outside becomes one. */
function keyOf(
  { key }: CompiledTerm,
  index: number,
  resources: readonly Located[],
): { readonly key: Sql; readonly name?: Sql } {
  const isFromOutside = resources.some(({ kind, row }) => kind === 'json' || mentions(key, row));
  return isFromOutside ? { key, name: name(`key_${index}`) } : { key };
}

/** What `$it` may lead to within what hangs on a row: the resource, or the rows of all sets of a cross join. */
function resourcesOf({ resource, variables }: Scope): readonly Located[] {
  const joined = [...variables].filter(([variable]) => variable < 0).map(([, located]) => located);
  return resource === undefined ? joined : [resource, ...joined];
}

/** How many rows a plan has. */
export function countOf(plan: ReadPlan, parent: Located | undefined, outer: Scope): Sql {
  const row = outer.newAlias();
  const within = withVariable(outer, 0, { kind: 'row', row });
  const { tables, conditions } = rowsOf(plan, row, parent, parent === undefined ? within : { ...within, parent });
  return sql`SELECT count(*) AS count FROM ${join(tables, ', ')}${where(conditions)}`;
}

function rowsOf(plan: ReadPlan, row: Sql, parent: Located | undefined, scope: Scope): Joined {
  const { conditions, ...from } = joinSource(plan.from, row, parent, scope);
  const all = [...conditions];
  if (plan.typeNames) all.push(hasType(row, plan.typeNames, scope));
  if (plan.where) all.push(compileFilter(plan.where, scope));
  return { ...from, conditions: all };
}

/** Rows come in the order in which they were created. */
function creationOf(row: Sql): Rank {
  return { value: sql`${row}.sequence`, of: (sequence) => sequence };
}

function hasType(row: Sql, typeNames: readonly string[], scope: Scope): Sql {
  if (typeNames.length === 0) return sql`FALSE`;
  const names = typeNames.map((typeName) => scope.dialect.values.text(typeName));
  return sql`${row}.type IN (${join(names, ', ')})`;
}

/** What `columnsOf` begins with. */
export function fieldsOf(row: Sql, scope: Scope): Sql {
  const document = scope.dialect.json.documentText(sql`${row}.document`);
  return sql`${row}.sequence, ${row}.collection, ${row}.key, ${row}.type, ${row}.version, ${document} AS document, ${row}.sent`;
}

export function columnValue(
  column: Exclude<Column, { kind: 'field' }>,
  row: Sql,
  terms: readonly CompiledTerm[],
  plan: ReadPlan,
  scope: Scope,
): Sql {
  switch (column.kind) {
    case 'order':
      return terms[plan.order.indexOf(column.term)]!.output;
    case 'computed':
      return outputOf(column.compute, scope);
    case 'rows':
      if (scope.rows === 'elsewhere') return sql`NULL`;
      return hanging(column.embed, row, scope, (parent, within) =>
        embeddedRows(column.embed, parent, onward(column.embed, within)),
      );
    case 'aggregated':
      return hanging(column.embed, row, scope, (parent, within) =>
        scope.aggregated(column.embed.apply!, parent, inner(within)),
      );
    case 'count': {
      const { apply, plan: counted } = column.embed;
      return hanging(column.embed, row, scope, (parent, within) =>
        apply === undefined
          ? sql`(${countOf(counted, parent, within)})`
          : sql`(${scope.aggregatedCount(apply, parent, inner(within))})`,
      );
    }
    case 'choice': {
      const { refinement } = column;
      const { steps, items } = refinement;
      const place = { within: steps.slice(0, -1), ...(items !== undefined && items < steps.length && { items }) };
      return hanging(place, row, scope, (parent, within) => chosenItems(refinement, parent, within));
    }
    case 'values': {
      const { compute, steps, items } = column.refinement;
      const place = { within: steps, ...(items !== undefined && { items }) };
      return hanging(place, row, scope, (value, within) => computedOf(compute, value, within));
    }
  }
}

function outputOf({ expression }: Computed, scope: Scope): Sql {
  const { sql: value, kind } = scope.compile(expression, scope);
  const offset = offsetOf(expression, scope);
  return offset === undefined ? scope.dialect.values.output(value, kind) : dateTimeText(value, offset, scope);
}

/** What is computed of a complex value, as a JSON array of one array. */
function computedOf(compute: readonly Computed[], value: Located, outer: Scope): Sql {
  const scope = withVariable(outer, 0, value);
  const columns = compute.map((each, index) => ({ column: name(`value_${index}`), output: outputOf(each, scope) }));
  const list = columns.map(({ column, output }) => sql`${output} AS ${column}`);
  const packed = columns.map(({ column }) => ({ column, isJson: false }));
  return scope.dialect.json.rows(packed, sql`SELECT ${join(list, ', ')}`, scope.newAlias());
}

/** What hangs on embedded rows has a level of its own, where there are levels. */
function onward(embed: Embed, scope: Scope): Scope {
  if (scope.rows === undefined) return scope;
  return collectionsAround(embed) > 0 ? inner(scope) : { ...scope, rows: 'elsewhere' };
}

/** Where all that hangs on rows stands within them. */
function inner({ rows: _, ...scope }: Scope): Scope {
  return scope;
}

/** Documents stay texts within the array: a JSON reader would lose digits of their numbers. */
function embeddedRows({ plan }: Embed, parent: Located, scope: Scope): Sql {
  const columns = columnsOf(plan);
  const select = selectOf(plan, parent, scope, columns);
  const packed = columns.map((column) => ({ column: name(column.name), isJson: isJson(column) }));
  return scope.dialect.json.rows(packed, select, scope.newAlias());
}

/** What is embedded in a row or in complex values of it, among them items of the resource itself. */
function hanging(
  { within, items = 0 }: Pick<Embed, 'within' | 'items'>,
  row: Sql,
  scope: Scope,
  of: (parent: Located, scope: Scope) => Sql,
): Sql {
  const start: Located = { kind: 'row', row };
  if (items === 0) return hangingOn(start, within, scope, (parent) => of(parent, scope));
  return hangingOn(start, within.slice(0, items), scope, (resource) =>
    hangingOn(resource, within.slice(items), scope, (parent) => of(parent, { ...scope, resource })),
  );
}
