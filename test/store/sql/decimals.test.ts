import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ServiceError } from '../../../src/error/index.js';
import { refusalOf } from '../../../src/store/sql/index.js';
import { databases, type TestDatabase } from './database.js';
import { bound, plan } from './plans.js';

/** A decimal as a whole number and how many of its digits stand behind the point. */
interface Fraction {
  readonly whole: bigint;
  readonly scale: number;
}

function fractionOf(text: string): Fraction {
  const [before = '', behind = ''] = text.split('.');
  return { whole: BigInt(before + behind), scale: behind.length };
}

function textOf({ whole, scale }: Fraction): string {
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const [before, behind] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
  const fraction = behind.replace(/0+$/, '');
  const text = fraction === '' ? before : `${before}.${fraction}`;
  return whole < 0n ? `-${text}` : text;
}

type Operator = 'add' | 'sub' | 'mul' | 'div' | 'mod';

/** What an operator makes of two decimals, by integers of any length; null where there is nothing. */
function compute(operator: Operator, left: string, right: string): string | null {
  const [a, b] = [fractionOf(left), fractionOf(right)];
  if (operator === 'mul') return textOf({ whole: a.whole * b.whole, scale: a.scale + b.scale });
  const scale = Math.max(a.scale, b.scale);
  const x = a.whole * 10n ** BigInt(scale - a.scale);
  const y = b.whole * 10n ** BigInt(scale - b.scale);
  if (operator === 'add') return textOf({ whole: x + y, scale });
  if (operator === 'sub') return textOf({ whole: x - y, scale });
  if (y === 0n) return null;
  return operator === 'mod' ? textOf({ whole: x % y, scale }) : textOf(rounded(x, y));
}

/** 34 significant digits, midpoints away from zero. */
function rounded(x: bigint, y: bigint): Fraction {
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  if (x === 0n) return { whole: 0n, scale: 0 };
  let scale = 34 + String(size(y)).length - String(size(x)).length + 1;
  let [dividend, divisor] = [size(x), size(y)];
  const quotient = (): bigint => {
    if (scale >= 0) dividend = size(x) * 10n ** BigInt(scale);
    else divisor = size(y) * 10n ** BigInt(-scale);
    return (dividend * 2n + divisor) / (divisor * 2n);
  };
  while (String(quotient()).length > 34) {
    scale--;
    [dividend, divisor] = [size(x), size(y)];
  }
  const whole = quotient() * (x < 0n === y < 0n ? 1n : -1n);
  return scale >= 0 ? { whole, scale } : { whole: whole * 10n ** BigInt(-scale), scale: 0 };
}

const digits = (most: number) =>
  fc.oneof(
    fc.stringMatching(new RegExp(`^\\d{1,${String(most)}}$`)),
    // Carrying and borrowing happens at rows of nines and zeros.
    fc.stringMatching(new RegExp(`^[09]{1,${String(most)}}$`)),
    fc.stringMatching(new RegExp(`^[1-9]0{0,${String(most - 1)}}$`)),
  );
const decimalOf = (before: number, behind: number) =>
  fc
    .tuple(fc.boolean(), digits(before), fc.oneof(fc.constant(''), digits(behind)))
    .map(([isNegative, whole, fraction]) => {
      const value = fractionOf(fraction === '' ? whole : `${whole}.${fraction}`);
      return textOf({ ...value, whole: isNegative ? -value.whole : value.whole });
    });
const decimal = fc.oneof(decimalOf(5, 3), decimalOf(18, 18), decimalOf(40, 40));

const literal = (text: string): string => (text.includes('.') ? text : `${text}.0`);

for (const [name, open] of databases) {
  describe(`arithmetic of decimals on ${name} [OData-URL 5.1.1.2]`, () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await open();
    });
    afterAll(() => database.close());

    const results = async (document: string, expressions: readonly string[]): Promise<(string | null)[]> => {
      await database.clear();
      await database.insert([{ key: '1', document }]);
      const compute = expressions.map((text, index) => ({ alias: `c${String(index)}`, ...bound(text) }));
      const [row] = await database.read(plan({ compute }));
      return compute.map(({ alias }) => {
        const value = row!.computed!.get(alias)!;
        return value === null ? null : String(value);
      });
    };

    it.each(['add', 'sub', 'mul', 'div', 'mod'] as const)('%s is exact, quotients to 34 digits', async (operator) => {
      await fc.assert(
        fc.asyncProperty(decimal, decimal, async (left, right) => {
          const texts = [`D ${operator} ${literal(right)}`, `${literal(left)} ${operator} ${literal(right)}`];
          const expected = compute(operator, left, right);
          const document = `{"id":"1","D":${left}}`;
          const computed = (await results(document, texts)).map((text) => (text === null ? null : plainOf(text)));
          expect([left, right, computed]).toEqual([left, right, [expected, expected]]);
        }),
        { numRuns: 150 },
      );
    });

    it('round, floor and ceiling and the sign are exact', async () => {
      await fc.assert(
        fc.asyncProperty(decimal, async (text) => {
          const { whole, scale } = fractionOf(text);
          const unit = 10n ** BigInt(scale);
          const floor = whole / unit - (whole % unit < 0n ? 1n : 0n);
          const size = whole < 0n ? -whole : whole;
          const nearest = ((size * 2n + unit) / (unit * 2n)) * (whole < 0n ? -1n : 1n);
          const ceiling = floor + (whole % unit === 0n ? 0n : 1n);
          const expected = [nearest, floor, ceiling].map(String);
          const computed = await results(`{"id":"1","D":${text}}`, ['round(D)', 'floor(D)', 'ceiling(D)', '-D']);
          expect([text, computed.map((each) => plainOf(each!))]).toEqual([
            text,
            [...expected, textOf({ whole: -whole, scale })],
          ]);
        }),
        { numRuns: 100 },
      );
    });

    /** Limits of limbs and pieces, of 64 bits, and results that end in nines or midpoints. */
    it.each([
      ['9223372036854775807.0 add 1.0', '9223372036854775808'],
      ['999999999999999999.0 add 1.0', '1000000000000000000'],
      ['-999999999999999999999999.0 add 999999999999999999999999.0', '0'],
      ['0.0000000000000000000000000001 sub 1.0', '-0.9999999999999999999999999999'],
      [
        '1234567890123456789012345678.5 mul 1234567890123456789012345678.5',
        '1524157875323883675049535155265965566651425088777625362.25',
      ],
      ['0.5 mul -0.0000000000000000000000000002', '-0.0000000000000000000000000001'],
      ['1.0 div 3', '0.3333333333333333333333333333333333'],
      ['2.0 div 3', '0.6666666666666666666666666666666667'],
      ['-2.0 div 3', '-0.6666666666666666666666666666666667'],
      ['10000000000000000000000000000000000.0 div 3', '3333333333333333333333333333333333'],
      ['100000000000000000000000000000000000.0 div 3', '33333333333333333333333333333333330'],
      ['99999999999999999999999999999999995.0 div 10', '10000000000000000000000000000000000'],
      ['99999999999999999999999999999999994.0 div 10', '9999999999999999999999999999999999'],
      [
        '1.0 div 1234567890123456789012345678901234567890',
        '0.0000000000000000000000000000000000000008100000072900000663390006036849055',
      ],
      ['0.0 div 12345678901234567890', '0'],
      ['12345678901234567890.5 div 0', null],
      ['12345678901234567890.5 divby 0', 'INF'],
      ['-12345678901234567890.5 divby 0', '-INF'],
      ['12345678901234567890.5 mod 0', null],
      ['12345678901234567890123456789.5 mod 0.7', '0.5'],
      ['-12345678901234567890123456789.5 mod 0.7', '-0.5'],
      ['0.5 mod 12345678901234567890123456789.5', '0.5'],
    ])('%s is %s', async (text, result) => {
      const [computed] = await results('{"id":"1"}', [text]);
      expect(computed === null ? null : plainOf(computed!)).toBe(result);
    });

    it.each([
      ['D add 1.5', 'INF'],
      ['1.5 sub D', '-INF'],
      ['D sub D', 'NaN'],
      ['D mul 0.0', 'NaN'],
      ['D mul -2.5', '-INF'],
      ['1.5 div D', '0'],
      ['D div D', 'NaN'],
      ['D mod 2.0', 'NaN'],
      ['2.5 mod D', '2.5'],
      ['-D', '-INF'],
      ['round(D)', 'INF'],
    ])('with D infinite, %s is %s', async (text, result) => {
      expect(await results('{"id":"1","D":"INF"}', [text])).toEqual([result]);
    });
  });
}

/** Without an exponent. */
function plainOf(text: string): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, first = '', behind = '', power] = match;
  const scale = behind.length - Number(power);
  const whole = BigInt(first + behind) * 10n ** BigInt(Math.max(0, -scale));
  return `${sign}${textOf({ whole, scale: Math.max(0, scale) })}`;
}

describe('decimals that are too long on SQLite', () => {
  it('are refused, and not computed wrongly', async () => {
    const [, open] = databases[0]!;
    const database = await open();
    await database.insert([{ key: '1', document: `{"id":"1","D":${'7'.repeat(701)}}` }]);
    for (const text of ['D add 1.0', 'D sub 1.0', 'D mul 2.0', 'D div 3.0', 'D mod 3.0']) {
      const problem = await database.read(plan({ compute: [{ alias: 'c', ...bound(text) }] })).catch((error) => error);
      expect(refusalOf(String((problem as Error).message))).toMatch(/more than 700 digits/);
      expect(problem).not.toBeInstanceOf(ServiceError);
    }
    await database.close();
  });
});
