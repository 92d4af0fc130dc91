import { type Cursor } from './cursor.js';

/** Names with slashes between them: `Sales/ns.Derived/Customer`. [OData-ABNF groupingProperty, pathPrefix] */
export function parseNamePath(cursor: Cursor): readonly string[] {
  const path: string[] = [];
  do {
    cursor.countNode();
    path.push(cursor.qualifiedName('a property name'));
  } while (cursor.skip(47));
  return path;
}
