import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { readBehaviors } from '../../src/behavior/index.js';
import { BehaviorError } from '../../src/error/index.js';

const handler = () => undefined;

describe('what a module exports as behaviours', () => {
  it.each([
    ['one', { create: { 'ns.A': handler } }, 1],
    ['several', [{ action: { 'ns.A': handler } }, { expression: { 'ns.f': '1' }, aggregate: {} }], 2],
    ['none', [], 0],
    ['an empty one', {}, 1],
  ])('may be %s', (_, exported, count) => {
    const behaviors = readBehaviors(exported);
    expect(behaviors).toHaveLength(count);
    expect(Array.isArray(exported) ? behaviors : behaviors[0]).toEqual(exported);
  });

  it.each<[unknown, string]>([
    [undefined, 'The default export must be a behaviour, or an array of behaviours.'],
    [handler, 'The default export must be a behaviour, or an array of behaviours.'],
    [[null], 'The default export must be a behaviour, or an array of behaviours.'],
    [{ actions: {} }, "A behaviour has no 'actions'. Did you mean 'action'?"],
    [{ constructor: {} }, "A behaviour has no 'constructor'."],
    [{ create: [] }, "'create' must be an object with names of the schema."],
    [{ create: undefined }, "'create' must be an object with names of the schema."],
    [{ create: { 'ns.A': 'x' } }, "'ns.A' of 'create' must be a function."],
    [{ expression: { 'ns.f': handler } }, "'ns.f' of 'expression' must be a string."],
  ])('is refused: %j', (exported, message) => {
    expect(() => readBehaviors(exported)).toThrow(new BehaviorError(message));
  });

  it('is read, or refused as what it is', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (exported) => {
        try {
          readBehaviors(exported);
        } catch (error) {
          expect(error).toBeInstanceOf(BehaviorError);
        }
      }),
    );
  });
});
