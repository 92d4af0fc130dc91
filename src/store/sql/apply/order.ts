import type { OrderTerm } from '../../../plan/index.js';
import { compileTerm } from '../order.js';
import type { Scope } from '../scope.js';
import { join, sql, type Sql } from '../sql.js';

/** Rows that are equal keep the order they had. [OData-Aggregation 3.1.2] */
export function orderOf(terms: readonly OrderTerm[], row: Sql, scope: Scope): Sql {
  const keys = terms.map((term) => {
    const { key, isDescending } = compileTerm(term, scope);
    return isDescending ? sql`${key} DESC NULLS LAST` : sql`${key} ASC NULLS FIRST`;
  });
  return sql`ORDER BY ${join([...keys, sql`${row}.o`], ', ')}`;
}
