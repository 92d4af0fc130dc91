import {
  JsonNumber,
  isJsonObject,
  parseJson,
  writeJson,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
  type Property,
  type Scalar,
  type ScalarType,
  type StructuredType,
  type TypeReference,
} from '../../edm/index.js';
import type { Embed, ReadPlan, Selection, Shape } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { defaultScalar } from '../../validation/index.js';
import type { Format } from '../headers/accept.js';
import { etagOf } from '../headers/etag.js';
import type { Preferences } from '../headers/preferences.js';
import type { Profile } from '../profile.js';

import { mediaMembers } from './media-members.js';
import { resourcePath } from './resource-path.js';
import { showsControl } from './shown-control.js';

/** How entities of one answer are written. */
export interface WriteOptions {
  /** The type that the context URL declares; others carry `@odata.type`. */
  readonly declaredType: EntityType;
  readonly shape: Shape;
  /** Plans of what is embedded, in the order of the request. */
  readonly embed?: readonly Embed[];
  /** What `$compute` adds, for the types of its values. */
  readonly compute?: ReadPlan['compute'];
  readonly format: Format;
  readonly preferences: Preferences;
  /** Absolute URL of the service root, for links at `odata.metadata=full`. */
  readonly root: string;
  /** Whether `@odata.type` is written although it could be inferred. */
  readonly alwaysType?: boolean;
  /** Control information at the head of the entity, such as `"@odata.context":"…",`. */
  readonly head?: string;
  readonly etag?: string;
  /** Whether the service made the values up, so that there is no spelling of a client to keep. */
  readonly isMadeUp?: boolean;
}

/** The documents of rows as JSON texts, in the order of the model. [OData-JSON 6] */
export interface EntityWriter {
  write(row: Row, options: WriteOptions): string;
  /** A value of a structural property as JSON text. */
  writeValue(
    property: Property,
    value: JsonValue | undefined,
    options: WriteOptions,
    sent: JsonObject | undefined,
    pointer: string,
  ): string;
  /** A value of any declared type as JSON text, such as the result of an operation. */
  writeReference(reference: TypeReference, value: JsonValue, options: WriteOptions): string;
}

export function createEntityWriter(model: Model, profile: Profile): EntityWriter {
  const layouts = new Map<StructuredType, readonly Column[]>();

  function write(row: Row, options: WriteOptions): string {
    const type = typeOf(row, options);
    const sent = row.sent === undefined ? undefined : (parseJson(row.sent) as JsonObject);
    const { metadata } = options.format;
    let text = `{${options.head ?? ''}`;
    const isTyped = options.alwaysType === true || showsControl(row, '@odata.type');
    if (metadata !== 'none' && (isTyped || metadata === 'full' || type !== options.declaredType)) {
      text += `"@odata.type":"#${type.qualifiedName}",`;
    }
    if (metadata === 'full') text += links(type, row, options.root);
    else if ((profile.idAtMinimal || showsControl(row, '@odata.id')) && metadata !== 'none')
      text += idMember(type, row, options.root);
    if (options.etag !== undefined && metadata !== 'none') text += `"@odata.etag":${JSON.stringify(options.etag)},`;
    if (metadata !== 'none') text += mediaMembers(type, row, options);
    text += writeMembers(type, parseJson(row.document) as JsonObject, options, selectionOf(type, options), sent, '');
    if (row.computed !== undefined) text += computedMembers(row.computed, options);
    if (options.embed !== undefined) text += writeEmbedded(row, options.embed, options);
    return close(text);
  }

  function selectionOf(type: EntityType, { shape: { select } }: WriteOptions): Selection | undefined {
    if (select === undefined || !profile.alwaysSelectsKey(type)) return select;
    return new Map([...select, ...type.key.map(({ path }) => [path[0]!, undefined] as const)]);
  }

  /** An entity of a type that only another service over the same data declares is shown as what is declared here. */
  function typeOf(row: Row, { declaredType }: WriteOptions): EntityType {
    const type = model.type(row.type);
    return type?.kind === 'entity' ? type : declaredType;
  }

  /** Expanded navigation properties. [OData-JSON 8.3] */
  function writeEmbedded(row: Row, embeds: readonly Embed[], options: WriteOptions): string {
    let text = '';
    for (const { name, property, as, count, plan } of embeds) {
      const embedded = row.embedded?.get(name);
      if (embedded === undefined) continue;
      const key = JSON.stringify(name).slice(0, -1);
      if ((as === 'count' || count) && embedded.count !== undefined)
        text += `${key}@odata.count":${String(embedded.count)},`;
      if (as === 'count') continue;
      const rows = embedded.rows.map((each) =>
        as === 'references' ? reference(each, plan, options) : writeRelated(each, plan, options),
      );
      text += `${key}":${property.isCollection ? `[${rows.join(',')}]` : (rows[0] ?? 'null')},`;
    }
    return text;
  }

  function writeRelated(row: Row, plan: ReadPlan, options: WriteOptions): string {
    const { head, etag, alwaysType, ...common } = options;
    const related = {
      ...common,
      declaredType: plan.type as EntityType,
      shape: plan.shape,
      embed: plan.embed,
      compute: plan.compute,
    };
    const hasEtag =
      profile.etags === 'always' || profile.hasEtag(typeOf(row, related)) || showsControl(row, '@odata.etag');
    return write(row, hasEtag ? { ...related, etag: etagOf(row) } : related);
  }

  function reference(row: Row, plan: ReadPlan, { root }: WriteOptions): string {
    const type = plan.type as EntityType;
    return `{"@odata.id":${JSON.stringify(`${root}/${resourcePath(type, row)}`)}}`;
  }

  function writeMembers(
    type: StructuredType,
    document: JsonObject,
    options: WriteOptions,
    select: Selection | undefined,
    sent: JsonObject | undefined,
    pointer: string,
  ): string {
    const omitsNulls = options.preferences.get('omit-values') === 'nulls';
    let text = '';
    for (const column of layoutOf(type)) {
      const { property } = column;
      if (select !== undefined && !select.has(property.name)) continue;
      const stored = document[property.name];
      if (stored === undefined && isStream(property)) continue;
      const value =
        stored === undefined
          ? column.absent
          : valueText(property, stored, options, select?.get(property.name), sent, `${pointer}/${property.name}`);
      if (value === 'null' && omitsNulls) continue;
      if (options.format.metadata === 'full' && column.typeAnnotation !== undefined) text += column.typeAnnotation;
      text += `${column.head}${value},`;
    }
    return type.isOpen ? text + dynamicMembers(type, document, select) : text;
  }

  function valueText(
    property: Property,
    value: JsonValue | undefined,
    options: WriteOptions,
    select: Selection | undefined,
    sent: JsonObject | undefined,
    pointer: string,
  ): string {
    if (value === undefined || value === null) return value === null ? 'null' : absentText(property);
    return presentText(property.type, value, options, select, sent, pointer);
  }

  function presentText(
    type: Property['type'],
    value: Exclude<JsonValue, null>,
    options: WriteOptions,
    select: Selection | undefined,
    sent: JsonObject | undefined,
    pointer: string,
  ): string {
    if (!Array.isArray(value)) return itemText(type, value, options, select, sent, pointer);
    return `[${value.map((item, index) => (item === null ? 'null' : itemText(type, item, options, select, sent, `${pointer}/${String(index)}`))).join(',')}]`;
  }

  function itemText(
    type: Property['type'],
    value: Exclude<JsonValue, null>,
    options: WriteOptions,
    select: Selection | undefined,
    sent: JsonObject | undefined,
    pointer: string,
  ): string {
    if (type.kind === 'entity' || type.kind === 'complex') {
      return isJsonObject(value) ? complexText(type, value, options, select, sent, pointer) : writeJson(value);
    }
    if (type.kind === 'enum') return JSON.stringify(profile.writeEnum(type, String(value), options.preferences));
    const asSent = sent?.[pointer];
    if (asSent !== undefined && !(options.format.ieee754Compatible && typeof asSent !== 'string'))
      return writeJson(asSent);
    return scalarText(type, value, options.format.ieee754Compatible);
  }

  function complexText(
    declared: StructuredType,
    value: JsonObject,
    options: WriteOptions,
    select: Selection | undefined,
    sent: JsonObject | undefined,
    pointer: string,
  ): string {
    const name = value['@odata.type'];
    const type = (typeof name === 'string' ? model.structuredType(name) : undefined) ?? declared;
    const { metadata } = options.format;
    let text = '{';
    if (metadata !== 'none' && (name !== undefined || metadata === 'full')) {
      const asSent = options.isMadeUp === true ? undefined : (sent?.[`${pointer}/@odata.type`] ?? name);
      const isInferable = type === declared && metadata !== 'full' && typeof asSent === 'string';
      text += `"@odata.type":${JSON.stringify(isInferable ? asSent : `#${type.qualifiedName}`)},`;
    }
    return close(text + writeMembers(type, value, options, select, sent, pointer));
  }

  function layoutOf(type: StructuredType): readonly Column[] {
    let layout = layouts.get(type);
    if (layout === undefined) {
      layout = [...type.properties.values()]
        .filter((property) => type.kind === 'complex' || !isStream(property))
        .map(columnOf);
      layouts.set(type, layout);
    }
    return layout;
  }

  return {
    write,
    writeValue: (property, value, options, sent, pointer) =>
      valueText(property, value, options, undefined, sent, pointer),
    writeReference: (reference, value, options) =>
      value === null ? 'null' : presentText(reference.type, value, options, undefined, undefined, ''),
  };
}

/** Streams have addresses, but for those within the value that an operation returns. [OData-JSON 9] */
function isStream({ type }: Property): boolean {
  return type.qualifiedName === 'Edm.Stream';
}

/** What is the same for a property in every entity. */
interface Column {
  readonly property: Property;
  /** `"displayName":` */
  readonly head: string;
  /** Written at `odata.metadata=full` where the JSON type does not tell. [OData-JSON 4.6.3] */
  readonly typeAnnotation: string | undefined;
  /** What stands for a value that was never given. */
  readonly absent: string;
}

const SELF_EXPLAINING = new Set(['Edm.String', 'Edm.Boolean', 'Edm.Double']);

/** `"size@odata.type":"#Int64",` [OData-JSON 4.6.3] */
function typeAnnotation(member: string, typeName: string, isCollection: boolean): string {
  const name = typeName.startsWith('Edm.') ? typeName.slice(4) : typeName;
  return `${JSON.stringify(`${member}@odata.type`)}:${JSON.stringify(isCollection ? `#Collection(${name})` : `#${name}`)},`;
}

function columnOf(property: Property): Column {
  const name = property.type.qualifiedName;
  const isObvious = !property.isCollection && (SELF_EXPLAINING.has(name) || property.type.kind === 'complex');
  return {
    property,
    head: `${JSON.stringify(property.name)}:`,
    absent: absentText(property),
    typeAnnotation: isObvious ? undefined : typeAnnotation(property.name, name, property.isCollection),
  };
}

/** An unset property is null or empty; where the schema rules null out, the zero of its type. */
function absentText(property: Property): string {
  if (property.isCollection) return '[]';
  const { type } = property;
  const zero = defaultScalar(property.reference, property.defaultValue);
  return zero === undefined || type.kind === 'entity' || type.kind === 'complex' ? 'null' : type.toJson(zero, false);
}

function scalarText(type: ScalarType, value: JsonValue, ieee754Compatible: boolean): string {
  return typeof value === 'object' && !(value instanceof JsonNumber)
    ? writeJson(value)
    : type.toJson(value as Scalar, ieee754Compatible);
}

function dynamicMembers(type: StructuredType, document: JsonObject, select: Selection | undefined): string {
  let text = '';
  for (const [name, value] of Object.entries(document)) {
    if (name.startsWith('@') || type.properties.has(name) || (select !== undefined && !select.has(name))) continue;
    text += `${JSON.stringify(name)}:${writeJson(value)},`;
  }
  return text;
}

function computedMembers(computed: ReadonlyMap<string, Scalar | null>, { compute, format }: WriteOptions): string {
  let text = '';
  for (const [alias, value] of computed) {
    const type = compute?.find((each) => each.alias === alias)?.type;
    if (format.metadata === 'full' && type !== undefined && !SELF_EXPLAINING.has(type.qualifiedName))
      text += typeAnnotation(alias, type.qualifiedName, false);
    const written =
      value === null || type === undefined ? writeJson(value) : type.toJson(value, format.ieee754Compatible);
    text += `${JSON.stringify(alias)}:${written},`;
  }
  return text;
}

function links(type: EntityType, row: Row, root: string): string {
  return `${idMember(type, row, root)}"@odata.editLink":${JSON.stringify(resourcePath(type, row))},`;
}

function idMember(type: EntityType, row: Row, root: string): string {
  return `"@odata.id":${JSON.stringify(`${root}/${resourcePath(type, row)}`)},`;
}

/** Ends an object whose members each carry a comma behind them. */
function close(text: string): string {
  return `${text.endsWith(',') ? text.slice(0, -1) : text}}`;
}
