import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property } from 'fast-check';

import { Model, type EntityType, type JsonObject, type JsonValue } from '../../src/edm/index.js';
import { placesAfter, type WrittenPath } from '../../src/plan/index.js';

const ordered = { $Collection: true };
const model = new Model([
  {
    $Version: '4.01',
    ns: {
      Part: { $Kind: 'ComplexType', Name: {}, Photo: { $Type: 'Edm.Stream' }, Parts: { $Type: 'ns.Part', ...ordered } },
      Plain: { $Kind: 'ComplexType', Name: {} },
      Holder: { $Kind: 'ComplexType', Parts: { $Type: 'ns.Part', ...ordered } },
      Whole: {
        $Kind: 'EntityType',
        $Key: ['ID'],
        ID: {},
        Parts: { $Type: 'ns.Part', ...ordered },
        Plains: { $Type: 'ns.Plain', ...ordered },
        Single: { $Type: 'ns.Part' },
        Holder: { $Type: 'ns.Holder' },
      },
    },
  },
]);
const whole = model.type('ns.Whole') as EntityType;
const part = (name: string, ...parts: JsonValue[]): JsonObject => ({ Name: name, Parts: parts });
const [a, b, c] = [part('a'), part('b'), part('c')];

function places(before: JsonObject, after: JsonObject, written?: WrittenPath) {
  return placesAfter(whole, model, before, after, written);
}

describe('where what hangs on items goes [OData-URL 4.10]', () => {
  it.each<[JsonValue[], JsonValue[], (number | undefined)[]]>([
    [
      [a, b, c],
      [a, c],
      [0, undefined, 1],
    ],
    [
      [a, b, c],
      [b, c],
      [undefined, 0, 1],
    ],
    [
      [a, b],
      [c, a, b],
      [1, 2],
    ],
    [
      [a, b, c],
      [c, b, a],
      [2, undefined, undefined],
    ],
    [[a, b], [], [undefined, undefined]],
    [
      [a, a, b],
      [a, b],
      [0, undefined, 1],
    ],
    [
      [a, b, c],
      [a, part('x'), c],
      [0, undefined, 2],
    ],
    [
      [{ Name: 'a', Parts: [] }, b],
      [b, { Parts: [], Name: 'a' }],
      [1, undefined],
    ],
  ])('from %j to %j', (before, after, expected) => {
    const find = places({ Parts: before }, { Parts: after })!;
    expect(before.map((_, index) => find(`Parts/${String(index)}/Photo`))).toEqual(
      expected.map((index) => (index === undefined ? undefined : `Parts/${String(index)}/Photo`)),
    );
  });

  it('is not asked where nothing can hang on what has changed', () => {
    expect(places({ Plains: [{ Name: 'a' }] }, { Plains: [] })).toBeUndefined();
    expect(places({ Parts: [a] }, { Parts: [{ Parts: [], Name: 'a' }] })).toBeUndefined();
    expect(places({ Single: part('a', a) }, { Single: part('a') })).toBeDefined();
    expect(places({ Holder: { Parts: [a] } }, { Holder: { Parts: [] } })).toBeDefined();
  });

  it('follows items within items, and leaves keys and names behind them alone', () => {
    const find = places({ Parts: [a, part('x', b, c)] }, { Parts: [part('x', b, c)] })!;
    expect(find('Parts/1/Parts/1/Photo')).toBe('Parts/0/Parts/1/Photo');
    expect(find('Parts/1/Notes/5/Parts/7')).toBe('Parts/0/Notes/5/Parts/7');
    expect(find('Parts/0/Photo')).toBeUndefined();
    expect(find('Single/Photo')).toBe('Single/Photo');
    expect(find('Lines/1/Parts')).toBe('Lines/1/Parts');
    expect(find('constructor/0/toString')).toBe('constructor/0/toString');
  });

  it('is the same item where that is what was written', () => {
    const written = { path: ['Parts', '1', 'Parts', '0', 'Name'] };
    const find = places({ Parts: [b, part('x', b, c)] }, { Parts: [b, part('x', c, c)] }, written)!;
    expect(find('Parts/1/Parts/0/Photo')).toBe('Parts/1/Parts/0/Photo');
    expect(find('Parts/1/Parts/1/Photo')).toBe('Parts/1/Parts/1/Photo');
  });

  it('keeps the order of items, and never puts two at one place', () => {
    const items = array(constantFrom(a, b, c), { maxLength: 8 });
    assert(
      property(items, items, (before, after) => {
        const find = places({ Parts: before }, { Parts: after });
        const found = before
          .map((_, index) => find?.(`Parts/${String(index)}/x`))
          .filter((path) => path !== undefined)
          .map((path) => Number(path.split('/')[1]));
        expect(found).toEqual([...new Set(found)].toSorted((one, other) => one - other));
        expect(found.every((index) => index < after.length)).toBe(true);
      }),
    );
  });
});
