import {
  isJsonObject,
  writeJson,
  type EnumType,
  type JsonValue,
  type Scalar,
  type ScalarType,
} from '../../edm/index.js';
import type { EntityField, EntityForm, Field, Form, Result, RowsField, ValueField } from '../../plan/index.js';
import type { AggregatedRow, Row } from '../../store/index.js';
import type { Profile } from '../profile.js';
import { documentOf } from '../row-document.js';

import type { EntityWriter } from './write-options.js';
import { isSelfExplaining, typeAnnotation } from './member-layout.js';
import type { WriteOptions } from './write-options.js';

/** How the rows of one answer are written. */
export interface AggregatedOptions {
  readonly writer: EntityWriter;
  readonly profile: Profile;
  readonly options: Omit<WriteOptions, 'shape' | 'embed' | 'declaredType' | 'etag'>;
  etagOf(row: Row): string | undefined;
  /** The resource path of an entity. */
  pathOf(row: Row): string;
}

/** A row of what `$apply` made: an entity with what was added to it, or an object of made values. [OData-Aggregation 3] */
export function writeAggregatedRow(row: AggregatedRow, { forms }: Result, how: AggregatedOptions): string {
  const form = forms[row.form]!;
  const members = membersOf(form.fields, row, how);
  return row.entity === undefined ? `{${members.join(',')}}` : writeWhole(row.entity, form, row, members, how);
}

/** An entity, or a complex value of it, with what was added. */
function writeWhole(
  entity: Row,
  form: Form,
  row: AggregatedRow,
  members: readonly string[],
  how: AggregatedOptions,
): string {
  const { part } = form.entity!;
  const text = part === undefined ? entityText(entity, form.entity!, how) : partText(entity, form.entity!, row, how);
  if (members.length === 0 || text === 'null') return text;
  return `${text.slice(0, -1)}${text === '{}' ? '' : ','}${members.join(',')}}`;
}

function entityText(entity: Row, { type, shape, embed }: EntityForm, how: AggregatedOptions): string {
  const etag = how.etagOf(entity);
  return how.writer.write(entity, {
    ...how.options,
    declaredType: type,
    shape,
    embed,
    ...(etag === undefined ? {} : { etag }),
  });
}

function partText(entity: Row, form: EntityForm, row: AggregatedRow, how: AggregatedOptions): string {
  const { head = '', ...options } = how.options;
  const { property, pointer: column } = form.part!;
  const steps = String(row.values.get(column)).slice(1).split('/');
  const value = steps.reduce<JsonValue | undefined>(valueBehindStep, documentOf(entity));
  const place = {
    pointer: steps
      .slice(0, -1)
      .map((step) => `/${step}`)
      .join(''),
    name: steps.at(-1)!,
  };
  const text = how.writer.writeValue(property, value ?? null, entity, place, {
    ...options,
    declaredType: form.type,
    shape: form.shape,
    embed: form.embed,
  });
  if (text === 'null' || head === '') return text;
  return text === '{}' ? `{${head.slice(0, -1)}}` : `{${head}${text.slice(1)}`;
}

function valueBehindStep(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isJsonObject(value) ? value[step] : undefined;
}

function membersOf(fields: readonly Field[], row: AggregatedRow, how: AggregatedOptions): string[] {
  return fields.flatMap((field) => {
    const name = JSON.stringify(field.name);
    switch (field.kind) {
      case 'value':
        return valueMembers(field, row.values.get(field.column) ?? null, how);
      case 'record': {
        const isThere = field.presence === undefined || row.values.get(field.presence) === true;
        return [`${name}:${isThere ? `{${membersOf(field.fields, row, how).join(',')}}` : 'null'}`];
      }
      case 'entity':
        return relatedMembers(field, row, how);
      case 'rows':
        return rowsMembers(field, row, how);
    }
  });
}

/** Numbers that are no doubles, dates and the like say of which type they are. [OData-JSON 4.6.3] */
function valueMembers(field: ValueField, value: Scalar | null, how: AggregatedOptions): string[] {
  const { metadata } = how.options.format;
  const { type, isDeclared } = field;
  const member = `${JSON.stringify(field.name)}:${value === null || type === undefined ? 'null' : field.isJson === true ? String(value) : valueText(type, value, how)}`;
  const isObvious = value === null || field.isJson === true || type === undefined || isSelfExplaining(type, value);
  if (isObvious || metadata === 'none' || (isDeclared && metadata !== 'full')) return [member];
  return [typeAnnotation(field.name, type.qualifiedName, false).slice(0, -1), member];
}

function valueText(type: ScalarType, value: Scalar, { profile, options }: AggregatedOptions): string {
  if (type.kind === 'enum')
    return JSON.stringify(profile.writeEnum(type as EnumType, String(value), options.preferences));
  if (type.qualifiedName === 'Edm.Untyped') return writeJson(value as JsonValue);
  return type.toJson(value, options.format.ieee754Compatible);
}

/** The entity, a reference to it, or the link that leads there. [OData-URL 4.15] */
function relatedMembers(field: EntityField, row: AggregatedRow, how: AggregatedOptions): string[] {
  const { metadata } = how.options.format;
  const member = (suffix: string, text: string): string => `${JSON.stringify(`${field.name}${suffix}`)}:${text}`;
  const entity = row.related?.get(field.column);
  if (entity === undefined || field.as === undefined) return [member('', relatedText(field, row, how))];
  if (field.as === 'references') return [member('', referenceTo(entity, how))];
  return metadata === 'none' ? [] : [member('@odata.navigationLink', JSON.stringify(how.pathOf(entity)))];
}

function relatedText(field: EntityField, row: AggregatedRow, how: AggregatedOptions): string {
  const entity = row.related?.get(field.column);
  if (entity === undefined) return 'null';
  const { form, isDynamic, contextList } = field;
  const members = membersOf(form.fields, row, how);
  const { container, part } = form.entity;
  const list = contextList === '' ? '' : `(${contextList})`;
  const ofEntity = container === undefined ? '' : `${container.name}${list}/$entity`;
  const context = part === undefined ? ofEntity : `${part.type.qualifiedName}${list}`;
  const head = isDynamic && context !== '' ? contextMember('', context, how) : '';
  return writeWhole(entity, form, row, members, { ...how, options: { ...how.options, head } });
}

function rowsMembers(field: RowsField, row: AggregatedRow, how: AggregatedOptions): string[] {
  const { name, column, result, as } = field;
  const number = row.counts?.get(column);
  const count = number === undefined ? [] : [`${JSON.stringify(`${name}@odata.count`)}:${String(number)}`];
  if (as === 'count') return count;
  const all = row.rows?.get(column) ?? [];
  if (as === 'references')
    return [...count, `${JSON.stringify(name)}:[${all.map((each) => referenceTo(each.entity!, how)).join(',')}]`];
  const list = result.contextList === '' ? '' : `(${result.contextList})`;
  const context = field.context === undefined ? '' : contextMember(name, `${field.context}${list}`, how).slice(0, -1);
  const rows = all.map((each) => writeAggregatedRow(each, result, how));
  const member = `${JSON.stringify(name)}:[${rows.join(',')}]`;
  return [...(context === '' ? [] : [context]), ...count, member];
}

function referenceTo(entity: Row, how: AggregatedOptions): string {
  return `{"@odata.id":${JSON.stringify(`${how.options.root}/${how.pathOf(entity)}`)}}`;
}

function contextMember(name: string, fragment: string, { options }: AggregatedOptions): string {
  if (options.format.metadata === 'none') return '';
  return `${JSON.stringify(`${name}@odata.context`)}:${JSON.stringify(`${options.root}/$metadata#${fragment}`)},`;
}
