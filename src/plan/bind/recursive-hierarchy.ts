import { isCsdlObject, type EntityType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Operand } from './operand.js';

/** How a node says which one it is, and what leads from it to the one above. */
export interface RecursiveHierarchy {
  readonly node: Extract<Operand, { readonly kind: 'scalar' }>;
  /** A collection where a node may have several. */
  readonly parent: Place;
  /** The path that leads to what the node says. */
  readonly path: readonly string[];
}

/** What the annotation of the nodes' type says; `bind` binds a path that starts from a node. [OData-Aggregation 5.5.2] */
export function recursiveHierarchy(
  type: EntityType,
  qualifier: string,
  at: number,
  bind: (path: Tree) => Operand,
): RecursiveHierarchy {
  const term = `${TERM}#${qualifier}`;
  const value = type.lineage.map((each) => each.annotation(term)).find((each) => each !== undefined);
  if (!isCsdlObject(value))
    throw badRequest(`The type '${type.qualifiedName}' declares no recursive hierarchy '${qualifier}'.`, {
      position: at,
    });
  const path = namesOf(value['NodeProperty']);
  const node = bind(pathOf(path, at));
  const parent = bind(pathOf(namesOf(value['ParentNavigationProperty']), at));
  if (node.kind !== 'scalar')
    throw badRequest(`The hierarchy '${qualifier}' names no property that identifies a node.`);
  if ((parent.kind !== 'structured' && parent.kind !== 'collection') || parent.type.kind !== 'entity')
    throw badRequest(`The hierarchy '${qualifier}' names no navigation property to the parent.`);
  return { node, parent: parent.place, path };
}

const TERM = 'Org.OData.Aggregation.V1.RecursiveHierarchy';

/** The hierarchies that nodes of a type may be in. */
export function qualifiersOf(type: EntityType): readonly string[] {
  const terms = type.lineage.flatMap(({ annotations }) => [...annotations.keys()]);
  const own = terms.filter((term) => term.startsWith(`${TERM}#`)).map((term) => term.slice(TERM.length + 1));
  return [...new Set(own)].filter((qualifier) => !qualifier.includes('@'));
}

function namesOf(value: unknown): readonly string[] {
  const text = typeof value === 'object' && value !== null ? Object.values(value)[0] : value;
  return String(text).split('/');
}

function pathOf(names: readonly string[], at: number): Tree {
  return { kind: 'path', steps: names.map((name) => ({ kind: 'name', name, at })), at };
}

/** The greatest distance that can be asked for, as `MaxDistance` is of type `Edm.Int16`. [OData-Aggregation 6.2.1] */
export const MOST_DISTANCE = 32767;

export type RollupFunction = 'rollupnode' | 'excludingdescendants';

/** The name, which nobody can write, under which rows have what a function says of a node that they are grouped by. */
export function rollupMember(name: RollupFunction, position: number): string {
  return ` ${name} ${String(position)}`;
}
