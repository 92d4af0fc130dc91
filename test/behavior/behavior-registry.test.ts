import { describe, expect, it } from '@jest/globals';

import { BehaviorRegistry, defineBehavior } from '../../src/behavior/index.js';
import { loadModel } from '../../src/csdl/index.js';
import { odataProfile } from '../../src/protocol/index.js';

const { model } = loadModel(['test/fixtures/technical.csdl.xml']);

function start(...definitions: readonly Readonly<Record<string, string>>[]): BehaviorRegistry {
  const behaviors = definitions.map((expression) => defineBehavior({ expression }));
  return new BehaviorRegistry(model, behaviors, odataProfile.path);
}

describe('functions that mean an expression', () => {
  it('are known by their overloads, with namespace or alias', () => {
    const { definitions } = start(
      { 'self.Twice': '@x mul 2' },
      {
        'technical.Size(technical.Thing)': '$it/Friends/$count',
        'self.Size(Collection(technical.Thing))': '$it/$count',
      },
    );
    expect([...definitions.keys()].map(({ target }) => target)).toEqual([
      'technical.Twice(Edm.Int32)',
      'technical.Size(technical.Thing)',
      'technical.Size(Collection(technical.Thing))',
    ]);
  });

  it.each([
    [
      'technical.Twise',
      '1',
      "A behaviour defines the function 'technical.Twise', which the schema does not declare. Did you mean 'technical.Twice'?",
    ],
    ['technical.Touch', '1', 'which the schema does not declare'],
    [
      'technical.Size',
      '1',
      "there are 'technical.Size(Collection(technical.Thing))' and 'technical.Size(technical.Thing)'",
    ],
    ['technical.Size(technical.Part)', '1', "A behaviour defines 'technical.Size(technical.Part)', but there are"],
    [
      'technical.Twice',
      '@x mul',
      "The definition of the function 'technical.Twice' is wrong: invalid expression: expected",
    ],
    ['technical.Twice', '@y mul 2', "There is no parameter 'y'"],
    ['technical.Twice', 'x mul 2', "A value of type 'Edm.Untyped' has no property 'x'"],
    [
      'technical.Twice',
      "concat('a','b')",
      "'technical.Twice' returns 'Edm.Int32', not 'Edm.String'; cast(…,Edm.Int32) makes it one",
    ],
    ['technical.Twice', '@x mul 2.5', "not 'Edm.Decimal'; cast(…,Edm.Int32) makes it one"],
    ['technical.Twice', '$root/Things', "'technical.Twice' returns 'Edm.Int32', not 'Collection(technical.Thing)'"],
    ['technical.Weight', 'Wholle', "Did you mean 'Whole'?"],
    ['technical.Partner', '$root/Bags(1)', "the key of 'technical.Bag' is Id (Edm.String)"],
    ['technical.Partner', "$root/Bags('1')", "returns 'technical.Thing', not 'technical.Bag'"],
    ['technical.PlaceTags', "Place/Tags/$filter($this ne 'a')", 'cannot be picked by a definition'],
    ['technical.PlaceTags', '["a"]', "returns 'Collection(Edm.String)', not 'Collection(Edm.Untyped)'"],
    [
      'technical.Twice',
      'technical.Twice(x=@x)',
      "The definition of the function 'technical.Twice' leads back to itself",
    ],
    [
      'technical.Twice',
      'technical.Add(a=@x,b=@x)',
      "without a behaviour that defines it as an 'expression' is not supported",
    ],
    ['technical.Twice', `${'('.repeat(200)}1${')'.repeat(200)}`, 'is wrong'],
    ['technical.Twice', `@x${' add @x'.repeat(3000)}`, 'is wrong'],
  ])('%s as %s does not start', (name, text, message) => {
    expect(() => start({ [name]: text })).toThrow(message);
  });

  it('lead back to themselves by no detour either', () => {
    const loop = { 'technical.Twice': 'technical.Fourfold(x=@x)', 'technical.Fourfold': 'technical.Twice(x=@x)' };
    expect(() => start(loop)).toThrow('leads back to itself');
  });

  it('are defined once', () => {
    expect(() => start({ 'technical.Twice': '@x' }, { 'self.Twice': '@x' })).toThrow(
      "The function 'self.Twice' is defined twice.",
    );
  });
});

describe('views', () => {
  const view = (name: string) =>
    new BehaviorRegistry(model, [defineBehavior({ view: { [name]: () => [] } })], odataProfile.path);

  it('are known by the type and the navigation property, with namespace or alias', () => {
    for (const name of ['technical.Thing/Friends', 'self.Thing/Friends'])
      expect(view(name).has('view', 'technical.Thing/Friends')).toBe(true);
  });

  it.each(['technical.Thing', 'technical.Thing/Fiends', 'technical.Nothing/Friends', 'technical.Thing/ID'])(
    'are refused where the schema has none: %s',
    (name) => {
      expect(() => view(name)).toThrow('which the schema does not declare');
    },
  );
});

describe('handlers of entities', () => {
  it('act for all of them, for those of a base type and for those of a type, outermost first', async () => {
    const order: string[] = [];
    const named = (name: string) =>
      defineBehavior({
        create: {
          [name]: (_, next) => {
            order.push(name);
            return next();
          },
        },
      });
    const names = ['technical.Robot', 'technical.Thing', 'Edm.EntityType'];
    const registry = new BehaviorRegistry(model, names.map(named), odataProfile.path);
    const runFor = async (type: string): Promise<string[]> => {
      order.length = 0;
      await registry.runForType('create', model.entityTypeOrThrow(type), {}, () => Promise.resolve());
      return [...order];
    };
    expect(await runFor('technical.Robot')).toEqual(names.toReversed());
    expect(await runFor('technical.Gadget')).toEqual(['Edm.EntityType', 'technical.Thing']);
    expect(await runFor('technical.Bag')).toEqual(['Edm.EntityType']);
  });
});
