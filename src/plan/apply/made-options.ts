import { badRequest, notImplemented } from '../../error/index.js';
import type { ExpandItem, QueryOptions, SelectItem } from '../../url/index.js';

import { refuseCollectionOptions } from '../expand-item.js';
import { refuseLargeTop } from '../plan-read.js';
import { withAliases } from '../with-aliases.js';
import type { EntityField, Field, Result, RowsField, Step } from './apply-plan.js';
import { planOptions } from './options.js';
import type { Planned, Planner } from './row-type.js';

/** Options that make other rows of rows. */
export const OF_ROWS: ReadonlySet<string> = new Set([
  'apply',
  'compute',
  'search',
  'filter',
  'orderby',
  'top',
  'skip',
  'count',
]);

export function optionsOf(
  options: QueryOptions = { aliases: new Map(), custom: [] },
  result: Result,
  planner: Planner,
): Planned & { readonly page: readonly Step[] } {
  const { limits, aliases } = planner.context;
  refuseLargeTop(options.top?.value, limits, options.top?.at);
  const context = { ...planner.context, aliases: withAliases(aliases, options.aliases) };
  const { apply, top, skip } = options;
  const applied = planner.plan(apply?.value ?? [], planner.rowsWithin.get(result)!);
  const { steps, rows } = planOptions(options, applied.rows, { ...planner, context });
  const isPage = top !== undefined || skip !== undefined;
  const page: readonly Step[] = isPage ? [{ kind: 'page', limit: top?.value, skip: skip?.value ?? 0 }] : [];
  return { steps: [...applied.steps, ...steps], page, rows };
}

function isUnderstood(option: string, isOfRows: boolean): boolean {
  return ['select', 'expand', 'aliases', 'custom'].includes(option) || (isOfRows && OF_ROWS.has(option));
}

export function refuseOptions(item: ExpandItem, { kind }: Field): void {
  if (kind !== 'rows') refuseCollectionOptions(item);
  const { options, at } = item;
  const other = Object.keys(options).find((name) => !isUnderstood(name, kind === 'rows'));
  const position = { target: '$expand', position: at };
  if (other === 'levels')
    throw badRequest(
      '$levels cannot be applied to what $apply makes, which has no navigation property again.',
      position,
    );
  if (other !== undefined)
    throw notImplemented(`$${other} within an $expand of what $apply made is not supported.`, position);
}

export function refuseSelectOptions(
  { path, options = { aliases: new Map(), custom: [] }, at }: SelectItem,
  field: Field,
): void {
  if (path.length > 1) return;
  const { kind, name } = field;
  const isOfRows = kind === 'rows' && field.isStructural;
  const other = Object.keys(options).find((option) => !isUnderstood(option, isOfRows));
  const position = { target: '$select', position: at };
  if (kind === 'value' && (other !== undefined || options.select !== undefined))
    throw badRequest(`'${name}' is a single value, which takes no options in $select.`, position);
  if (other === undefined) return;
  if (isNavigation(field))
    throw badRequest(`What navigation leads to, as '${name}' does, takes $${other} in $expand.`, position);
  if (OF_ROWS.has(other) && other !== 'compute')
    throw badRequest(`'${name}' is a single value, to which $${other} cannot be applied.`, position);
  throw notImplemented(`$${other} within $select of '${name}', which $apply made, is not supported.`, position);
}

/** Rows are written as they are, as references where they are entities, or not at all but for their number. */
export function rowsAs(as: ExpandItem['as'], at: number, field: RowsField): RowsField {
  if (as === 'entities') return field;
  const position = { target: '$expand', position: at };
  if (as === 'stream') throw badRequest(`'${field.name}' is no stream.`, position);
  const isOfEntities = field.result.forms.every(({ entity }) => entity !== undefined && entity.part === undefined);
  if (as === 'references' && !isOfEntities)
    throw badRequest(`What transformations made in '${field.name}' is no entity that could be referred to.`, position);
  return { ...field, as };
}

/** A link becomes what `$expand` asks for. */
export function shownAs(as: ExpandItem['as'], at: number, { as: _, ...field }: EntityField): EntityField {
  switch (as) {
    case 'entities':
      return field;
    case 'references':
      return { ...field, as: 'references' };
    default:
      throw notImplemented(`Expanding '${field.name}' like this is not supported.`, {
        target: '$expand',
        position: at,
      });
  }
}

export function isNavigation(field: Field): boolean {
  if (field.kind === 'entity') return field.form.entity.part === undefined;
  return field.kind === 'rows' ? !field.isStructural : field.kind === 'record' && field.isNavigation;
}
