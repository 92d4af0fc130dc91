import type { EntityType } from '../../edm/index.js';

import { bindOperand } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Expression, Place } from '../expression.js';
import { segmentsOf, walkAlong } from './aggregation-path.js';
import type { Column, EntityForm, Field, Step } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import type { Hierarchy } from './hierarchy-parameters.js';
import { leadsToNodes } from './nodes-of-rows.js';
import { columnPlace, contextOf, entityRows, rowsPlace, type Planner, type RowType } from './row-type.js';

/** A property of a path to identifiers. */
interface Segment {
  readonly name: string;
  readonly kind: 'entity' | 'complex' | 'scalar';
  readonly isCollection: boolean;
}

/** What stands for one of several nodes in a row: steps that make it, and how it is read and named. */
export interface NodeWithin {
  readonly steps: readonly Step[];
  readonly fields: readonly Field[];
  readonly members: ReadonlyMap<string, Place>;
}

/** What further says something of a node or, with a name, of its identifier; its column is one of the row. */
export interface Said {
  readonly column: string;
  fieldOf(name: string): Field;
}

/**
 * Rows that belong to several nodes have one of them instead of the collections that lead there:
 * `{"Sales":[{"Unit":{"ID":"US"}}]}`. The column holds the sequence of the node. [OData-Aggregation 6.2.2]
 */
export function nodeWithin(
  hierarchy: Hierarchy,
  column: string,
  rows: RowType,
  at: number,
  planner: Planner,
  said?: Said,
): NodeWithin {
  const { valuePath, nodePath } = hierarchy;
  const isWhole = leadsToNodes(hierarchy, rows, at, planner);
  const own = segmentsOf(nodePath).filter(isProperty).length;
  const segments = segmentsIn(valuePath, rows, at, planner);
  const path = isWhole ? segments.slice(0, -own) : segments;
  return put(path, { hierarchy, isWhole, at, planner, said }, nodeAt(column, hierarchy));
}

interface Putting {
  readonly hierarchy: Hierarchy;
  /** Whether the node is put there rather than its identifier. */
  readonly isWhole: boolean;
  readonly at: number;
  readonly planner: Planner;
  readonly said: Said | undefined;
}

function put([first, ...rest]: readonly Segment[], putting: Putting, node: Place): NodeWithin {
  const { name, kind, isCollection } = first!;
  if (isCollection) return kind === 'scalar' ? listed(name, putting, node) : nested(first!, rest, putting, node);
  if (rest.length === 0) return putting.isWhole ? whole(name, putting, node) : identified(name, putting, node);
  const { steps, fields, members } = put(rest, putting, node);
  const { type } = putting.hierarchy.nodes;
  const record: Place = { kind: 'record', of: undefined, members, type: { type, isCollection: false } };
  const field: Field = { kind: 'record', name, isNavigation: kind === 'entity', presence: undefined, fields };
  return { steps, fields: [field], members: new Map([[name, record]]) };
}

/** A collection of one item, which is made of the node. */
function nested({ name, kind }: Segment, rest: readonly Segment[], putting: Putting, node: Place): NodeWithin {
  const { planner, hierarchy, said } = putting;
  const { type, container } = hierarchy.nodes;
  const column = planner.newColumn();
  const isStructural = kind === 'complex';
  const own = planner.newColumn();
  const made = rest.length === 0 ? undefined : put(rest, putting, nodeAt(own, hierarchy));
  const entities = entityRows(type as EntityType, container);
  const inner: RowType =
    made === undefined
      ? { ...entities, forms: entities.forms.map((form) => ({ ...form, fields: saidOf('', said) })) }
      : {
          ...entities,
          place: { kind: 'record', of: undefined, members: made.members, type: { type, isCollection: false } },
          forms: [{ entity: undefined, fields: made.fields }],
        };
  const result = { formColumn: undefined, forms: inner.forms, contextList: contextListOf(inner.forms) };
  planner.rowsWithin.set(result, inner);
  const start: Place = { kind: 'variable', variable: 0, type: { type, isCollection: false } };
  const alone: Step = { kind: 'compute', columns: [{ column: own, entity: start }], isAlone: true };
  const steps = made === undefined ? [] : [alone, ...made.steps];
  const inherited = said === undefined ? [] : [said.column];
  return {
    steps: [{ kind: 'addnested', collection: node, inherited, nested: [{ steps, column, result }] }],
    fields: [{ kind: 'rows', isStructural, name, context: undefined, column, result }],
    members: new Map([[name, rowsPlace(column, inner, false)]]),
  };
}

function whole(name: string, { hierarchy, planner, said }: Putting, node: Place): NodeWithin {
  const { type, container } = hierarchy.nodes;
  const column = planner.newColumn();
  const entity: EntityForm = { type: type as EntityType, container, shape: { contextList: '' }, embed: [] };
  const form = { entity, fields: saidOf('', said) };
  return {
    steps: [computed({ column, entity: node })],
    fields: [{ kind: 'entity', name, isDynamic: false, contextList: '', column, form }],
    members: new Map([[name, nodeAt(column, hierarchy)]]),
  };
}

function identified(name: string, putting: Putting, node: Place): NodeWithin {
  const { planner, hierarchy, said } = putting;
  const { nodeType: type } = hierarchy;
  const column = planner.newColumn();
  return {
    steps: [computed({ column, value: identifierOf(putting, node) })],
    fields: [{ kind: 'value', name, column, type, isDeclared: true }, ...saidOf(name, said)],
    members: new Map([[name, columnPlace(column, type)]]),
  };
}

/** A collection of identifiers. */
function listed(name: string, putting: Putting, node: Place): NodeWithin {
  const { planner, hierarchy, said } = putting;
  const { nodeType: type } = hierarchy;
  const column = planner.newColumn();
  const items: Place = { kind: 'made', items: [identifierOf(putting, node)], type: { type, isCollection: true } };
  const untyped = edm('Untyped');
  return {
    steps: [computed({ column, value: { kind: 'whole', place: items } })],
    fields: [{ kind: 'value', name, column, type: untyped, isDeclared: true, isJson: true }, ...saidOf(name, said)],
    members: new Map([[name, { ...columnPlace(column, type), type: { type, isCollection: true } }]]),
  };
}

function computed(column: Column): Step {
  return { kind: 'compute', columns: [column] };
}

function saidOf(name: string, said: Said | undefined): readonly Field[] {
  return said === undefined ? [] : [said.fieldOf(name)];
}

function identifierOf({ hierarchy, at, planner }: Putting, node: Place): Expression {
  const steps = hierarchy.nodePath.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(hierarchy.nodes, planner, node));
  if (operand.kind === 'scalar') return operand.expression;
  throw new Error('The identifiers of nodes are scalars.');
}

function nodeAt(column: string, { nodes: { type, container } }: Hierarchy): Place {
  const from = container === undefined ? {} : { container };
  return { kind: 'column', column, via: [], ...from, type: { type, isCollection: false } };
}

function isProperty([first = '']: readonly string[]): boolean {
  return !first.includes('.');
}

function segmentsIn(path: readonly string[], rows: RowType, at: number, planner: Planner): readonly Segment[] {
  const all = segmentsOf(path);
  let before = 0;
  return all.flatMap((names, index) => {
    const { hops, operand, place } = walkAlong(all.slice(0, index + 1).flat(), at, rows, planner);
    const isCollection = hops.length > before && hops.at(-1)!.collection.type.isCollection;
    before = hops.length;
    if (!isProperty(names)) return [];
    const { kind: own } = place.type.type;
    const isStructured = operand === undefined || operand.kind === 'structured';
    const kind = isStructured ? (own === 'entity' ? own : 'complex') : 'scalar';
    return [{ name: names[0]!, kind, isCollection }] as const;
  });
}
