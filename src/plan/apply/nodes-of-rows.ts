import { bindOperand } from '../bind/index.js';
import type { Place } from '../expression.js';
import { walkAlong } from './aggregation-path.js';
import type { EntityForm, Field } from './apply-plan.js';
import { keysOf, type Keys } from './group-keys.js';
import type { Hierarchy } from './hierarchy-parameters.js';
import { mergeFields, mergeMembers } from './merge.js';
import { baseOf, containerAfter, contextOf, membersOf, type Planner, type RowType } from './row-type.js';

function withoutCasts(path: readonly string[]): readonly string[] {
  return path.filter((name) => !name.includes('.'));
}

/** Whether the rows are the nodes themselves. [OData-Aggregation 6.2.2] */
export function isOfNodes({ valuePath, nodePath, nodes }: Hierarchy, { place, container }: RowType): boolean {
  const names = withoutCasts(valuePath);
  return (
    baseOf(place)?.kind === 'variable' &&
    container !== undefined &&
    container === nodes.container &&
    !membersOf(place).has(names[0]!) &&
    names.join('/') === withoutCasts(nodePath).join('/')
  );
}

/** What the rows lead to the nodes by, where that is navigation. */
export function relatedNodes(
  { valuePath, nodePath, nodes }: Hierarchy,
  rows: RowType,
  at: number,
  planner: Planner,
): Keys | undefined {
  const prefix = pathToNodes(valuePath, nodePath);
  if (prefix === undefined) return undefined;
  const steps = prefix.map((name) => ({ kind: 'name', name, at }) as const);
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner));
  if (operand.kind !== 'structured' || operand.type.kind !== 'entity') return undefined;
  const keys = keysOf([{ kind: 'path', path: prefix, at }], rows, planner);
  const target = innermost(keys.fields[0]!);
  return target.kind === 'entity' && target.form.entity.container === nodes.container ? keys : undefined;
}

/** What is in front of the path of identifiers, where that is the end of another path. */
function pathToNodes(valuePath: readonly string[], nodePath: readonly string[]): readonly string[] | undefined {
  const [names, last] = [withoutCasts(valuePath), withoutCasts(nodePath)];
  const path = names.slice(0, -last.length);
  if (path.length === 0 || names.slice(path.length).join('/') !== last.join('/')) return undefined;
  const end = valuePath.indexOf(path.at(-1)!, path.length - 1) + 1;
  return valuePath.slice(0, end);
}

/** Whether a path that goes through collections leads to the identifiers by the nodes themselves. */
export function leadsToNodes(
  { valuePath, nodePath, nodes }: Hierarchy,
  rows: RowType,
  at: number,
  planner: Planner,
): boolean {
  const path = pathToNodes(valuePath, nodePath);
  if (path === undefined) return false;
  const { operand, place, rows: from, before } = walkAlong(path, at, rows, planner);
  if ((operand !== undefined && operand.kind !== 'structured') || place.type.type.kind !== 'entity') return false;
  return containerAfter(from.container, before, planner.context) === nodes.container;
}

/** The field that a path of one name after the other ends in. */
function innermost(field: Field): Field {
  return field.kind === 'record' ? innermost(field.fields[0]!) : field;
}

/** Rows with what stands for the keys. */
export function withKeys(made: RowType, keys: Pick<Keys, 'fields' | 'members'>): RowType {
  return {
    ...made,
    place: {
      kind: 'record',
      of: baseOf(made.place),
      members: mergeMembers([keys.members, visible(made)]),
      type: made.place.type,
    },
    forms: made.forms.map(({ entity, fields }) => ({
      entity: entity && withoutExpanded(entity, keys),
      fields: mergeFields(keys.fields, fields),
    })),
  };
}

/** What was expanded under a name that stands for something else from here on. */
function withoutExpanded(entity: EntityForm, { fields }: Pick<Keys, 'fields'>): EntityForm {
  const isHidden = (path: string): boolean => fields.some(({ name }) => name === path);
  return { ...entity, embed: entity.embed.filter(({ path }) => !isHidden(path)) };
}

/** Properties without what is known during the transformations of the nodes' rows alone. */
export function visible({ place }: RowType): ReadonlyMap<string, Place> {
  return new Map([...membersOf(place)].filter(([name]) => !name.startsWith(' ')));
}
