import type { ScalarType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { HierarchyArgument, OrderItem, Segment, Transformation } from '../../url/index.js';

import { bindExpression, bindFilter, bindOperand, MOST_DISTANCE, recursiveHierarchy } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Place } from '../expression.js';
import { containerOf } from '../relation.js';
import { resolvePath } from '../resolve-path.js';
import type { CollectionTarget } from '../target.js';
import type { HierarchyTree, Step } from './apply-plan.js';
import { walkAlong } from './aggregation-path.js';
import { fault } from './fault.js';
import { contextOf, entityRows, type Planner, type RowType } from './row-type.js';

/** What has the parameters of a hierarchical transformation. */
export interface HierarchyCall {
  readonly name: string;
  readonly arguments: readonly HierarchyArgument[];
  readonly at: number;
}

/** What the first three parameters name. */
export interface Hierarchy {
  readonly tree: Omit<HierarchyTree, 'nodeSteps'>;
  readonly qualifier: string;
  /** The nodes as rows, and the type and path of their identifiers. */
  readonly nodes: RowType;
  readonly nodeType: ScalarType;
  readonly nodePath: readonly string[];
  /** The type and path of the identifier in the rows. */
  readonly valueType: ScalarType | undefined;
  readonly valuePath: readonly string[];
  readonly rest: Arguments;
}

/** `$root/Units,UnitHierarchy,Unit/ID` [OData-Aggregation 6.2.1] */
export function hierarchyOf(tree: HierarchyCall, rows: RowType, planner: Planner): Hierarchy {
  const [collection, second, path, ...others] = tree.arguments;
  const qualifier = wordOf(second, tree);
  const { target, rows: nodes } = nodesOf(collection, tree, planner);
  const {
    node,
    parent,
    path: nodePath,
  } = recursiveHierarchy(target.type, qualifier, tree.at, (each) => bindOperand(each, contextOf(nodes, planner)));
  const valuePath = namesOf(path);
  const { type: valueType, ...identifier } =
    severalIn(valuePath, tree, rows, planner) ?? valueOf(path, tree, rows, planner);
  const { source, typeNames } = target;
  const from = { source, ...(typeNames === undefined ? {} : { typeNames }) };
  return {
    tree: { nodes: from, node: node.expression, parent, ...identifier },
    qualifier,
    nodes,
    nodeType: node.type,
    nodePath,
    valueType,
    valuePath,
    rest: new Arguments(others, tree),
  };
}

function namesOf(path: HierarchyArgument | undefined): readonly string[] {
  const steps = path?.kind === 'expression' && path.expression.kind === 'path' ? path.expression.steps : [];
  return steps.map((step) => (step.kind === 'name' ? step.name : ''));
}

/** What follows the three parameters that all hierarchical transformations begin with. */
export class Arguments {
  readonly #items: HierarchyArgument[];
  readonly #tree: HierarchyCall;

  constructor(items: readonly HierarchyArgument[], tree: HierarchyCall) {
    this.#items = [...items];
    this.#tree = tree;
  }

  next(): HierarchyArgument | undefined {
    return this.#items.shift();
  }

  /** The transformations, or a condition instead, that choose where to start. */
  start(rows: RowType, planner: Planner): readonly Step[] {
    const argument = this.next();
    if (argument?.kind === 'apply')
      return argument.apply.flatMap((each) => subsetSteps(each, rows, planner, this.#tree).steps);
    if (argument?.kind !== 'expression')
      throw badRequest(
        `The fourth parameter of '${this.#tree.name}' is a sequence of transformations.`,
        fault(this.#tree.at),
      );
    return [{ kind: 'filter', condition: bindFilter(argument.expression, contextOf(rows, planner)) }];
  }

  /** Transformations that leave nodes out. */
  sequence(nodes: RowType, planner: Planner): Step[] {
    const [first] = this.#items;
    if (first?.kind !== 'apply') return [];
    this.#items.shift();
    return first.apply.flatMap((each) => {
      const { steps, isMultiplied } = subsetSteps(each, nodes, planner, this.#tree);
      if (isMultiplied)
        throw badRequest(
          `The nodes of '${this.#tree.name}' must be there once, but here 'traverse' may give them several times.`,
          fault(each.at),
        );
      return steps;
    });
  }

  distance(): number | undefined {
    const [first] = this.#items;
    if (first?.kind !== 'expression') return undefined;
    this.#items.shift();
    const distance = first.expression.kind === 'literal' ? Number(first.expression.text) : Number.NaN;
    if (!Number.isSafeInteger(distance) || distance < 1 || distance > MOST_DISTANCE)
      throw badRequest(
        `The distance of '${this.#tree.name}' is an integer from 1 to ${String(MOST_DISTANCE)}.`,
        fault(this.#tree.at),
      );
    return distance;
  }

  keepStart(): boolean {
    if (this.#items[0]?.kind !== 'keep') return false;
    this.#items.shift();
    return true;
  }

  order(): OrderItem[] {
    const items: OrderItem[] = [];
    for (let [first] = this.#items; first !== undefined; [first] = this.#items) {
      if (first.kind === 'order') items.push(...first.items);
      else if (first.kind === 'expression') items.push({ expression: first.expression, direction: 'asc' });
      else break;
      this.#items.shift();
    }
    return items;
  }

  finish(): void {
    if (this.#items.length > 0)
      throw badRequest(`'${this.#tree.name}' has parameters that mean nothing there.`, fault(this.#tree.at));
  }
}

/** What a transformation leaves of rows, which is not told what else is known of them afterwards. [OData-Aggregation 6.2] */
function subsetSteps(
  transformation: Transformation,
  rows: RowType,
  planner: Planner,
  tree: HierarchyCall,
): { readonly steps: readonly Step[]; readonly isMultiplied: boolean } {
  const { steps, rows: left } = planner.plan([transformation], rows);
  const isSubset = transformation.kind === 'hierarchy' || (left.place === rows.place && left.forms === rows.forms);
  if (!isSubset)
    throw badRequest(`The transformations within '${tree.name}' may only leave rows out.`, fault(transformation.at));
  const isMultiplied = steps.some(
    (step) => step.kind === 'hierarchy' && ('ways' in step.take || 'nodeColumn' in step.take),
  );
  return { steps, isMultiplied };
}

/** `$root/Units`: the entities that are the nodes. */
function nodesOf(argument: HierarchyArgument | undefined, tree: HierarchyCall, { context }: Planner) {
  const path = argument?.kind === 'expression' && argument.expression.kind === 'path' ? argument.expression.steps : [];
  const segments = path.slice(1).map((step): Segment | undefined => {
    if (step.kind === 'name') return { kind: 'name', name: step.name, text: step.name, at: step.at };
    return undefined;
  });
  if (path[0]?.kind !== '$root' || segments.length === 0 || segments.includes(undefined))
    throw badRequest(`The first parameter of '${tree.name}' is a collection of entities: $root/…`, fault(tree.at));
  const target = resolvePath(segments as Segment[], context);
  if (target.kind !== 'collection')
    throw badRequest(`The first parameter of '${tree.name}' is a collection of entities: $root/…`, fault(tree.at));
  return {
    target: target satisfies CollectionTarget,
    rows: entityRows(target.type, containerOf(target, context.model)),
  };
}

/** What says to which node a row belongs, or to which ones. */
interface Identifier extends Pick<HierarchyTree, 'value' | 'through'> {
  readonly type: ScalarType | undefined;
}

function valueOf(
  argument: HierarchyArgument | undefined,
  tree: HierarchyCall,
  rows: RowType,
  planner: Planner,
): Identifier {
  if (argument?.kind !== 'expression' || argument.expression.kind !== 'path') throw noProperty(tree);
  const { expression, type } = bindExpression(argument.expression, contextOf(rows, planner), `'${tree.name}'`);
  return { value: expression, type };
}

/** `Sales/Unit/ID`; undefined for paths that lead to a single identifier. */
function severalIn(
  path: readonly string[],
  tree: HierarchyCall,
  rows: RowType,
  planner: Planner,
): Identifier | undefined {
  if (path.length === 0 || path.includes('')) return undefined;
  const { hops, operand } = walkAlong(path, tree.at, rows, planner);
  if (!hops.some(({ collection }) => collection.type.isCollection)) return undefined;
  switch (operand?.kind) {
    case 'scalar':
      return { value: operand.expression, type: operand.type, through: hops };
    case 'dynamic': {
      const type = edm('Untyped');
      const place: Place = { ...operand.place, type: { type, isCollection: false } };
      return { value: { kind: 'value', place, type }, type, through: hops };
    }
    default:
      throw noProperty(tree);
  }
}

function noProperty({ name, at }: HierarchyCall): Error {
  return badRequest(`The third parameter of '${name}' is the path of a property.`, fault(at));
}

/** An argument that is a single word. */
export function wordOf(argument: HierarchyArgument | undefined, tree: HierarchyCall): string {
  const expression = argument?.kind === 'expression' ? argument.expression : undefined;
  const step = expression?.kind === 'path' && expression.steps.length === 1 ? expression.steps[0] : undefined;
  if (step?.kind === 'name') return step.name;
  throw badRequest(
    `The parameters of '${tree.name}' begin with nodes, the name of a hierarchy and a property.`,
    fault(tree.at),
  );
}
