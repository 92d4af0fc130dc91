import type { Model, SchemaType, StructuredType } from '../../edm/index.js';
import { badRequest, nearest, type ServiceError } from '../../error/index.js';

import type { Place } from '../expression.js';
import type { BindContext } from './context.js';
import { fault } from './fault.js';

/** A type by its name with namespace or alias; without either within the default namespaces. */
export function findType(name: string, context: BindContext): SchemaType | undefined {
  const { model, defaultNamespaces = [] } = context;
  if (name.includes('.')) return model.type(name);
  for (const namespace of defaultNamespaces) {
    const type = model.type(`${namespace}.${name}`);
    if (type) return type;
  }
  return undefined;
}

/** The suggestion goes by the name without its namespace, which is long and nearly always right. */
export function unknownType(name: string, model: Model, position: number): ServiceError {
  const names = [...model.declaredNames('EntityType', 'ComplexType', 'EnumType', 'TypeDefinition')];
  const near = nearest(simpleName(name), names.map(simpleName));
  const full = near && names.find((candidate) => simpleName(candidate) === near);
  const hint = full === undefined ? '' : ` Did you mean '${full}'?`;
  return badRequest(`Could not find a type named '${name}'.${hint}`, { position });
}

/** The qualified names of a type and of all that derive from it. */
export function namesOf(type: StructuredType, model: Model): readonly string[] {
  return [type, ...model.derivedTypes(type)].map(({ qualifiedName }) => qualifiedName);
}

/** A type cast: to a base type it changes nothing, to a derived type it narrows. [OData-URL 4.11] */
export function castPlace(place: Place, type: StructuredType, model: Model, at: number): Place {
  const present = place.type.type as StructuredType;
  if (present.isOrDerivesFrom(type)) return place;
  if (!type.isOrDerivesFrom(present))
    throw fault(`The type '${type.qualifiedName}' does not derive from '${present.qualifiedName}'`, at);
  return { kind: 'cast', of: place, typeNames: namesOf(type, model), type: { ...place.type, type } };
}

/** A dynamic value that names the type or one derived from it; nothing where it is another one, as entities always are. */
export function dynamicCast(of: Place, type: StructuredType, model: Model): Place | undefined {
  if (type.kind === 'entity') return undefined;
  return { kind: 'cast', of, typeNames: namesOf(type, model), type: { type, isCollection: of.type.isCollection } };
}

function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
