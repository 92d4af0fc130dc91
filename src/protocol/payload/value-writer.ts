import {
  isJsonObject,
  writeJson,
  type JsonObject,
  type JsonValue,
  type Model,
  type Property,
  type StructuredType,
} from '../../edm/index.js';
import { selectionFor } from '../../plan/index.js';
import type { Profile } from '../profile.js';

import { close, isStream, layoutOf, scalarText } from './member-layout.js';
import { countMember, type Position } from './position.js';
import { createUntypedWriter } from './untyped-writer.js';

/** Structural properties as JSON texts, in the order of the model. [OData-JSON 7] */
export interface ValueWriter {
  /** The members of an object, each with a comma behind it. */
  members(type: StructuredType, document: JsonObject, position: Position): string;
  /** A value that is not null; `name` leads to it from the position. */
  value(type: Property['type'], value: Exclude<JsonValue, null>, name: string, position: Position): string;
}

export function createValueWriter(model: Model, profile: Profile): ValueWriter {
  const untyped = createUntypedWriter(model);

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
    return type.isOpen ? text + untyped.members(document, (name) => type.properties.has(name), position) : text;
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
    if (asSent !== undefined && isRepeatable(type, asSent, options)) return writeJson(asSent);
    return scalarText(type, present, options.format.ieee754Compatible);
  }

  function isRepeatable(type: Property['type'], asSent: JsonValue, { format }: Position['options']): boolean {
    const { qualifiedName } = type.kind === 'definition' ? type.underlyingType : type;
    if (qualifiedName === 'Edm.Binary') return profile.repeatsBase64;
    return !format.ieee754Compatible || typeof asSent === 'string';
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
    const within = { ...position, select: selectionFor(position.select, type) };
    text += members(type, present, within);
    text += position.computedAt?.(pointer, type) ?? '';
    return close(text + (position.furtherMembers?.(type, declared, within) ?? ''));
  }

  return { members, value };
}
