import {
  isJsonObject,
  writeJson,
  type JsonObject,
  type JsonValue,
  type Model,
  type Property,
  type StructuredType,
} from '../../edm/index.js';
import type { Selection } from '../../plan/index.js';
import type { Refined } from '../../store/index.js';
import type { Profile } from '../profile.js';

import { countAnnotation } from './count-annotation.js';
import { close, dynamicMembers, isStream, layoutOf, scalarText } from './member-layout.js';
import type { WriteOptions } from './write-options.js';

/** Where in an entity something is written, and how. */
export interface Position {
  readonly options: WriteOptions;
  /** From JSON Pointer to values as they were sent, where they differ from the canonical ones. */
  readonly sent: JsonObject | undefined;
  readonly pointer: string;
  readonly select: Selection | undefined;
  /** What options within `$select` make of the value that a JSON Pointer leads to. */
  refinedAt?(pointer: string): Refined | undefined;
  /** What a complex value has besides its structural properties: what is expanded in it, links, and streams. */
  furtherMembers?(type: StructuredType, declared: StructuredType, position: Position): string;
}

/** Structural properties as JSON texts, in the order of the model. [OData-JSON 7] */
export interface ValueWriter {
  /** The members of an object, each with a comma behind it. */
  members(type: StructuredType, document: JsonObject, position: Position): string;
  /** A value that is not null; `name` leads to it from the position. */
  value(type: Property['type'], value: Exclude<JsonValue, null>, name: string, position: Position): string;
}

export function createValueWriter(model: Model, profile: Profile): ValueWriter {
  function members(type: StructuredType, document: JsonObject, position: Position): string {
    const { options, select } = position;
    const isFull = options.format.metadata === 'full';
    const omitsNulls = options.preferences.get('omit-values') === 'nulls';
    let text = '';
    for (const { property, head, absent, typeAnnotation } of layoutOf(type)) {
      if (select !== undefined && !select.has(property.name)) continue;
      const stored = document[property.name];
      if (stored === undefined && isStream(property)) continue;
      const written =
        stored === undefined
          ? absent
          : stored === null
            ? 'null'
            : value(property.type, stored, property.name, position);
      if (written === 'null' && omitsNulls) continue;
      if (isFull && typeAnnotation !== undefined) text += typeAnnotation;
      if (property.isCollection && position.refinedAt !== undefined) text += countMember(property.name, position);
      text += `${head}${written},`;
    }
    return type.isOpen ? text + dynamicMembers(type, document, select) : text;
  }

  function value(type: Property['type'], present: Exclude<JsonValue, null>, name: string, position: Position): string {
    if (!Array.isArray(present)) return itemText(type, present, name, name, position);
    const textAt = (index: number) => {
      const item = present[index]!;
      return item === null ? 'null' : itemText(type, item, name, `${name}/${String(index)}`, position);
    };
    const chosen = position.refinedAt?.(`${position.pointer}/${name}`)?.positions;
    const items = chosen === undefined ? present.map((_, index) => textAt(index)) : chosen.map(textAt);
    return `[${items.join(',')}]`;
  }

  function itemText(
    type: Property['type'],
    present: Exclude<JsonValue, null>,
    name: string,
    path: string,
    position: Position,
  ): string {
    const { options, sent, pointer, select } = position;
    if (type.kind === 'entity' || type.kind === 'complex') {
      if (!isJsonObject(present)) return writeJson(present);
      return complexText(type, present, { ...position, pointer: `${pointer}/${path}`, select: select?.get(name) });
    }
    if (type.kind === 'enum') return JSON.stringify(profile.writeEnum(type, String(present), options.preferences));
    const asSent = sent?.[`${pointer}/${path}`];
    if (asSent !== undefined && !(options.format.ieee754Compatible && typeof asSent !== 'string'))
      return writeJson(asSent);
    return scalarText(type, present, options.format.ieee754Compatible);
  }

  function complexText(declared: StructuredType, present: JsonObject, position: Position): string {
    const { options, sent, pointer } = position;
    const name = present['@odata.type'];
    const type = (typeof name === 'string' ? model.structuredType(name) : undefined) ?? declared;
    const { metadata } = options.format;
    let text = '{';
    if (metadata !== 'none' && (name !== undefined || metadata === 'full')) {
      const asSent = options.isMadeUp === true ? undefined : (sent?.[`${pointer}/@odata.type`] ?? name);
      const isInferable = type === declared && metadata !== 'full' && typeof asSent === 'string';
      text += `"@odata.type":${JSON.stringify(isInferable ? asSent : `#${type.qualifiedName}`)},`;
    }
    text += members(type, present, position);
    return close(text + (position.furtherMembers?.(type, declared, position) ?? ''));
  }

  return { members, value };
}

/** How many items a collection has, of which options within `$select` leave some. [OData-JSON 4.6.8] */
function countMember(name: string, { pointer, refinedAt, options }: Position): string {
  return countAnnotation(refinedAt?.(`${pointer}/${name}`)?.count, options.format, name);
}
