import { badRequest, notImplemented } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import type { Place } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import type { Step } from './apply-plan.js';
import { fault } from './fault.js';
import { joinRelated, relatedBy } from './join.js';
import { nestAll } from './nest.js';
import { relatedRows, rowsAt, withMembers, type Planned, type Planner, type RowType } from './row-type.js';

function withoutCasts(place: Place): Place {
  return place.kind === 'cast' ? withoutCasts(place.of) : place;
}

type AddNested = Extract<Transformation, { kind: 'addnested' }>;

/** `addnested(Sales,filter(Amount gt 3) as Great,topcount(1,Amount) as Greatest)` [OData-Aggregation 3.4.3] */
export function planAddNested(tree: AddNested, rows: RowType, planner: Planner): Planned {
  const { path, at } = tree;
  const target = relatedBy(path, at, rows, planner);
  const owner = ownerOf(withoutCasts(target.place));
  if (owner !== undefined && withoutCasts(owner).kind === 'member')
    throw notImplemented(`Adding to what '${path.join('/')}' goes through is not supported.`, fault(at));
  if (path.filter((name) => !name.includes('.')).length > 1)
    throw badRequest(`'${path.join('/')}' goes through more than one navigation property.`, fault(at));
  if (!target.place.type.isCollection) return addToSingle(tree, rows, planner);
  const related = relatedRows(target.type, rowsAt(target.place, rows), [target.relation], planner);
  const { nested, fields, members } = nestAll(tree.nested, rows, related, planner);
  return {
    steps: [{ kind: 'addnested', collection: target.place, nested }],
    rows: withMembers(rows, fields, members),
  };
}

/** Where there is one entity, it stays one. */
const ONE_TO_ONE: ReadonlySet<Transformation['kind']> = new Set(['identity', 'compute', 'addnested']);

function addToSingle({ path, nested, at }: AddNested, before: RowType, planner: Planner): Planned {
  const steps: Step[] = [];
  let rows = before;
  for (const each of nested) {
    const other = each.apply.find(({ kind }) => !ONE_TO_ONE.has(kind));
    if (other !== undefined)
      throw badRequest(
        `'${path.join('/')}' is a single entity, to which only identity, compute and addnested can be applied.`,
        fault(other.at),
      );
    const added = joinRelated(each, true, relatedBy(path, at, rows, planner), rows, planner);
    steps.push(...added.steps);
    rows = added.rows;
  }
  return { steps, rows };
}
