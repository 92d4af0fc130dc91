import type { EntityType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { GroupItem, Transformation } from '../../url/index.js';

import { rollupMember } from '../bind/index.js';
import { edm, isSame } from '../bind/primitives.js';
import type { Place } from '../expression.js';
import type { EntityForm, Step } from './apply-plan.js';
import { fault } from './fault.js';
import { keysOf } from './group-keys.js';
import { hierarchyOf, type Hierarchy } from './hierarchy-parameters.js';
import { nodeWithin } from './node-within.js';
import { isOfNodes, relatedNodes, visible, withKeys } from './nodes-of-rows.js';
import { columnPlace, withMembers, type Planned, type Planner, type RowType } from './row-type.js';

type GroupBy = Extract<Transformation, { kind: 'groupby' }>;
type RollupRecursive = Extract<GroupItem, { kind: 'rolluprecursive' }>;

export function rollsUpNodes({ properties }: GroupBy): boolean {
  return properties.some(({ kind }) => kind === 'rolluprecursive');
}

/**
 * `groupby((rolluprecursive($root/Units,UnitHierarchy,Unit/ID),Color),T)`: for each node the groups of the rows that belong
 * to it or one below it, into which the node is put. [OData-Aggregation 6.3]
 */
export function planRollupRecursive(tree: GroupBy, rows: RowType, planner: Planner): Planned {
  const items = tree.properties.filter((item): item is RollupRecursive => item.kind === 'rolluprecursive');
  const others = tree.properties.filter(({ kind }) => kind !== 'rolluprecursive');
  return planLevel(items, { ...tree, properties: others }, 1, rows, planner);
}

/** `position` is that of the first item among all. */
function planLevel(
  [item, ...further]: readonly RollupRecursive[],
  tree: GroupBy,
  position: number,
  rows: RowType,
  planner: Planner,
): Planned {
  if (item === undefined) return planner.plan(withinNodes(tree), rows);
  const hierarchy = hierarchyOf({ name: item.kind, arguments: item.arguments, at: item.at }, rows, planner);
  const { nodes, rest, valueType, nodeType } = hierarchy;
  const nodeSteps = rest.sequence(nodes, planner);
  rest.finish();
  if (valueType === undefined || !isSame(valueType, nodeType))
    throw badRequest(`The nodes are identified by values of type '${nodeType.qualifiedName}'.`, fault(item.at));
  const shown = shownAs(hierarchy, rows, item.at, planner);
  const { sequence } = shown;
  const self = planner.newColumn();
  const node: Place = {
    kind: 'column',
    column: sequence,
    via: [],
    ...(nodes.container === undefined ? {} : { container: nodes.container }),
    type: { type: nodes.type, isCollection: false },
  };
  const within = withMembers(
    rows,
    [],
    [
      [rollupMember('rollupnode', position), node],
      [rollupMember('excludingdescendants', position), columnPlace(self, edm('Boolean'))],
    ],
  );
  const inner = planLevel(further, tree, position + 1, within, planner);
  const { identifier, presences, becomesNode } = shown;
  return {
    steps: [
      {
        kind: 'rollup',
        ...hierarchy.tree,
        nodeSteps,
        sequence,
        identifier,
        presences,
        self,
        steps: inner.steps,
        becomesNode,
      },
      ...shown.steps,
    ],
    rows: shown.into(inner.rows),
  };
}

/** What is done with the rows of each node, or of each combination of nodes. */
function withinNodes({ properties, apply, at }: GroupBy): readonly Transformation[] {
  if (properties.length > 0) return [{ kind: 'groupby', properties, apply, at }];
  return apply.length > 0 ? apply : [{ kind: 'aggregate', items: [], at }];
}

/** How a node is put into the rows that are made of its own. [OData-Aggregation 6.2.2.2] */
interface Shown {
  readonly sequence: string;
  readonly identifier: string;
  readonly presences: readonly string[];
  readonly becomesNode: boolean;
  /** What is done with the rows of all nodes. */
  readonly steps: readonly Step[];
  into(rows: RowType): RowType;
}

function shownAs(hierarchy: Hierarchy, rows: RowType, at: number, planner: Planner): Shown {
  if (hierarchy.tree.through !== undefined) {
    const sequence = planner.newColumn();
    const { steps, ...node } = nodeWithin(hierarchy, sequence, rows, at, planner);
    const identifier = planner.newColumn();
    return { sequence, identifier, presences: [], becomesNode: false, steps, into: (made) => withKeys(made, node) };
  }
  if (isOfNodes(hierarchy, rows)) {
    const { nodes } = hierarchy;
    return {
      sequence: planner.newColumn(),
      identifier: planner.newColumn(),
      presences: [],
      becomesNode: true,
      steps: [],
      into: (made) => asNodes(made, nodes),
    };
  }
  const related = relatedNodes(hierarchy, rows, at, planner);
  const keys = related ?? keysOf([{ kind: 'path', path: hierarchy.valuePath, at }], rows, planner);
  const { column } = keys.columns.find((each) => !keys.presences.has(each.column))!;
  return {
    sequence: related === undefined ? planner.newColumn() : column,
    identifier: related === undefined ? column : planner.newColumn(),
    presences: [...keys.presences],
    becomesNode: false,
    steps: [],
    into: (made) => withKeys(made, keys),
  };
}

function asNodes(made: RowType, { type, container }: RowType): RowType {
  const entity: EntityForm = { type: type as EntityType, container, shape: { contextList: '' }, embed: [] };
  const isNew = (name: string): boolean => type.member(name) === undefined;
  const placed = { type, isCollection: false };
  const members = new Map([...visible(made)].filter(([name]) => isNew(name)));
  return {
    ...made,
    place: { kind: 'record', of: { kind: 'variable', variable: 0, type: placed }, members, type: placed },
    forms: made.forms.map(({ fields }) => ({ entity, fields: fields.filter(({ name }) => isNew(name)) })),
  };
}
