import { declaredObjects } from '../members.js';
import { typeOf, type Declaration } from './catalog.js';
import { ABSTRACT_TYPES, PRIMITIVE_TYPES } from './edm-names.js';
import { checkPatterns } from './patterns.js';
import type { Part, Report } from './report.js';

const VALUE_KINDS = ['ComplexType', 'EnumType', 'TypeDefinition'];

/** Base types, properties and their types. [CSDL-JSON 6, 7, 8, 9] */
export function checkStructuredType(report: Report, declaration: Declaration): void {
  const { json, document, qualifiedName } = declaration;
  const part: Part = { json, document };
  const base = json['$BaseType'];
  const baseType =
    typeof base === 'string'
      ? report.resolve(part, base, `The base type of '${qualifiedName}'`, declaration.kind)
      : undefined;
  if (baseType && derivesFromItself(report, declaration))
    report.error(part, `The base types of '${qualifiedName}' form a cycle.`);
  for (const [name, property] of declaredObjects(json)) {
    const propertyPart: Part = { json: property, document };
    if (baseType && report.catalog.membersOf(baseType).has(name))
      report.warning(propertyPart, `The property '${name}' of '${qualifiedName}' is also declared by a base type.`);
    checkProperty(report, propertyPart, `'${name}' of '${qualifiedName}'`);
    checkPatterns(report, propertyPart);
  }
}

function checkProperty(report: Report, part: Part, property: string): void {
  const isNavigation = part.json['$Kind'] === 'NavigationProperty';
  const type = typeOf(part.json);
  const role = `The type of ${property}`;
  if (isNavigation) {
    if (type !== 'Edm.EntityType') report.resolve(part, type, role, 'EntityType');
  } else checkType(report, part, type, role, VALUE_KINDS);
}

/** A type reference: a type of `Edm` or a declared one of these kinds. [CSDL-JSON 3.2] */
export function checkType(report: Report, part: Part, type: string, role: string, kinds: readonly string[]): void {
  if (!type.startsWith('Edm.')) report.resolve(part, type, role, ...kinds);
  else if (!PRIMITIVE_TYPES.has(type) && !ABSTRACT_TYPES.has(type))
    report.error(part, `${role} is '${type}', which is no type of the namespace Edm.`);
}

function derivesFromItself(report: Report, declaration: Declaration): boolean {
  const seen = new Set<Declaration>();
  let type = report.catalog.baseOf(declaration);
  for (; type && type !== declaration && !seen.has(type); type = report.catalog.baseOf(type)) seen.add(type);
  return type === declaration;
}
