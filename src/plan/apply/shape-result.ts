import type { StructuredType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { ExpandItem, QueryOptions, SelectItem } from '../../url/index.js';

import { unknownMember } from '../bind/property-names.js';
import { planShape as planValueShape } from '../plan-items.js';
import { planFrom } from '../plan-read.js';
import type { ReadPlan } from '../read-plan.js';
import type { Selection, Shape } from '../shape.js';
import type { EntityForm, Field, Form, Result, RowsField, Step } from './apply-plan.js';
import { contextListOf, isAnnotation } from './context-list.js';
import { itemsWithin, listedWithin } from './expand-within.js';
import { checkBelow, madeIn, type Made } from './made-names.js';
import {
  isNavigation,
  OF_ROWS,
  optionsOf,
  refuseOptions,
  refuseSelectOptions,
  rowsAs,
  shownAs,
} from './made-options.js';
import { membersOf, type Planner, type RowType } from './row-type.js';
import { divided, type Reshaped } from './with-results.js';

interface Wanted {
  /** Undefined: everything. */
  readonly select: readonly SelectItem[] | undefined;
  readonly expand: readonly ExpandItem[] | undefined;
  /** Of rows within rows, what else is asked of them, and whether nothing but their number is. */
  readonly options?: QueryOptions | undefined;
  readonly isOnlyCounted?: boolean;
}

interface Shaping {
  readonly planner: Planner;
  /** What became of the rows within rows. */
  readonly nested: Map<Result, Reshaped>;
  /** The rows as `$it` within `$expand`. */
  readonly resource: RowType;
}

/**
 * `$select` and `$expand` over what `$apply` made: aliases and grouping properties by name, the rest as the entities have it.
 * `nested` says what is read of rows within rows instead of what the steps say.
 */
export function shapeResult(
  rows: RowType,
  { select, expand }: QueryOptions,
  planner: Planner,
): { readonly result: Result; readonly nested: ReadonlyMap<Result, Reshaped> } {
  const wanted: Wanted = { select: select?.value, expand: expand?.value };
  checkNames(rows, wanted);
  const made = madeIn(rows.forms);
  const result: Shaping = { planner, resource: rows, nested: new Map() };
  const forms = rows.forms.map((form) => shapeForm(form, wanted, made, result));
  const shaped = { formColumn: rows.formColumn, forms, contextList: contextListOf(forms) };
  return { result: shaped, nested: result.nested };
}

/** The rows in which what transformations made under a name is expanded. */
export function expandMade(item: ExpandItem, rows: RowType, planner: Planner): RowType {
  const shaping: Shaping = { planner, resource: rows, nested: new Map() };
  const shaped = rows.forms.map((form) => ({
    ...form,
    fields: form.fields.flatMap((field) =>
      field.name === item.path[0]
        ? shapeField(field, { select: undefined, expand: [item] }, madeIn(rows.forms), shaping)
        : [field],
    ),
  }));
  for (const [result, reshaped] of shaping.nested) {
    if (planner.reshaped.has(result)) throw divided(item.path[0]!);
    planner.reshaped.set(result, reshaped);
  }
  return { ...rows, forms: shaped };
}

/** Names that neither a row's entity nor the transformations know. */
function checkNames({ forms, place }: RowType, { select = [], expand = [] }: Wanted): void {
  if (forms.some((form) => form.entity !== undefined)) return;
  const fields = new Map(forms.flatMap((form) => form.fields).map((field) => [field.name, field]));
  for (const { path, at } of select) {
    const name = path.find((each) => !each.includes('.')) ?? path[0]!;
    if (name !== '*' && !fields.has(name)) throw unknownMember(name, membersOf(place), path.join('/'), at);
  }
  for (const { path, at } of expand) {
    const field = fields.get(path[0]!);
    if (path[0] !== '*' && field === undefined) throw unknownMember(path[0]!, membersOf(place), path.join('/'), at);
  }
}

/** A row is not asked for names that it does not have, but others. */
function shapeForm(form: Form, wanted: Wanted, made: Made, result: Shaping): Form {
  const names = new Set(form.fields.map(({ name }) => name));
  const fields = form.fields.flatMap((field) => shapeField(field, wanted, made, result));
  if (form.entity === undefined) return { entity: undefined, fields };
  const type = shownType(form.entity);
  const isOwn = ({ path: [name = ''] }: { readonly path: readonly string[] }): boolean =>
    !names.has(name) && (!made.names.has(name) || type.member(name) !== undefined);
  const own = { select: wanted.select?.filter(isOwn), expand: wanted.expand?.filter(isOwn) };
  return { entity: withoutHidden(shapeEntity(form.entity, own, result), names, result.planner), fields };
}

function shapeEntity(entity: EntityForm, wanted: Wanted, result: Shaping): EntityForm {
  const { shape, embed } = planShape(entity, wanted, result);
  const isNothing = wanted.select?.length === 0;
  const expanded = [...entity.embed, ...embed].filter(
    (each, index, all) => all.findLastIndex(({ name }) => name === each.name) === index,
  );
  const list = [
    ...(shape.contextList === '' ? [] : [shape.contextList]),
    ...entity.embed
      .filter(({ name }) => !embed.some((each) => each.name === name))
      .map((each) => listedWithin(entity.part, each)),
  ].join(',');
  return {
    ...entity,
    embed: expanded,
    shape: isNothing ? { select: new Map(), contextList: list } : { ...shape, contextList: list },
  };
}

/** The type whose properties a row has that is an entity or a complex value of one. */
function shownType({ type, part }: EntityForm): StructuredType {
  return part?.type ?? type;
}

/** An alias that may be the name of a property stands for it. */
function withoutHidden(entity: EntityForm, names: ReadonlySet<string>, { context: { model } }: Planner): EntityForm {
  const { shape } = entity;
  const type = shownType(entity);
  if (![...names].some((name) => type.properties.has(name))) return entity;
  const all = [type, ...model.derivedTypes(type)].flatMap((each) => [...each.properties.keys()]);
  const selected: Selection = shape.select ?? new Map(all.map((name) => [name, undefined]));
  const select = new Map([...selected].filter(([name]) => !names.has(name)));
  return { ...entity, shape: { ...shape, select } };
}

/** Of a complex value, the entity expands what stands in it. */
function planShape(entity: EntityForm, wanted: Wanted, shaping: Shaping): Pick<ReadPlan, 'shape' | 'embed'> {
  const { part } = entity;
  if (part === undefined) return planEntityShape(entity, wanted, shaping);
  const { select, expand } = wanted;
  const { embed } = planEntityShape(
    entity,
    { select: undefined, expand: expand && itemsWithin(part, expand) },
    shaping,
  );
  const shape = select === undefined ? { contextList: '' } : planValueShape(part.type, select, shaping.planner.context);
  refuseRefinements(shape);
  const list = [shape.contextList, ...embed.map((each) => listedWithin(part, each))];
  return { shape: { ...shape, contextList: list.filter((text) => text !== '').join(',') }, embed };
}

/** Values that are not read from a row of their own have nothing that could refine them. */
function refuseRefinements({ refined: [refinement] = [] }: Shape): void {
  if (refinement !== undefined)
    throw notImplemented(`Options of '${refinement.name}' in $select are not supported here.`, { target: '$select' });
}

function planEntityShape(
  { type, container }: EntityForm,
  { select, expand }: Wanted,
  { planner, resource }: Shaping,
): Pick<ReadPlan, 'shape' | 'embed'> {
  const option = <T>(value: readonly T[] | undefined) =>
    value === undefined || value.length === 0 ? undefined : { value, text: '', at: 0 };
  const [selected, expanded] = [option(select), option(expand)];
  return planFrom(
    {
      type,
      container,
      source: { kind: 'collections', collections: [] },
      typeNames: undefined,
      ...planner.around,
      resource,
    },
    {
      ...(selected === undefined ? {} : { select: selected }),
      ...(expanded === undefined ? {} : { expand: expanded }),
      aliases: planner.context.aliases,
      custom: [],
    },
    { limit: undefined, skip: 0 },
    planner.context,
  );
}

/** Navigation properties are expanded unless `$expand` names others; for the rest `$select` decides. */
function shapeField(field: Field, wanted: Wanted, made: Made, result: Shaping): Field[] {
  if (isAnnotation(field)) return [field];
  const { select, expand } = wanted;
  const selected = select?.filter(({ path }) => path[0] === field.name || path[0] === '*');
  for (const each of selected ?? []) refuseSelectOptions(each, field);
  return isNavigation(field)
    ? shapeNavigation(field, { selected, expand }, made.names.get(field.name)!, result)
    : shapeStructural(field, { selected, expand }, made.names.get(field.name)!, result);
}

interface Asked {
  /** Undefined: everything. */
  readonly selected: readonly SelectItem[] | undefined;
  readonly expand: readonly ExpandItem[] | undefined;
}

function shapeNavigation(field: Field, { selected, expand }: Asked, made: Made, result: Shaping): Field[] {
  const expanded = expand?.filter(({ path }) => path[0] === field.name || path[0] === '*');
  const isNamed = selected?.some(({ path }) => path[0] !== '*') === true;
  const isExpanded = expanded !== undefined && expanded.length > 0;
  const isKept = isLink(field)
    ? selected === undefined || selected.length > 0 || isExpanded
    : expand === undefined || isExpanded || isNamed;
  if (!isKept) return [];
  const item = expanded?.find(({ path }) => path[0] !== '*');
  const { as = 'entities', at = 0 } = item ?? expanded?.[0] ?? {};
  if (item !== undefined) refuseOptions(item, field);
  const below = selected?.flatMap(itemsBelow) ?? [];
  const inner: Wanted = {
    select: below.length > 0 ? below : item?.options.select?.value,
    expand: item?.options.expand?.value,
    options: item?.options,
    isOnlyCounted: as === 'count',
  };
  const shaped = shapeWithin(field, inner, made, result);
  if (!isExpanded) return [shaped];
  return [
    shaped.kind === 'entity' ? shownAs(as, at, shaped) : shaped.kind === 'rows' ? rowsAs(as, at, shaped) : shaped,
  ];
}

/** Only what is within a complex value can be expanded: `Home/Owner`. */
function shapeStructural(field: Field, { selected, expand }: Asked, made: Made, result: Shaping): Field[] {
  const expanded = expand?.filter(({ path }) => path[0] === field.name);
  const whole = expanded?.find(({ path }) => path.length === 1 || field.kind === 'value');
  if (whole !== undefined)
    throw badRequest(`'${whole.path.join('/')}' is no navigation property that could be expanded.`, {
      target: '$expand',
      position: whole.at,
    });
  const isExpanded = expanded !== undefined && expanded.length > 0;
  if (selected?.length === 0 && !isExpanded) return [];
  const isWhole =
    selected === undefined || selected.some(({ path, options }) => path.length === 1 && options?.select === undefined);
  return [
    shapeWithin(
      field,
      {
        select: isWhole ? undefined : selected.flatMap(itemsBelow),
        expand: expanded?.map((each) => ({ ...each, path: each.path.slice(1) })),
        options: selected?.find(({ path, options }) => path.length === 1 && options !== undefined)?.options,
      },
      made,
      result,
    ),
  ];
}

function shapeWithin(field: Field, inner: Wanted, made: Made, result: Shaping): Field {
  switch (field.kind) {
    case 'record':
      checkBelow(field, inner.select, made);
      return { ...field, fields: field.fields.flatMap((each) => shapeField(each, inner, made, result)) };
    case 'entity': {
      const form = shapeForm(field.form, inner, made, result);
      return { ...field, contextList: contextListOf([form]), form: { ...form, entity: form.entity! } };
    }
    case 'rows':
      return { ...field, ...shapeNested(field, inner, result) };
    case 'value':
      return field;
  }
}

/** `Friend/Code` and `Friend($select=Code)` mean the same. */
function itemsBelow(item: SelectItem): readonly SelectItem[] {
  const { path, options } = item;
  return path.length > 1 ? [{ ...item, path: path.slice(1) }] : (options?.select?.value ?? []);
}

/** Rows within rows, of which options leave some, or bring in another order. */
function shapeNested(
  { name, result }: RowsField,
  wanted: Wanted,
  shaping: Shaping,
): Pick<RowsField, 'result' | 'isCounted'> {
  const { select, expand, options, isOnlyCounted = false } = wanted;
  const isCounted = isOnlyCounted || options?.count?.value === true;
  const asked = isCounted || (options !== undefined && Object.keys(options).some((option) => OF_ROWS.has(option)));
  if (select === undefined && expand === undefined && !asked) return { result };
  const { steps, page, rows } = asked
    ? optionsOf(options, result, shaping.planner)
    : { steps: [], page: [], rows: shaping.planner.rowsWithin.get(result)! };
  const made = madeIn(rows.forms);
  checkBelow({ name }, select, made);
  checkBelow({ name }, expand, made);
  const forms = rows.forms.map((form) => shapeForm(form, wanted, made, shaping));
  const shaped = { formColumn: rows.formColumn, forms, contextList: contextListOf(forms) };
  shaping.planner.rowsWithin.set(shaped, { ...rows, forms });
  const left = isOnlyCounted ? NO_PAGE : page;
  shaping.nested.set(result, { steps, page: left, isCounted, result: shaped });
  return { result: shaped, isCounted };
}

const NO_PAGE: readonly Step[] = [{ kind: 'page', limit: 0, skip: 0 }];

function isLink(field: Field): boolean {
  return field.kind === 'entity' && field.as === 'link';
}
