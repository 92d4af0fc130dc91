import type { Property } from '../../edm/index.js';
import type { Choice, Refinement } from '../../plan/index.js';
import { propertyOf } from './json-place.js';
import { where } from './lambda.js';
import { compileFilter } from './logic.js';
import { compileTerm, orderBy } from './order.js';
import { pointerTo } from './pointer.js';
import { jsonOf, withVariable, type Located, type Scope } from './scope.js';
import { given, join, name, sql, type Sql } from './sql.js';

/** A refinement that says which items are written. */
export type Chosen = Refinement & { readonly choice: Choice };

/**
 * Which items of a collection a `$select` with options takes: a JSON array of one array, which has the positions, each in an
 * array of its own, and how many there are whatever the page, or null where nobody asks.
 */
export function chosenItems({ property, choice }: Chosen, parent: Located, scope: Scope): Sql {
  const { order, page, count } = choice;
  const items = itemsOf(property, choice, parent, scope);
  const terms = order.map((term) => compileTerm(term, items.scope));
  // SQLite lets `ORDER BY` see columns of its own statement alone.
  const keys = terms.map(({ key }, index) => ({ key, column: name(`key_${index}`) }));
  const list = [sql`${items.index} AS position`, ...keys.map(({ key, column }) => sql`${key} AS ${column}`)];
  const ordered = orderBy(
    terms.map((term, index) => ({ ...term, key: keys[index]!.column })),
    items.index,
  );
  const select = sql`SELECT ${join(list, ', ')} FROM ${items.from}${ordered}${scope.dialect.page(page.limit, page.skip)}`;
  const { json } = scope.dialect;
  const positions = json.rows([{ column: name('position'), isJson: false }], select, scope.newAlias());
  const counted = count ? sql`(SELECT count(*) FROM ${itemsOf(property, choice, parent, scope).from})` : sql`NULL`;
  return json.rows(
    [
      { column: name('positions'), isJson: true },
      { column: name('count'), isJson: false },
    ],
    sql`SELECT ${positions} AS positions, ${counted} AS count`,
    scope.newAlias(),
  );
}

function itemsOf(
  property: Property,
  { where: condition }: Choice,
  parent: Located,
  outer: Scope,
): { readonly scope: Scope; readonly from: Sql; readonly index: Sql } {
  const array = propertyOf(jsonOf(parent), property);
  const { table, condition: isItem, item, index } = outer.dialect.json.items(array, outer.newAlias());
  const located = { ...item, pointer: sql`${pointerTo(array, outer)} || '/' || ${index}` };
  const scope = withVariable(outer, 0, { kind: 'json', row: parent.row, json: located });
  const conditions = [...given(isItem), ...(condition === undefined ? [] : [compileFilter(condition, scope)])];
  return { scope, from: sql`${table}${where(conditions)}`, index };
}
