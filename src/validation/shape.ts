import type { Operation, Property, StructuredType, TypeReference } from '../edm/index.js';

import { makeDataTransferClass } from './data-transfer-class.js';
import type { DataTransferClass } from './data-transfer-object.js';
import { parameterRule, propertyRule, valueRule, type MemberRule } from './member-rule.js';
import type { MemberSet } from './member-set.js';

/** What is known about the objects of a type before any of them arrives. */
export interface Shape extends MemberSet {
  readonly transferClass: DataTransferClass;
}

const shapes = new WeakMap<StructuredType | Operation, Shape>();
const shapesOfValues = new WeakMap<TypeReference, Map<string, Shape>>();

/** The shape of a structured type; made on first use, kept as long as the type. */
export function shapeOf(type: StructuredType): Shape {
  let shape = shapes.get(type);
  if (!shape) {
    const rules = Array.from(type.properties.values(), (property) => propertyRule(property, type));
    shape = makeShape(`type '${type.qualifiedName}'`, type.name, rules);
    shapes.set(type, shape);
  }
  return shape;
}

/** The shape of an operation's parameters. */
export function shapeOfParameters(operation: Operation): Shape {
  let shape = shapes.get(operation);
  if (!shape) {
    const rules = operation.nonBindingParameters.map(parameterRule);
    shape = makeShape(
      `${operation.kind} '${operation.qualifiedName}'`,
      `${operation.name}Parameters`,
      rules,
      'parameter',
    );
    shapes.set(operation, shape);
  }
  return shape;
}

/** The shape of an object whose only member is a value on its own, or that of a property. */
export function shapeOfValue(reference: TypeReference, name: string, property?: Property): Shape {
  let byName = shapesOfValues.get(reference);
  if (!byName) shapesOfValues.set(reference, (byName = new Map()));
  let shape = byName.get(name);
  if (!shape) {
    const rule = valueRule(reference, name, property);
    byName.set(name, (shape = makeShape(`type '${String(reference)}'`, name, [rule])));
  }
  return shape;
}

function makeShape(
  owner: string,
  className: string,
  rules: readonly MemberRule[],
  noun: Shape['noun'] = 'property',
): Shape {
  return {
    owner,
    noun,
    rules: new Map(rules.map((rule) => [rule.name, rule])),
    transferClass: makeDataTransferClass(className, rules),
  };
}
