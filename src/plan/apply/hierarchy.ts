import { badRequest } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOrder } from '../bind/index.js';
import { edm, isSame } from '../bind/primitives.js';
import type { Expression } from '../expression.js';
import type { Field, Step, Ways } from './apply-plan.js';
import { fault } from './fault.js';
import { hierarchyOf, wordOf, type Hierarchy } from './hierarchy-parameters.js';
import { nodeWithin } from './node-within.js';
import { isOfNodes, relatedNodes, withKeys } from './nodes-of-rows.js';
import { contextOf, type Planned, type Planner, type RowType } from './row-type.js';

type Hierarchical = Extract<Transformation, { kind: 'hierarchy' }>;

/**
 * `ancestors($root/Units,UnitHierarchy,ID,filter(Name eq 'East'),keep start)`,
 * `traverse($root/Units,UnitHierarchy,ID,preorder,Name desc)`. [OData-Aggregation 6.2]
 */
export function planHierarchy(call: Hierarchical, rows: RowType, planner: Planner): Planned {
  const hierarchy = hierarchyOf(call, rows, planner);
  if (call.name === 'traverse') return planTraverse(hierarchy, call, rows, planner);
  const { tree, nodes, rest } = hierarchy;
  const start = rest.start(rows, planner);
  const nodeSteps = rest.sequence(nodes, planner);
  const take = { kind: call.name, start, distance: rest.distance(), keepStart: rest.keepStart() } as const;
  rest.finish();
  return { steps: [{ kind: 'hierarchy', ...tree, nodeSteps, take }], rows };
}

/**
 * `…,preorder,filter(Level lt 3),Name desc`. In the general case, where a node may have several parents or the nodes to start
 * from are named, rows say on which way their node was reached. [OData-Aggregation 6.2.2]
 */
function planTraverse(hierarchy: Hierarchy, call: Hierarchical, rows: RowType, planner: Planner): Planned {
  const { tree, nodes, rest } = hierarchy;
  const kind = wordOf(rest.next(), call).toLowerCase();
  if (kind !== 'preorder' && kind !== 'postorder')
    throw badRequest("The fourth parameter of 'traverse' is preorder or postorder.", fault(call.at));
  const start = rest.sequence(nodes, planner);
  const order = rest.order();
  rest.finish();
  const nodeSteps: Step[] =
    order.length === 0 ? [] : [{ kind: 'order', terms: bindOrder(order, contextOf(nodes, planner)) }];
  const step = { kind: 'hierarchy', ...tree, nodeSteps } as const;
  const isStandard = start.length === 0 && !tree.parent.type.isCollection;
  if (tree.through !== undefined) {
    const nodeColumn = planner.newColumn();
    const ways = isStandard ? undefined : waysOf(hierarchy, start, nodeSteps, planner);
    const said = ways && { column: ways.column, fieldOf: (name: string) => wayField(hierarchy, ways.column, name) };
    const node = nodeWithin(hierarchy, nodeColumn, rows, call.at, planner, said);
    const take = { kind, nodeColumn, ...(ways && { ways }) } as const;
    return { steps: [{ ...step, take }, ...node.steps], rows: withKeys(rows, node) };
  }
  if (isStandard) return { steps: [{ ...step, take: { kind } }], rows };
  const ways = waysOf(hierarchy, start, nodeSteps, planner);
  const annotated = withWays(hierarchy, call, ways.column, rows, planner);
  return { steps: [...annotated.steps, { ...step, take: { kind, ways } }], rows: annotated.rows };
}

function waysOf(
  { tree, nodeType }: Hierarchy,
  start: readonly Step[],
  nodeSteps: readonly Step[],
  planner: Planner,
): Ways {
  const string = edm('String');
  const text: Expression = isSame(nodeType, string) ? tree.node : { kind: 'cast', operand: tree.node, type: string };
  return { start: start.length === 0 ? undefined : [...start, ...nodeSteps], column: planner.newColumn(), text };
}

/** `@Org.OData.Aggregation.V1.UpPath#UnitHierarchy`, of a property where that is named. */
function wayField({ qualifier }: Hierarchy, column: string, name: string): Field {
  return {
    kind: 'value',
    name: `${name}@Org.OData.Aggregation.V1.UpPath#${qualifier}`,
    column,
    type: edm('Untyped'),
    isDeclared: true,
    isJson: true,
  };
}

/**
 * The way is an annotation of the node: of the row, of the related entity, or where rows have no more than the identifier, of
 * that. [OData-Aggregation 6.2.2.2]
 */
function withWays(hierarchy: Hierarchy, call: Hierarchical, column: string, rows: RowType, planner: Planner): Planned {
  const { valuePath } = hierarchy;
  const way = (name: string): Field => wayField(hierarchy, column, name);
  if (isOfNodes(hierarchy, rows)) return { steps: [], rows: withField(rows, way('')) };
  const keys = relatedNodes(hierarchy, rows, call.at, planner);
  if (keys === undefined)
    return { steps: [], rows: valuePath.length === 1 ? withField(rows, way(valuePath[0]!)) : rows };
  const fields = keys.fields.map((field) => withinNode(field, way('')));
  return { steps: [{ kind: 'compute', columns: keys.columns }], rows: withKeys(rows, { ...keys, fields }) };
}

/** A later way to a node counts more than an earlier one. */
function withField(rows: RowType, field: Field): RowType {
  const forms = rows.forms.map((form) => ({
    ...form,
    fields: [...form.fields.filter(({ name }) => name !== field.name), field],
  }));
  return { ...rows, forms };
}

function withinNode(field: Field, added: Field): Field {
  switch (field.kind) {
    case 'record':
      return { ...field, fields: field.fields.map((each) => withinNode(each, added)) };
    case 'entity':
      return { ...field, form: { ...field.form, fields: [...field.form.fields, added] } };
    default:
      return field;
  }
}
