import type { JsonObject } from '../../edm/index.js';

/**
 * Texts as they were sent, of which those of the items of one collection go where the items go; `undefined` is nowhere.
 * `/Words/3` is `/Words/4` once an item was put before it. [RFC 6901]
 */
export function withMovedItems(
  sent: JsonObject,
  pointer: string,
  placeOf: (index: number) => number | undefined,
): JsonObject {
  const entries = Object.entries(sent).flatMap(([each, value]) => {
    if (!each.startsWith(`${pointer}/`)) return [[each, value] as const];
    const [index = '', ...rest] = each.slice(pointer.length + 1).split('/');
    const place = placeOf(Number(index));
    return place === undefined ? [] : [[[pointer, String(place), ...rest].join('/'), value] as const];
  });
  return Object.fromEntries(entries);
}
