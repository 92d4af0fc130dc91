import type { ComplexType, Model, StructuredType } from '../../edm/index.js';

import type { ImpliedType } from '../expression.js';
import { unsupported } from './fault.js';

/**
 * The types whose name within a value says nothing. Whatever has the name of a type without a base type can only be declared
 * as it. What is declared with a derived type may have its name or not, and is known by the member that it stands in. Two
 * values that differ in such names alone are the same.
 */
export function impliedTypes(type: StructuredType, model: Model, at: number): readonly ImpliedType[] {
  const implied = new Map<string, ImpliedType>();
  const declared = new Map<string, ComplexType>();
  const open: StructuredType[] = [type];
  const seen = new Set<StructuredType>();
  if (type.baseType !== undefined) implied.set('', { typeName: type.qualifiedName, member: '' });
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.baseType === undefined) implied.set(each.qualifiedName, { typeName: each.qualifiedName });
    for (const variant of [each, ...model.derivedTypes(each)]) {
      if (seen.has(variant)) continue;
      seen.add(variant);
      for (const [member, nested] of complexMembersOf(variant)) {
        const other = declared.get(member) ?? nested;
        if (other !== nested && (other.baseType ?? nested.baseType) !== undefined)
          throw unsupported(`Comparing values in which '${member}' is declared in different ways is`, at);
        declared.set(member, nested);
        if (nested.baseType !== undefined) implied.set(`/${member}`, { typeName: nested.qualifiedName, member });
        open.push(nested);
      }
    }
  }
  return [...implied.values()];
}

function complexMembersOf({ properties }: StructuredType): readonly (readonly [member: string, type: ComplexType])[] {
  return [...properties.values()].flatMap(({ name, type }) => (type.kind === 'complex' ? [[name, type] as const] : []));
}
