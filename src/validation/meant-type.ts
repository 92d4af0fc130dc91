import type { Model, StructuredType } from '../edm/index.js';

/** A declared type and all that derive from it. */
export function typesFor(declared: StructuredType, model: Model): readonly StructuredType[] {
  return [declared, ...model.derivedTypes(declared)];
}

/**
 * The type that a client means by a name that the schema does not have: one in another case, or in another namespace that
 * stands for those of the schema, such as one above its own.
 * Example: `Microsoft.OutlookServices.OpenTypeExtension` means `microsoft.graph.openTypeExtension`.
 */
export function typeMeant(
  name: string,
  declared: StructuredType,
  model: Model,
  otherNamespaces: RegExp,
): StructuredType | undefined {
  const lower = name.toLowerCase();
  const dot = lower.lastIndexOf('.');
  const namespace = lower.slice(0, Math.max(dot, 0));
  const types = typesFor(declared, model);
  const isDeclared = model.schemas.some((schema) => schema.namespace.toLowerCase() === namespace);
  const named = types.filter((type) => type.name.toLowerCase() === lower.slice(dot + 1));
  if (isDeclared) return sole(named.filter((type) => isWithin(type.qualifiedName.toLowerCase(), namespace)));
  if (!otherNamespaces.test(namespace)) return undefined;
  return sole(named);
}

/** Also in a namespace below: `microsoft.graph.externalItem` for `microsoft.graph.externalConnectors.externalItem`. */
function isWithin(qualifiedName: string, namespace: string): boolean {
  return qualifiedName.startsWith(`${namespace}.`);
}

function sole<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}
