import { badRequest } from '../../error/index.js';

import { fault } from './fault.js';
import { membersOf, type RowType } from './row-type.js';

/** Aliases differ from each other and from the properties that there are or were. [OData-Aggregation 3.1.1] */
export function checkAlias(alias: string, rows: RowType, others: { has(name: string): boolean }, at: number): void {
  if (rows.type.member(alias) !== undefined)
    throw badRequest(`The alias '${alias}' is a property of type '${rows.type.qualifiedName}'.`, fault(at));
  if (others.has(alias) || membersOf(rows.place).has(alias))
    throw badRequest(`The alias '${alias}' is used twice.`, fault(at));
}
