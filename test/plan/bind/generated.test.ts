import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ServiceError } from '../../../src/error/index.js';
import { bindCompute, bindExpression, bindFilter, bindOrder, bindSelect } from '../../../src/plan/bind/index.js';
import { parseExpression, parseQuery } from '../../../src/url/index.js';

import { contextOf } from './model.js';
import { print } from './print.js';

/** Well-typed expressions as text, by the kind of their value. */
const { boolean } = fc.letrec<{ boolean: string; number: string; text: string; time: string; duration: string }>(
  (tie) => ({
    boolean: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'IsActive',
        'true',
        'null',
        'Parts/any()',
        'isof(Shop.SpecialProduct)',
        'Box/Foo',
        'Address ne null',
      ),
      fc.tuple(tie('boolean'), fc.constantFrom('and', 'or'), tie('boolean')).map((parts) => `(${parts.join(' ')})`),
      tie('boolean').map((operand) => `not (${operand})`),
      comparison(tie('number')),
      comparison(tie('text')),
      comparison(tie('time')),
      comparison(tie('duration')),
      // Outer conditions are longer, so that nested range variables differ.
      tie('boolean').map(
        (condition) => `Parts/all(p${condition.length}:p${condition.length}/IsActive or ${condition})`,
      ),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `contains(${a},${b})`),
      fc.array(fc.integer(), { maxLength: 4 }).map((items) => `Number in (${items.join(',')})`),
    ),
    number: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(
        'Price',
        'Cost',
        'Weight',
        'Rating',
        'Temperature',
        'Quantity',
        'Number',
        'Total',
        'Width',
        'null',
      ),
      fc.constantFrom('1', '-2.5', '3e2', '1.5f', 'Parts/$count', '9007199254740993'),
      fc
        .tuple(tie('number'), fc.constantFrom('add', 'sub', 'mul', 'div', 'divby', 'mod'), tie('number'))
        .map((parts) => `(${parts.join(' ')})`),
      tie('number').map((operand) => `-(${operand})`),
      tie('number').map((operand) => `round(${operand})`),
      tie('text').map((operand) => `length(${operand})`),
      tie('time').map((operand) => `year(${operand})`),
      tie('duration').map((operand) => `totalseconds(${operand})`),
      fc.tuple(tie('boolean'), tie('number'), tie('number')).map(([c, a, b]) => `case(${c}:${a},true:${b})`),
    ),
    text: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('Name', 'Address/City', 'Category/Label', 'null', "''"),
      fc
        .string({ maxLength: 5 })
        .filter((text) => !text.includes('\0'))
        .map((text) => `'${text.replaceAll("'", "''")}'`),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `concat(${a},${b})`),
      tie('text').map((operand) => `tolower(${operand})`),
      tie('number').map((operand) => `cast(${operand},Edm.String)`),
    ),
    time: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('CreatedAt', 'ChangedAt', 'now()', '2020-01-01T00:00:00Z'),
      fc.tuple(tie('time'), fc.constantFrom('add', 'sub'), tie('duration')).map((parts) => `(${parts.join(' ')})`),
    ),
    duration: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('Takes', "duration'P1D'", '(CreatedAt sub ChangedAt)'),
      fc.tuple(tie('duration'), fc.constantFrom('add', 'sub'), tie('duration')).map((parts) => `(${parts.join(' ')})`),
      tie('duration').map((operand) => `(${operand} mul 2)`),
    ),
  }),
);

function comparison(operand: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(operand, fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge'), operand)
    .map((parts) => `(${parts.join(' ')})`);
}

/** Pieces of expressions in any order: some bind, most do not. */
const pieces =
  "Name Number Price Tags Parts Address Category Box/Foo Status $it $this null 1 -1 2.5 'a' true 2020-01-01 duration'P1D' Shop.Status'done' @p @q " +
  'eq ne lt has in add sub mul divby and or not - ( ) , / [1,2] ("a") Parts/any(p: Tags/any(t: p/Name p/Parts t $count $filter( ' +
  'contains( length( cast( isof( Shop.SpecialProduct Edm.Int32 case( : matchesPattern( year( now() geo.length( @Core.Term {"a":1}';

const soup = fc
  .array(fc.constantFrom(...pieces.split(' ')), { minLength: 1, maxLength: 12 })
  .map((words) => words.join(' ').replace(/ ?([(),/:]) ?/g, '$1'));

/** Operands and operators that always parse, of types that rarely agree. */
const mixed = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...pieces.split(' ').slice(0, 22)),
    fc
      .tuple(tie('any'), fc.constantFrom(...'eq ne lt has add sub mul div divby mod and or'.split(' ')), tie('any'))
      .map((parts) => `(${parts.join(' ')})`),
    fc.tuple(fc.constantFrom('not ', '-'), tie('any')).map(([operator, operand]) => `${operator}(${operand})`),
    fc
      .tuple(
        fc.constantFrom(...'contains length substring year round'.split(' ')),
        fc.array(tie('any'), { maxLength: 3 }),
      )
      .map(([name, operands]) => `${name}(${operands.join(',')})`),
    fc
      .tuple(
        fc.constantFrom('cast', 'isof'),
        tie('any'),
        fc.constantFrom('Edm.Int32', 'Edm.String', 'Shop.Status', 'Shop.SpecialProduct', 'Edm.Geography'),
      )
      .map(([name, operand, type]) => `${name}(${operand},${type})`),
    fc
      .tuple(fc.constantFrom('Parts', 'Tags', 'Name'), fc.constantFrom('any', 'all'), tie('any'))
      .map(([path, name, condition]) => `${path}/${name}(v:${condition})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([c, a, b]) => `case(${c}:${a},true:${b})`),
    fc.tuple(tie('any'), fc.constantFrom('(1,2)', "('a')", '()', 'Tags', '@p')).map(([a, list]) => `(${a} in ${list})`),
  ),
})).any;

const aliases = new Map([
  ['p', parseExpression('[1,2]')],
  ['q', parseExpression('@q add 1')],
]);

/** Whatever happens, it is an answer or a refusal with 400 or 501. */
function answersOrRefuses(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ServiceError) || (error.status !== 400 && error.status !== 501)) throw error;
    expect(error.message).toMatch(/\S\.$|\?$|position \d+/);
  }
}

describe('Generated expressions', () => {
  it('bind where they are well typed', () => {
    fc.assert(
      fc.property(boolean, (text) => {
        const bound = bindFilter(parseExpression(text), contextOf());
        expect(print(bound)).not.toContain('undefined');
        expect(JSON.parse(JSON.stringify(bound.kind))).toBe(bound.kind);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['pieces', soup],
    ['mixed types', mixed],
  ])('of %s bind or are refused', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        answersOrRefuses(() => bindExpression(parseExpression(text), contextOf({ aliases })));
        answersOrRefuses(() => bindFilter(parseExpression(text), contextOf({ aliases, isCollection: true })));
      }),
      { numRuns: 1000 },
    );
  });

  it('of other options bind or are refused', () => {
    fc.assert(
      fc.property(mixed, soup, (text, other) => {
        const query = ['orderby', 'select', 'compute'].map(
          (name) => `$${name}=${encodeURIComponent(name === 'select' ? other : text)}`,
        );
        answersOrRefuses(() => bindOrder(parseQuery(query[0]!).orderby!.value, contextOf({ aliases })));
        answersOrRefuses(() => bindSelect(parseQuery(query[1]!).select!.value, contextOf()));
        answersOrRefuses(() => bindCompute(parseQuery(`${query[2]} as x`).compute!.value, contextOf({ aliases })));
      }),
      { numRuns: 300 },
    );
  });
});
