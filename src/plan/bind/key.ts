import type { EntityType, NavigationProperty, StructuredType } from '../../edm/index.js';
import type { Argument } from '../../url/index.js';

import { alternateValues, havingValues } from '../alternate-key.js';
import { isLiteralKey, keyOfPredicate, keyOfSegments, partsOfPredicate } from '../bind-key.js';
import { combine } from '../combine.js';
import type { Expression, Place } from '../expression.js';
import { byPath, givenKey } from '../shortened-key.js';
import { bindScalar, type Binding, type Scope } from './binding.js';
import { compare } from './comparison.js';
import { fault, withPossibleKey } from './fault.js';
import { newItem } from './item.js';
import { operandAt, type Operand } from './operand.js';

/** `Items(3)`, `Items(code='a')`: the member of a collection of entities. [OData-URL 4.3.1, 4.3.5] */
export function bindKey(
  predicate: readonly Argument[],
  at: number,
  collection: Place,
  scope: Scope,
  binding: Binding,
): Operand {
  const type = keyedType(collection, at);
  if (predicate.length === 0) throw fault('A key is missing between the parentheses', at);
  const { aliases } = binding.context;
  if (!isLiteralKey(predicate, aliases) || scope.parameters !== undefined)
    return byExpressions(predicate, at, collection, scope, binding);
  const parts = givenKey(type, wayTo(collection), predicate);
  if (parts.length < type.key.length) {
    const { variable } = newItem(collection, binding);
    const given = withPossibleKey(() => partsOfPredicate(type, parts, predicate, aliases), at);
    return picked(collection, variable, havingValues(type, byPath(parts, given), 'and', variable)!, at);
  }
  const values = alternateValues(type, undefined, predicate, aliases);
  if (values === undefined) return keyed(collection, at, () => keyOfPredicate(type, predicate, aliases));
  const { variable } = newItem(collection, binding);
  return picked(collection, variable, havingValues(type, values, 'and', variable)!, at);
}

/** `Items/3` [OData-URL 4.3.6] */
export function bindKeySegment(text: string, at: number, collection: Place, { context }: Binding): Operand {
  if (context.keyAsSegment !== true) throw fault(`'${text}' is no property`, at);
  const type = keyedType(collection, at);
  return keyed(collection, at, () => keyOfSegments(type, [text]));
}

/** The item with a canonical key. */
function keyed(of: Place, at: number, readKey: () => string): Operand {
  const key = withPossibleKey(readKey, at);
  return operandAt({ kind: 'keyed', of, key, type: { ...of.type, isCollection: false } }, at);
}

/** The item whose key properties equal values that are known only with the row. */
function byExpressions(
  predicate: readonly Argument[],
  at: number,
  collection: Place,
  scope: Scope,
  binding: Binding,
): Operand {
  const type = keyedType(collection, at);
  const key = givenKey(type, wayTo(collection), predicate);
  const item = newItem(collection, binding);
  const isComplete = predicate.length === key.length;
  const conditions = key.map(({ name, path }): Expression => {
    const argument = predicate.find((each) => each.name === name || (each.name === undefined && key.length === 1));
    if (argument === undefined || !isComplete)
      throw fault(`The key of '${type.qualifiedName}' consists of ${key.map((each) => each.name).join(', ')}`, at);
    const place = path.reduce(memberOf, item.place);
    const value = bindScalar(argument.value, scope, binding, 'A key');
    return compare('eq', at, operandAt(place, at), value, binding);
  });
  return picked(collection, item.variable, combine('and', conditions)!, at);
}

/** The navigation property that leads to a collection. */
function wayTo(collection: Place): NavigationProperty | undefined {
  return collection.kind === 'related' ? collection.relation.property : undefined;
}

/** Keys may lead through complex properties. [CSDL-JSON 6.5] */
function memberOf(of: Place, name: string): Place {
  const property = (of.type.type as StructuredType).properties.get(name)!;
  return { kind: 'member', of, property, type: { type: property.type, isCollection: false } };
}

function picked(of: Place, variable: number, condition: Expression, at: number): Operand {
  return operandAt({ kind: 'filtered', of, variable, condition, type: { ...of.type, isCollection: false } }, at);
}

function keyedType({ type: { type } }: Place, at: number): EntityType {
  if (type.kind === 'entity' && type.key.length > 0) return type;
  throw fault(`Values of type '${type.qualifiedName}' have no keys`, at);
}
