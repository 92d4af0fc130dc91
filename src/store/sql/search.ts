import type { Expression, SearchTerm } from '../../plan/index.js';
import { kindOf } from './kind.js';
import { findPlace } from './place.js';
import { jsonOf, type Scope } from './scope.js';
import { join, sql, type Sql } from './sql.js';

/**
 * Words and phrases stand anywhere in the strings of the row or complex value, in any case of letters. Strings are those right below
 * the document that its type does not declare as something else. [OData-Protocol 11.2.6.6] [OData-URL 5.1.8]
 */
export function compileSearch({ place, expression }: Extract<Expression, { kind: 'search' }>, scope: Scope): Sql {
  const type = place.type.type;
  const properties = type.kind === 'entity' || type.kind === 'complex' ? [...type.properties.values()] : [];
  const others = properties
    .filter((property) => !property.isCollection && property.type.kind !== 'complex' && property.type.kind !== 'entity')
    .filter((property) => kindOf(property.type as Parameters<typeof kindOf>[0]) !== 'string')
    .map((property) => property.name);
  // Complex values name their types within themselves.
  const names = type.kind === 'complex' || type.qualifiedName === 'Edm.Untyped' ? [...others, '@odata.type'] : others;
  const found = findPlace(place, scope);
  const { base } = jsonOf(found.located);
  return compileTerm(expression, (text) => {
    const { json, strings, values } = scope.dialect;
    const table = json.strings(base, scope.newAlias(), names);
    const contains = strings.contains(strings.lower(table.text), strings.lower(values.text(text)));
    const tables = join([...found.tables, table.table], ', ');
    return sql`EXISTS (SELECT 1 FROM ${tables} WHERE ${join([...found.conditions, table.condition, contains], ' AND ')})`;
  });
}

function compileTerm(term: SearchTerm, occurs: (text: string) => Sql): Sql {
  switch (term.kind) {
    case 'word':
    case 'phrase':
      return occurs(term.text);
    case 'not':
      return sql`(NOT ${compileTerm(term.operand, occurs)})`;
    case 'and':
      return sql`(${compileTerm(term.left, occurs)} AND ${compileTerm(term.right, occurs)})`;
    case 'or':
      return sql`(${compileTerm(term.left, occurs)} OR ${compileTerm(term.right, occurs)})`;
    default:
      throw new Error(`Unknown search term ${JSON.stringify(term satisfies never)}.`);
  }
}
