import { describe, expect, it } from '@jest/globals';

import { overlay, overlayItems, type JsonObject } from '../../src/edm/index.js';

describe('what is laid over a document', () => {
  const before: JsonObject = {
    A: 1,
    Place: { City: 'x', Zip: 1 },
    Places: [{ City: 'a' }, null, { City: 'c', In: [{ N: 1 }] }],
  };

  it.each<[JsonObject, JsonObject]>([
    [{ A: 2 }, { ...before, A: 2 }],
    [{ Place: { Zip: 2 } }, { ...before, Place: { City: 'x', Zip: 2 } }],
    [
      { Places: { 0: { Zip: 5 } } },
      { ...before, Places: [{ City: 'a', Zip: 5 }, null, { City: 'c', In: [{ N: 1 }] }] },
    ],
    [
      { Places: { 2: { In: { 0: { N: 2 } } } } },
      { ...before, Places: [{ City: 'a' }, null, { City: 'c', In: [{ N: 2 }] }] },
    ],
    [{ Places: { 1: { Zip: 5 }, 7: { Zip: 5 } } }, before],
    [{ Places: [] }, { ...before, Places: [] }],
    [{ Other: { 0: { Zip: 5 } } }, { ...before, Other: { 0: { Zip: 5 } } }],
  ])('%j', (given, after) => {
    expect(overlayItems(before, given)).toEqual(after);
  });

  it('takes another collection as a whole', () => {
    expect(overlay(before, { Places: [{ City: 'z' }] })).toEqual({ ...before, Places: [{ City: 'z' }] });
  });
});
