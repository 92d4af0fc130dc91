import { isJsonObject, writeJson, type JsonObject, type JsonValue, type Model } from '../../edm/index.js';
import { selectionFor, type Selection } from '../../plan/index.js';

import { close } from './member-layout.js';
import { countMember, type Position } from './position.js';

/** What no type declares, as it was sent but for what `$select` leaves out of it. [OData-JSON 7] */
export interface UntypedWriter {
  /** The members of an object that its type does not declare, each with a comma behind it. */
  members(document: JsonObject, isDeclared: (name: string) => boolean, position: Position): string;
}

/**
 * A value that options within `$select` ask for as a collection, or by its members, and that is neither, is left out as if
 * it were not there. JSON Pointers lead to a single value as to the only item of a collection.
 */
export function createUntypedWriter(model: Model): UntypedWriter {
  function members(document: JsonObject, isDeclared: (name: string) => boolean, position: Position): string {
    const { select, pointer } = position;
    let text = '';
    for (const [name, value] of Object.entries(document)) {
      if (name.startsWith('@') || isDeclared(name) || (select !== undefined && !select.has(name))) continue;
      // What is computed under a name hides what happens to have it.
      if (position.isComputed?.(pointer, name) === true) continue;
      const written = valueText(value, select?.get(name), `${pointer}/${name}`, position);
      if (written === undefined) continue;
      if (Array.isArray(value)) text += countMember(name, position);
      text += `${JSON.stringify(name)}:${written},`;
    }
    return text;
  }

  function valueText(
    value: JsonValue,
    select: Selection | undefined,
    pointer: string,
    position: Position,
  ): string | undefined {
    const { refinedAt } = position;
    if (value === null || (select === undefined && refinedAt === undefined)) return writeJson(value);
    const chosen = refinedAt?.(pointer)?.positions;
    if (!Array.isArray(value))
      return chosen === undefined ? itemText(value, select, `${pointer}/0`, position) : undefined;
    const texts = [...(chosen ?? value.keys())].map((index) =>
      itemText(value[index]!, select, `${pointer}/${String(index)}`, position),
    );
    return `[${texts.filter((text) => text !== undefined).join(',')}]`;
  }

  function itemText(
    value: JsonValue,
    select: Selection | undefined,
    pointer: string,
    position: Position,
  ): string | undefined {
    if (!isJsonObject(value)) return value === null || select === undefined ? writeJson(value) : undefined;
    const control = Object.entries(value).filter(([name]) => name.startsWith('@'));
    const head = control.map(([name, each]) => `${JSON.stringify(name)}:${writeJson(each)},`).join('');
    const within = { ...position, pointer, select: selectionFor(select, typeOf(value)) };
    const text = members(value, () => false, within);
    return close(`{${head}${text}${position.computedAt?.(pointer, typeOf(value)) ?? ''}`);
  }

  function typeOf({ '@odata.type': name }: JsonObject) {
    return typeof name === 'string' ? model.structuredType(name.replace(/^#/, '')) : undefined;
  }

  return { members };
}
