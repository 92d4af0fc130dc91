import { badRequest } from '../../error/index.js';
import type { NestedApply, Transformation } from '../../url/index.js';

import { checkAlias } from './alias.js';
import type { AddNestedStep, Field, Nested, Step } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { fault } from './fault.js';
import { joinAs, joinRelated } from './join.js';
import { nestAll } from './nest.js';
import { relatedBy, type Related } from './related.js';
import { singleMade, withSingle } from './single-made.js';
import { rowsPlace, withMembers, type Planned, type Planner, type RowType } from './row-type.js';

type AddNested = Extract<Transformation, { kind: 'addnested' }>;

/**
 * `addnested(Sales,filter(Amount gt 3) as Great,topcount(1,Amount) as Greatest)`, `addnested(Home/Owner,identity as Host)`:
 * what is added stands beside the last property of the path. [OData-Aggregation 3.4.3]
 */
export function planAddNested(tree: AddNested, rows: RowType, planner: Planner): Planned {
  const { path, at } = tree;
  const end = path.findIndex((name) => !name.includes('.'));
  const before = path.slice(0, end + 1);
  const further = path.slice(end + 1);
  if (further.some((name) => !name.includes('.'))) return addWithin(before, { ...tree, path: further }, rows, planner);
  if (singleMade(path, rows) !== undefined) return addToSingle(tree, rows, planner);
  const related = relatedBy(path, at, rows, planner);
  if (!related.place.type.isCollection) return addToSingle(tree, rows, planner);
  const { nested, fields, members } = nestAll(tree.nested, rows, related.rows, planner);
  return { steps: [nestedIn(related, nested)], rows: withMembers(rows, fields, members) };
}

function nestedIn({ place: collection, part }: Related, nested: readonly Nested[]): AddNestedStep {
  return { kind: 'addnested', collection, ...(part && { part }), nested };
}

/** To each of the complex values on the way, which from then on are what became of them. */
function addWithin(path: readonly string[], tree: AddNested, rows: RowType, planner: Planner): Planned {
  const { at } = tree;
  const name = path.at(-1)!;
  const single = singleMade(path, rows);
  const related = single === undefined ? relatedBy(path, at, rows, planner) : undefined;
  const within = single ?? related!.rows;
  if (within.type.kind !== 'complex')
    throw badRequest(
      `'${[...path, ...tree.path].join('/')}' goes through more than one navigation property.`,
      fault(at),
    );
  const added = planAddNested(tree, within, planner);
  if (related === undefined) return { steps: added.steps, rows: withSingle(name, name, added.rows, rows) };
  if (!related.place.type.isCollection) return joinAs({ name, isDynamic: false }, true, related, added, rows, planner);
  const { formColumn, forms } = added.rows;
  const column = planner.newColumn();
  const result = { formColumn, forms, contextList: contextListOf(forms) };
  planner.rowsWithin.set(result, added.rows);
  const field: Field = { kind: 'rows', isStructural: true, name, context: undefined, column, result };
  const steps = [nestedIn(related, [{ steps: added.steps, column, result }])];
  return {
    steps,
    rows: withMembers(withoutField(name, rows), [field], [[name, rowsPlace(column, added.rows, false)]]),
  };
}

function withoutField(name: string, rows: RowType): RowType {
  const forms = rows.forms.map((form) => ({ ...form, fields: form.fields.filter((field) => field.name !== name) }));
  return { ...rows, forms };
}

/** Where there is one entity or complex value, it stays one. */
const ONE_TO_ONE: ReadonlySet<Transformation['kind']> = new Set(['identity', 'compute', 'addnested']);

function addToSingle({ path, nested, at }: AddNested, before: RowType, planner: Planner): Planned {
  const steps: Step[] = [];
  let rows = before;
  for (const each of nested) {
    const other = each.apply.find(({ kind }) => !ONE_TO_ONE.has(kind));
    if (other !== undefined)
      throw badRequest(
        `'${path.join('/')}' is a single value, to which only identity, compute and addnested can be applied.`,
        fault(other.at),
      );
    const added = addOne(each, path, at, rows, planner);
    steps.push(...added.steps);
    rows = added.rows;
  }
  return { steps, rows };
}

/** What transformations made stands in columns of the row, beside which there are further ones then. */
function addOne(nested: NestedApply, path: readonly string[], at: number, rows: RowType, planner: Planner): Planned {
  const single = singleMade(path, rows);
  if (single === undefined) return joinRelated(nested, true, relatedBy(path, at, rows, planner), rows, planner);
  const { alias, apply } = nested;
  checkAlias(alias, rows, new Set(), nested.at);
  const { steps, rows: added } = planner.plan(apply, single);
  return { steps, rows: withSingle(path[0]!, alias, added, rows) };
}
