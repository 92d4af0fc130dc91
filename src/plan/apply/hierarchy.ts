import { badRequest } from '../../error/index.js';
import type { HierarchyArgument, OrderItem, Segment, Transformation } from '../../url/index.js';

import {
  bindExpression,
  bindFilter,
  bindOperand,
  bindOrder,
  MOST_DISTANCE,
  recursiveHierarchy,
} from '../bind/index.js';
import type { Expression } from '../expression.js';
import { containerOf } from '../relation.js';
import { resolvePath } from '../resolve-path.js';
import type { CollectionTarget } from '../target.js';
import type { HierarchyStep, Step } from './apply-plan.js';
import { contextOf, entityRows, type Planned, type Planner, type RowType } from './row-type.js';

type Hierarchy = Extract<Transformation, { kind: 'hierarchy' }>;

/**
 * `ancestors($root/Units,UnitHierarchy,ID,filter(Name eq 'East'),keep start)`,
 * `traverse($root/Units,UnitHierarchy,ID,preorder,Name desc)`. [OData-Aggregation 6.2]
 */
export function planHierarchy(tree: Hierarchy, rows: RowType, planner: Planner): Planned {
  const [collection, qualifier, path, ...others] = tree.arguments;
  const nodes = nodesOf(collection, tree, planner);
  const { node, parent } = recursiveHierarchy(nodes.target.type, wordOf(qualifier, tree), tree.at, (each) =>
    bindOperand(each, contextOf(nodes.rows, planner)),
  );
  const value = valueOf(path, tree, rows, planner);
  const rest = new Arguments(others, tree);
  const { take, nodeSteps } =
    tree.name === 'traverse'
      ? inOrder(rest, tree, nodes.rows, planner)
      : relatives(tree.name, rest, rows, nodes.rows, planner);
  rest.finish();
  const { source, typeNames } = nodes.target;
  const from = { source, ...(typeNames === undefined ? {} : { typeNames }) };
  return { steps: [{ kind: 'hierarchy', nodes: from, nodeSteps, node: node.expression, parent, value, take }], rows };
}

type Chosen = Pick<HierarchyStep, 'take' | 'nodeSteps'>;

/** `…,filter(Name eq 'East'),filter(Level lt 3),2,keep start` [OData-Aggregation 6.2.1] */
function relatives(
  kind: 'ancestors' | 'descendants',
  rest: Arguments,
  rows: RowType,
  nodes: RowType,
  planner: Planner,
): Chosen {
  const start = rest.start(rows, planner);
  const nodeSteps = rest.sequence(nodes, planner);
  return { nodeSteps, take: { kind, start, distance: rest.distance(), keepStart: rest.keepStart() } };
}

/** `…,preorder,filter(Level lt 3),Name desc` [OData-Aggregation 6.2.2] */
function inOrder(rest: Arguments, tree: Hierarchy, nodes: RowType, planner: Planner): Chosen {
  const kind = wordOf(rest.next(), tree).toLowerCase();
  if (kind !== 'preorder' && kind !== 'postorder')
    throw badRequest("The fourth parameter of 'traverse' is preorder or postorder.", fault(tree));
  const subset = rest.sequence(nodes, planner);
  const order = rest.order();
  const sort: Step[] =
    order.length === 0 ? [] : [{ kind: 'order', terms: bindOrder(order, contextOf(nodes, planner)) }];
  return { take: { kind }, nodeSteps: [...subset, ...sort] };
}

/** What follows the three parameters that all hierarchical transformations begin with. */
class Arguments {
  readonly #items: HierarchyArgument[];
  readonly #tree: Hierarchy;

  constructor(items: readonly HierarchyArgument[], tree: Hierarchy) {
    this.#items = [...items];
    this.#tree = tree;
  }

  next(): HierarchyArgument | undefined {
    return this.#items.shift();
  }

  /** The transformations, or a condition instead, that choose where to start. */
  start(rows: RowType, planner: Planner): readonly Step[] {
    const argument = this.next();
    if (argument?.kind === 'apply') return stepsWithin(argument, rows, planner, this.#tree);
    if (argument?.kind !== 'expression')
      throw badRequest(
        `The fourth parameter of '${this.#tree.name}' is a sequence of transformations.`,
        fault(this.#tree),
      );
    return [{ kind: 'filter', condition: bindFilter(argument.expression, contextOf(rows, planner)) }];
  }

  /** Transformations that leave nodes out. */
  sequence(nodes: RowType, planner: Planner): Step[] {
    const [first] = this.#items;
    if (first?.kind !== 'apply') return [];
    this.#items.shift();
    return [...stepsWithin(first, nodes, planner, this.#tree)];
  }

  distance(): number | undefined {
    const [first] = this.#items;
    if (first?.kind !== 'expression') return undefined;
    this.#items.shift();
    const distance = first.expression.kind === 'literal' ? Number(first.expression.text) : Number.NaN;
    if (!Number.isSafeInteger(distance) || distance < 1 || distance > MOST_DISTANCE)
      throw badRequest(
        `The distance of '${this.#tree.name}' is an integer from 1 to ${String(MOST_DISTANCE)}.`,
        fault(this.#tree),
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
      throw badRequest(`'${this.#tree.name}' has parameters that mean nothing there.`, fault(this.#tree));
  }
}

function stepsWithin(
  { apply }: Extract<HierarchyArgument, { kind: 'apply' }>,
  rows: RowType,
  planner: Planner,
  tree: Hierarchy,
): readonly Step[] {
  const planned = planner.plan(apply, rows);
  const isSubset = planned.rows.place === rows.place && planned.rows.forms === rows.forms;
  if (!isSubset) throw badRequest(`The transformations within '${tree.name}' may only leave rows out.`, fault(tree));
  return planned.steps;
}

/** `$root/Units`: the entities that are the nodes. */
function nodesOf(argument: HierarchyArgument | undefined, tree: Hierarchy, { context }: Planner) {
  const path = argument?.kind === 'expression' && argument.expression.kind === 'path' ? argument.expression.steps : [];
  const segments = path.slice(1).map((step): Segment | undefined => {
    if (step.kind === 'name') return { kind: 'name', name: step.name, text: step.name, at: step.at };
    return undefined;
  });
  if (path[0]?.kind !== '$root' || segments.length === 0 || segments.includes(undefined))
    throw badRequest(`The first parameter of '${tree.name}' is a collection of entities: $root/…`, fault(tree));
  const target = resolvePath(segments as Segment[], context);
  if (target.kind !== 'collection')
    throw badRequest(`The first parameter of '${tree.name}' is a collection of entities: $root/…`, fault(tree));
  return {
    target: target satisfies CollectionTarget,
    rows: entityRows(target.type, containerOf(target, context.model)),
  };
}

function valueOf(
  argument: HierarchyArgument | undefined,
  tree: Hierarchy,
  rows: RowType,
  planner: Planner,
): Expression {
  if (argument?.kind !== 'expression' || argument.expression.kind !== 'path')
    throw badRequest(`The third parameter of '${tree.name}' is the path of a property.`, fault(tree));
  return bindExpression(argument.expression, contextOf(rows, planner), `'${tree.name}'`).expression;
}

function wordOf(argument: HierarchyArgument | undefined, tree: Hierarchy): string {
  const expression = argument?.kind === 'expression' ? argument.expression : undefined;
  const step = expression?.kind === 'path' && expression.steps.length === 1 ? expression.steps[0] : undefined;
  if (step?.kind === 'name') return step.name;
  throw badRequest(
    `'${tree.name}' needs at least four parameters: nodes, the name of a hierarchy, a property, and more.`,
    fault(tree),
  );
}

function fault({ at }: Hierarchy) {
  return { target: '$apply', position: at };
}
