import type { Model, StructuredType } from '../../edm/index.js';
import { badRequest, suggestion, type ServiceError } from '../../error/index.js';

/**
 * 400 for a name that no property has; `path` is the whole path where the name is not the first of it.
 * Example: `Could not find a property named 'Sity' on type 'ns.Address' in the path 'Address/Sity'. Did you mean 'City'?`
 */
export function unknownProperty(
  name: string,
  type: StructuredType,
  path: string,
  position: number,
  others: Iterable<string> = [],
): ServiceError {
  const where = path === name ? '' : ` in the path '${path}'`;
  const names = [...type.properties.keys(), ...type.navigationProperties.keys(), ...others];
  return badRequest(
    `Could not find a property named '${name}' on type '${type.qualifiedName}'${where}.${suggestion(name, names)}`,
    { position },
  );
}

/** 400 for a name that rows do not have which transformations or a cross join made. */
export function unknownMember(
  name: string,
  members: ReadonlyMap<string, unknown>,
  path: string,
  position: number,
): ServiceError {
  const where = path === name ? '' : ` in the path '${path}'`;
  // Names that begin with a space are nobody's to write.
  const names = [...members.keys()].filter((each) => !each.startsWith(' '));
  const present = names.length === 0 ? 'no properties' : names.map((each) => `'${each}'`).join(', ');
  return badRequest(
    `Could not find a property named '${name}'${where}: the rows have ${present}.${suggestion(name, names)}`,
    { position },
  );
}

/** Whether a function of this name could be called on a value of the type. */
export function isBoundFunction(name: string, type: StructuredType, model: Model): boolean {
  const operations = name.includes('.') ? model.operations(name) : model.boundOperations(name);
  return operations.some(({ kind, bindingParameter }) => {
    const bound = bindingParameter?.reference.type;
    const isStructured = bound?.kind === 'entity' || bound?.kind === 'complex';
    return kind === 'function' && isStructured && type.isOrDerivesFrom(bound);
  });
}
