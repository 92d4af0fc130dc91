import type { Model, NavigationProperty, Property, StructuredType } from '../edm/index.js';

/** An element by its name; in any case where a service is lenient about it, an exact match first. */
export function named<T>(
  elements: ReadonlyMap<string, T> | undefined,
  name: string,
  ignoreCase: boolean,
): T | undefined {
  const exact = elements?.get(name);
  if (exact !== undefined || elements === undefined || !ignoreCase) return exact;
  const lower = name.toLowerCase();
  for (const [each, element] of elements) if (each.toLowerCase() === lower) return element;
  return undefined;
}

/** A structural or navigation property of a type by its name. */
export function memberNamed(
  { properties, navigationProperties }: StructuredType,
  name: string,
  ignoreCase: boolean,
): Property | NavigationProperty | undefined {
  return named(properties, name, ignoreCase) ?? named(navigationProperties, name, ignoreCase);
}

/** The type that a cast names; in any case one that derives from the present type, where a service is lenient about it. */
export function castNamed(
  name: string,
  present: StructuredType,
  { model, ignoreCase }: { readonly model: Model; readonly ignoreCase: boolean },
): StructuredType | undefined {
  const exact = model.structuredType(name);
  if (exact !== undefined || !ignoreCase) return exact;
  const lower = model.expandName(name).toLowerCase();
  return model.derivedTypes(present).find(({ qualifiedName }) => qualifiedName.toLowerCase() === lower);
}
