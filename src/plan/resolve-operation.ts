import type { Model, Operation, SchemaType } from '../edm/index.js';
import type { NameSegment } from '../url/index.js';

import { bareContextName } from './context-name.js';
import type { PathRules } from './path-rules.js';
import { withNested } from './resolve-member.js';
import type { CollectionTarget, DeltaTarget, EntityTarget, OperationTarget, PropertyTarget } from './target.js';

/** A bound operation by its qualified name, or by its simple name where the profile has default namespaces. [OData-URL 4.5] */
export function operationOn(
  binding: CollectionTarget | EntityTarget | PropertyTarget,
  segment: NameSegment,
  { model, rules }: { readonly model: Model; readonly rules: PathRules },
): OperationTarget | DeltaTarget | undefined {
  const dot = segment.name.lastIndexOf('.');
  const isDefault = (namespace: string) => rules.defaultNamespaces.some((each) => isWithin(namespace, each));
  const named = model.boundOperations(segment.name.slice(dot + 1), rules.ignoreCase).filter((operation) => {
    const namespace = operation.qualifiedName.slice(0, operation.qualifiedName.lastIndexOf('.'));
    return dot < 0 ? isDefault(namespace) : isSameName(model.expandName(segment.name), operation.qualifiedName, rules);
  });
  const overloads = named.filter((operation) => bindsTo(operation, binding)).toSorted(byDerivation);
  const [first] = overloads;
  if (first === undefined) return undefined;
  const call: OperationTarget = {
    kind: first.kind,
    overloads,
    binding,
    arguments: segment.arguments,
    entitySet: undefined,
    rest: [],
  };
  const of = rules.deltaFunctions.includes(first.qualifiedName) ? trackedFrom(binding, rules) : undefined;
  if (of === undefined) return call;
  const contextName = of.origin?.kind === 'entitySet' ? undefined : bareContextName(of.type, rules);
  return { kind: 'delta', of: contextName === undefined ? of : { ...of, contextName }, call };
}

/** The collection whose changes a function tells: the one that it is bound to, or all of the tree whose root that is. */
function trackedFrom(
  binding: CollectionTarget | EntityTarget | PropertyTarget,
  rules: PathRules,
): CollectionTarget | undefined {
  if (binding.kind === 'collection') return binding.each ? undefined : withNested(binding);
  if (binding.kind === 'property' || !binding.isImplied) return undefined;
  return rules.treeOf(binding.type) === undefined ? undefined : binding.within;
}

/** A default namespace stands for those below it, too: `microsoft.graph` for `microsoft.graph.termStore`. */
function isWithin(namespace: string, outer: string): boolean {
  return namespace === outer || namespace.startsWith(`${outer}.`);
}

function isSameName(written: string, declared: string, { ignoreCase }: PathRules): boolean {
  return written === declared || (ignoreCase && written.toLowerCase() === declared.toLowerCase());
}

function bindsTo(operation: Operation, binding: CollectionTarget | EntityTarget | PropertyTarget): boolean {
  const parameter = operation.bindingParameter?.reference;
  if (parameter === undefined || parameter.isCollection !== isCollection(binding)) return false;
  const type = binding.kind === 'property' ? (binding.type ?? binding.reference.type) : binding.type;
  const expected = parameter.type;
  if (type.kind === 'entity' || type.kind === 'complex') {
    return (expected.kind === 'entity' || expected.kind === 'complex') && type.isOrDerivesFrom(expected);
  }
  return expected === type;
}

/** Overloads for derived binding types come before those for their base types. [CSDL-JSON 12.2] */
function byDerivation(one: Operation, other: Operation): number {
  return depthOf(other.bindingParameter?.reference.type) - depthOf(one.bindingParameter?.reference.type);
}

function depthOf(type: SchemaType | undefined): number {
  return type?.kind === 'entity' || type?.kind === 'complex' ? 1 + depthOf(type.baseType) : 0;
}

/** Behind `$each` an operation is bound to the members. [OData-URL 4.13] */
function isCollection(binding: CollectionTarget | EntityTarget | PropertyTarget): boolean {
  return binding.kind === 'property' ? binding.reference.isCollection : binding.kind === 'collection' && !binding.each;
}
