import { parseJson, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, methodNotAllowed } from '../../error/index.js';
import type { PropertyTarget } from '../../plan/index.js';
import { readJson } from '../payload/read-body.js';
import { withoutForeignKeys } from '../writes/without-foreign-keys.js';
import { hangingAt } from '../writes/write-hanging.js';

import type { Operation } from './operation.js';
import { itemGiven, storeProperty } from './properties.js';
import { pointerOf } from './property-answer.js';
import { withMovedItems } from './sent-items.js';

/**
 * `POST` to a collection property adds an item, at its end or where `$index` says; only collections that take inserts
 * at any position know such an index. [OData-Protocol 11.4.9.4, 11.4.11, Core PositionalInsert]
 */
export const appendItem: Operation<PropertyTarget> = {
  options: ['index', 'format'],
  async run(exchange) {
    const { target, request, parts, tree } = exchange;
    const { property } = target.path.at(-1)!;
    if (!target.reference.isCollection)
      throw methodNotAllowed('POST adds to collections; this property has a single value.', [
        'GET',
        'PUT',
        'PATCH',
        'DELETE',
        'HEAD',
      ]);
    const index = tree.options.index?.value;
    if (index !== undefined && !property.isTagged('Org.OData.Core.V1.PositionalInsert'))
      throw badRequest(`'${property.name}' takes items at its end only.`, { target: '$index' });
    const item = itemGiven(target, await readJson(request, parts.profile.limits.maxBody));
    return storeProperty(exchange, target, (present) => {
      const items = Array.isArray(present) ? present : [];
      const { name } = property;
      const read = parts.validator.readValue(target.reference, name, [item], 'defaulted', property);
      const at = positionOf(index, items.length);
      const placeOf = (index: number): number => (index >= at ? index + 1 : index);
      const { [name]: value } = withoutForeignKeys({ [name]: read.value }, read.changes);
      return {
        placeOf,
        value: items.toSpliced(at, 0, (value as JsonValue[])[0]!),
        sent: (before, path) => sentAfter(before, read.sent, path, at, placeOf),
        hanging: (path) => hangingAt(read, [name, '0'], [...path, String(at)]),
      };
    });
  },
};

/** From the beginning, or from the end where it is negative: -1 is the last position. */
function positionOf(index: number | undefined, length: number): number {
  if (index === undefined) return length;
  const position = index < 0 ? length + 1 + index : index;
  if (position >= 0 && position <= length) return position;
  throw badRequest(`There is no position ${String(index)} in a collection of ${String(length)} items.`, {
    target: '$index',
  });
}

/** Texts as they were sent move with their items. */
function sentAfter(
  before: string | undefined,
  sent: ReadonlyMap<string, JsonValue>,
  path: readonly string[],
  at: number,
  placeOf: (index: number) => number,
): JsonObject {
  const pointer = pointerOf(path);
  const own = `/${path.at(-1)!}`;
  const moved = withMovedItems(before === undefined ? {} : (parseJson(before) as JsonObject), pointer, placeOf);
  const added = [...sent].map(([each, value]) => [`${pointer}/${String(at)}${each.slice(`${own}/0`.length)}`, value]);
  return { ...moved, ...(Object.fromEntries(added) as JsonObject) };
}
