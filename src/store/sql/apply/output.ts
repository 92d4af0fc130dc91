import type { Embed, EntityForm, Field, Form, ReadPlan, Result } from '../../../plan/index.js';
import type { Embedded, Row } from '../../store.js';
import { columnsOf, isJson, type Column } from '../columns.js';
import { kindOf, type Kind } from '../kind.js';
import { dateTimeText, offsetBeside } from '../offset.js';
import { withVariable, type Scope } from '../scope.js';
import { columnValue, fieldsOf } from '../select.js';
import { entity } from '../source.js';
import { join, name, sql, type Sql } from '../sql.js';
import { column, type From } from './stage.js';

/** What a row of the statement consists of, in this order; `readAggregatedRow` and the compiler agree on it. */
export type OutputColumn =
  | { readonly kind: 'form'; readonly name: string }
  /** Columns of the entity that the row still is; see `columnsOf`. */
  | { readonly kind: 'entity'; readonly name: string; readonly of: Column }
  | { readonly kind: 'value'; readonly name: string; readonly valueKind: Kind }
  /** A related entity as a JSON array of none or one array of its columns; `entities` are what forms say of it. */
  | {
      readonly kind: 'related';
      readonly name: string;
      readonly plan: ReadPlan;
      readonly entities: readonly EntityForm[];
    }
  /** Rows as a JSON array of arrays of their columns. */
  | { readonly kind: 'rows'; readonly name: string; readonly result: Result };

export function outputOf(result: Result): readonly OutputColumn[] {
  const columns = new Map<string, OutputColumn>();
  if (result.formColumn !== undefined) columns.set(result.formColumn, { kind: 'form', name: result.formColumn });
  const plan = entityPlan(result.forms);
  if (plan !== undefined)
    for (const each of columnsOf(plan)) columns.set(each.name, { kind: 'entity', name: each.name, of: each });
  for (const { entity, fields } of result.forms) {
    addPart(entity, columns);
    addFields(fields, columns);
  }
  return [...columns.values()];
}

/** A plan that reads the entities, whose forms may differ in what is embedded. */
export function entityPlan(forms: readonly Form[]): ReadPlan | undefined {
  return unitedPlan(forms.flatMap((form) => form.entity ?? []));
}

function unitedPlan(entities: readonly EntityForm[]): ReadPlan | undefined {
  const [first] = entities;
  return first && planOf(first, [...embedsOf(entities).values()]);
}

/** What is embedded by any of the forms, by its plan. Where names mean different things, later ones get another name. */
function embedsOf(entities: readonly EntityForm[]): ReadonlyMap<ReadPlan, Embed> {
  const embeds = new Map<ReadPlan, Embed>();
  const names = new Set<string>();
  for (const embed of entities.flatMap((each) => each.embed)) {
    if (embeds.has(embed.plan)) continue;
    const name = names.has(embed.name) ? `${embed.name} ${String(names.size)}` : embed.name;
    names.add(name);
    embeds.set(embed.plan, { ...embed, name });
  }
  return embeds;
}

/** A row that was read for all forms, with what one of them embeds under the names that it has there. */
export function ofForm(row: Row, form: EntityForm, entities: readonly EntityForm[]): Row {
  const { embedded } = row;
  if (embedded === undefined) return row;
  const embeds = embedsOf(entities);
  const own = form.embed.flatMap(({ name: own, plan }): [string, Embedded][] => {
    const found = embedded.get(embeds.get(plan)!.name);
    return found === undefined ? [] : [[own, found]];
  });
  return { ...row, embedded: new Map(own) };
}

function planOf({ type, shape }: EntityForm, embed: readonly Embed[]): ReadPlan {
  const page = { limit: undefined, skip: 0 };
  return { type, from: { kind: 'collections', collections: [] }, order: [], page, embed, compute: [], shape };
}

/** Which complex value of the entity a row is. */
function addPart(entity: EntityForm | undefined, columns: Map<string, OutputColumn>): void {
  const pointer = entity?.part?.pointer;
  if (pointer !== undefined) columns.set(pointer, { kind: 'value', name: pointer, valueKind: 'string' });
}

function addFields(fields: readonly Field[], columns: Map<string, OutputColumn>): void {
  for (const field of fields) {
    switch (field.kind) {
      case 'value': {
        const valueKind = field.type === undefined ? 'untyped' : kindOf(field.type);
        columns.set(field.column, { kind: 'value', name: field.column, valueKind });
        break;
      }
      case 'record':
        if (field.presence !== undefined)
          columns.set(field.presence, { kind: 'value', name: field.presence, valueKind: 'boolean' });
        addFields(field.fields, columns);
        break;
      case 'entity': {
        const { entity: form, fields: inner } = field.form;
        const known = columns.get(field.column);
        const entities = known?.kind === 'related' ? [...known.entities, form] : [form];
        columns.set(field.column, { kind: 'related', name: field.column, plan: unitedPlan(entities)!, entities });
        addPart(form, columns);
        addFields(inner, columns);
        break;
      }
      case 'rows':
        columns.set(field.column, { kind: 'rows', name: field.column, result: field.result });
        break;
    }
  }
}

/** The columns of a row under their names. */
export function outputList(result: Result, from: From): Sql[] {
  const { row } = from;
  const scope = { ...from.scope, resource: from.scope.variables.get(0)! };
  const plan = entityPlan(result.forms);
  const list = plan === undefined ? [] : [fieldsOf(row, scope)];
  for (const output of outputOf(result)) {
    if (output.kind === 'entity' && output.of.kind === 'field') continue;
    list.push(sql`${outputValue(output, plan, row, scope)} AS ${name(output.name)}`);
  }
  return list;
}

function outputValue(output: OutputColumn, plan: ReadPlan | undefined, row: Sql, scope: Scope): Sql {
  const value = column(row, output.kind === 'entity' ? 'o' : output.name);
  switch (output.kind) {
    case 'form':
    case 'rows':
      return value;
    case 'entity':
      if (output.of.kind === 'field' || plan === undefined) throw new Error('Fields have no values of their own.');
      return columnValue(output.of, row, [], plan, scope);
    case 'value': {
      const offset = output.valueKind === 'dateTime' ? offsetBeside(output.name, scope) : undefined;
      return offset === undefined
        ? scope.dialect.values.output(value, output.valueKind)
        : dateTimeText(value, offset, scope);
    }
    case 'related':
      return relatedRow(output.plan, value, scope);
  }
}

function relatedRow(plan: ReadPlan, sequence: Sql, scope: Scope): Sql {
  const row = scope.newAlias();
  const columns = columnsOf(plan);
  const list = [fieldsOf(row, scope)];
  const within = withVariable(scope, 0, { kind: 'row', row });
  for (const each of columns)
    if (each.kind !== 'field') list.push(sql`${columnValue(each, row, [], plan, within)} AS ${name(each.name)}`);
  const select = sql`SELECT ${join(list, ', ')} FROM ${entity(row)} WHERE ${row}.sequence = ${sequence}`;
  const packed = columns.map((each) => ({ column: name(each.name), isJson: isJson(each) }));
  return scope.dialect.json.rows(packed, select, scope.newAlias());
}

/** The same as items of an array. */
export function packedOutput(result: Result): { readonly column: Sql; readonly isJson: boolean }[] {
  return outputOf(result).map((output) => ({
    column: name(output.name),
    isJson: output.kind === 'related' || (output.kind === 'entity' && isJson(output.of)),
  }));
}
