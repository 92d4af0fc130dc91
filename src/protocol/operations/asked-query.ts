import type { EntityType } from '../../edm/index.js';
import type { CollectionTarget, Target } from '../../plan/index.js';
import type { Expression, PathStep, QueryOptions } from '../../url/index.js';

/** A query of a collection of entities, as far as a profile decides whether it answers it. */
export interface AskedQuery {
  /** The type of the entities, after a cast. */
  readonly type: EntityType;
  readonly isCast: boolean;
  /** Whether only their number is asked for: `/$count`. */
  readonly isCount: boolean;
  /** Names of the system query options, without `$`. */
  readonly options: ReadonlySet<string>;
  /** Operators and functions within `$filter`, in lower case: `ne`, `not`, `endswith`. */
  readonly operators: ReadonlySet<string>;
  readonly headers: ReadonlyMap<string, string>;
}

/** The query of a request; undefined where it is not about several entities. */
export function askedQuery(
  target: Target,
  options: QueryOptions,
  headers: ReadonlyMap<string, string>,
): AskedQuery | undefined {
  const of = collectionOf(target);
  if (of === undefined) return undefined;
  const { aliases, custom, ...system } = options;
  return {
    type: of.type,
    isCast: of.typeNames !== undefined,
    isCount: target.kind === 'count',
    options: new Set(Object.keys(system)),
    operators: operatorsOf(options),
    headers,
  };
}

function collectionOf(target: Target): CollectionTarget | undefined {
  if (target.kind === 'collection') return target;
  const isOfCollection = (target.kind === 'count' || target.kind === 'reference') && target.of.kind === 'collection';
  return isOfCollection ? (target.of as CollectionTarget) : undefined;
}

function operatorsOf({ filter, aliases }: QueryOptions): ReadonlySet<string> {
  const operators = new Set<string>();
  if (filter !== undefined) collect(filter.value, aliases, operators);
  return operators;
}

function collect(tree: Expression, aliases: QueryOptions['aliases'], operators: Set<string>): void {
  switch (tree.kind) {
    case 'literal':
      return;
    case 'path':
      for (const step of tree.steps) collectStep(step, aliases, operators);
      return;
    case 'call':
      operators.add(tree.name.toLowerCase());
      for (const each of tree.arguments) collect(each, aliases, operators);
      return;
    case 'binary':
      operators.add(tree.operator);
      collect(tree.left, aliases, operators);
      collect(tree.right, aliases, operators);
      return;
    case 'unary':
      operators.add(tree.operator);
      collect(tree.operand, aliases, operators);
      return;
    case 'list':
      for (const item of tree.items) collect(item, aliases, operators);
      return;
    case 'object':
      for (const { value } of tree.members) collect(value, aliases, operators);
      return;
    case 'alias':
      collectAlias(tree.name, aliases, operators);
      return;
    case 'case':
      for (const { condition, value } of tree.branches) {
        collect(condition, aliases, operators);
        collect(value, aliases, operators);
      }
      return;
    case 'cast':
    case 'isof':
      operators.add(tree.kind);
      if (tree.operand !== undefined) collect(tree.operand, aliases, operators);
      return;
    default:
      tree satisfies never;
  }
}

function collectStep(step: PathStep, aliases: QueryOptions['aliases'], operators: Set<string>): void {
  if (step.kind === 'any' || step.kind === 'all') {
    operators.add(step.kind);
    if (step.condition !== undefined) collect(step.condition, aliases, operators);
  } else if (step.kind === 'filter') collect(step.expression, aliases, operators);
  else if (step.kind === '$count' && step.filter !== undefined) collect(step.filter, aliases, operators);
  else if (step.kind === 'aggregate') collect(step.item.expression, aliases, operators);
  else if (step.kind === 'alias') collectAlias(step.name, aliases, operators);
}

/** An alias that refers to itself is followed once; binding refuses it. */
function collectAlias(name: string, aliases: QueryOptions['aliases'], operators: Set<string>): void {
  const value = aliases.get(name);
  if (value === undefined) return;
  const others = new Map(aliases);
  others.delete(name);
  collect(value, others, operators);
}
