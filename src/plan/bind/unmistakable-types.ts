import type { ComplexType, Model, StructuredType } from '../../edm/index.js';

import { unsupported } from './fault.js';

/**
 * The types whose name within a value says nothing, because whatever has it can only be declared as it: those without a
 * base type. Two values that differ in such a name alone are the same. What is declared with a derived type may have its
 * name or not, and cannot be compared by what is stored.
 */
export function unmistakableTypes(type: StructuredType, model: Model, at: number): readonly string[] {
  const names = new Set<string>();
  const open: StructuredType[] = [type];
  const seen = new Set<StructuredType>();
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each.baseType === undefined) names.add(each.qualifiedName);
    for (const variant of [each, ...model.derivedTypes(each)]) {
      if (seen.has(variant)) continue;
      seen.add(variant);
      for (const nested of complexTypesIn(variant)) {
        if (nested.baseType !== undefined)
          throw unsupported(`Comparing values in which '${nested.qualifiedName}' stands is`, at);
        open.push(nested);
      }
    }
  }
  return [...names];
}

function complexTypesIn({ properties }: StructuredType): readonly ComplexType[] {
  return [...properties.values()].flatMap(({ type }) => (type.kind === 'complex' ? [type] : []));
}
