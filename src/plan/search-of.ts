import type { EntityType, Model, StructuredType } from '../edm/index.js';
import type { SearchExpression } from '../url/index.js';

import { bindSearch } from './bind/index.js';
import type { Expression, Place } from './expression.js';
import type { PathRules } from './path-rules.js';
import { searchByProperty } from './search-by-property.js';

/** `rules` where the profile has a say in it: within `$apply` terms look everywhere. `$search` over the strings of a row, which its type tells from values that are only written like strings. [OData-URL 5.1.8] */
export function searchOf(
  type: StructuredType,
  tree: SearchExpression,
  model: Model,
  rules?: Pick<PathRules, 'searchOf'>,
): Expression {
  const rule = type.kind === 'entity' ? rules?.searchOf(type) : undefined;
  if (rule !== undefined) return searchByProperty(type as EntityType, tree, rule);
  const row: Place = { kind: 'variable', variable: 0, type: { type, isCollection: false } };
  const expression = bindSearch(tree);
  if (!type.isBuiltIn) return { kind: 'search', place: row, expression };
  const branches = typesOfSets(model).map((each): Expression => {
    const placed = { type: each, isCollection: false };
    const typeNames = [each.qualifiedName];
    return {
      kind: 'logic',
      operator: 'and',
      left: { kind: 'isof', place: row, type: each, typeNames },
      right: { kind: 'search', place: { kind: 'variable', variable: 0, type: placed }, expression },
    };
  });
  return anyOf(branches) ?? { kind: 'isof', place: row, type, typeNames: [] };
}

/** Halves within halves, so that many types nest little. */
function anyOf(conditions: readonly Expression[]): Expression | undefined {
  if (conditions.length < 2) return conditions[0];
  const middle = conditions.length >> 1;
  const [left, right] = [anyOf(conditions.slice(0, middle))!, anyOf(conditions.slice(middle))!];
  return { kind: 'logic', operator: 'or', left, right };
}

/** The types that entities at the root of the service may have. */
function typesOfSets(model: Model): readonly EntityType[] {
  const children = [...(model.container?.children.values() ?? [])];
  const types = children.flatMap((child) =>
    child.kind === 'operationImport' ? [] : [child.type, ...(model.derivedTypes(child.type) as readonly EntityType[])],
  );
  return [...new Set(types)].filter((type) => !type.isAbstract);
}
