import type { EntityType, Model, StructuredType } from '../edm/index.js';
import type { SearchExpression } from '../url/index.js';

import { bindSearch, searchTexts } from './bind/index.js';
import type { Expression, Place } from './expression.js';
import type { PathRules } from './path-rules.js';
import { searchByProperty } from './search-by-property.js';

/** What a profile says about searches; where it names no property in terms, they look everywhere, as within `$apply`. */
type SearchRules = Pick<PathRules, 'searchedOf'> & Partial<Pick<PathRules, 'searchOf'>>;

/** `$search` over the strings of a row, which its type tells from values that are only written like strings. [OData-URL 5.1.8] */
export function searchOf(
  type: StructuredType,
  tree: SearchExpression,
  model: Model,
  rules?: SearchRules,
  row: Place = { kind: 'variable', variable: 0, type: { type, isCollection: false } },
): Expression {
  const rule = type.kind === 'entity' ? rules?.searchOf?.(type) : undefined;
  if (rule !== undefined) return searchByProperty(type as EntityType, tree, rule);
  const searched = type.kind === 'entity' ? rules?.searchedOf(type) : undefined;
  if (searched !== undefined)
    return searchTexts(
      tree,
      searched.map((name) => textOf(row, type, name)),
    );
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

function textOf(row: Place, type: StructuredType, name: string): Place {
  const property = type.properties.get(name);
  if (property === undefined || property.isCollection || property.type.qualifiedName !== 'Edm.String')
    throw new Error(`'${name}' is no string of '${type.qualifiedName}' that $search could look into.`);
  return { kind: 'member', of: row, property, type: { type: property.type, isCollection: false } };
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
