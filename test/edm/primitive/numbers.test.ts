import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { JsonNumber, parseJson } from '../../../src/edm/json.js';
import { parseDecimalDigits, plainDecimal } from '../../../src/edm/primitive/decimal-digits.js';
import { expectProblem, fromJson, fromText, typeNamed, valueOf } from './cases.js';

describe.each([
  ['Edm.Byte', 0, 255],
  ['Edm.SByte', -128, 127],
  ['Edm.Int16', -32768, 32767],
  ['Edm.Int32', -2147483648, 2147483647],
])('%s', (name, smallest, largest) => {
  it('takes its range', () => {
    for (const number of [smallest, 0, 1, largest]) {
      expect(fromJson(name, number)).toBe(number);
      expect(fromText(name, String(number))).toBe(number);
    }
    expect(fromText(name, '+007')).toBe(7);
    expect(fromJson(name, -0)).toBe(0);
  });

  it.each([smallest - 1, largest + 1, 0.5])('refuses %d', (number) => {
    const problem = `must be an integer from ${smallest} to ${largest}, not ${number}`;
    expect(fromJson(name, number)).toEqual({ problem });
    expectProblem(typeNamed(name).fromText(String(number), {}), `not '${number}'`);
  });

  it('refuses what is no number', () => {
    for (const value of ['1', true, [], new JsonNumber('1.00000000000000000001')])
      expectProblem(typeNamed(name).fromJson(value, {}), 'must be an integer');
    for (const text of ['', '1.0', '1e1', ' 1', '0x1', '--1'])
      expectProblem(typeNamed(name).fromText(text, {}), 'must be an integer');
  });
});

describe('Edm.Int64', () => {
  const type = typeNamed('Edm.Int64');

  it.each([
    ['5', 5],
    ['-0', 0],
    ['5.0', 5],
    ['1e3', 1000],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', { digits: '9007199254740992' }],
    ['9007199254740993', { digits: '9007199254740993' }],
    ['9223372036854775807', { digits: '9223372036854775807' }],
    ['-9223372036854775808', { digits: '-9223372036854775808' }],
    ['92233720368547758.07e2', { digits: '9223372036854775807' }],
    ['"1234567890123456789"', { digits: '1234567890123456789' }],
    ['"+42"', 42],
  ])('reads the JSON %s', (json, value) => expect(fromJson('Edm.Int64', parseJson(json))).toEqual(value));

  it.each([
    '9223372036854775808',
    '-9223372036854775809',
    '1e19',
    '1e999999999',
    '1e-999999999',
    '0.5',
    'true',
    '"1e3"',
    '""',
  ])('refuses the JSON %s', (json) =>
    expectProblem(type.fromJson(parseJson(json), {}), 'must be an integer from -9223372036854775808 to '),
  );

  it('writes strings for clients that parse numbers as doubles [OData-JSON 3.2]', () => {
    expect(type.toJson(new JsonNumber('9007199254740993'), true)).toBe('"9007199254740993"');
    expect(type.toJson(new JsonNumber('9007199254740993'), false)).toBe('9007199254740993');
    expect(type.toJson(5, true)).toBe('"5"');
  });

  it('reads back and sorts every integer', () => {
    const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        const [valueA, valueB] = [a, b].map((number) => valueOf(type.fromText(String(number), {})));
        expect(type.toText(valueA!)).toBe(String(a));
        expect(type.fromJson(parseJson(type.toJson(valueA!, false)), {})).toEqual({ value: valueA });
        expect(type.fromJson(parseJson(type.toJson(valueA!, true)), {})).toEqual({ value: valueA });
        expect(Math.sign(type.compare(valueA!, valueB!))).toBe(a < b ? -1 : Number(a > b));
      }),
    );
  });
});

describe('Edm.Decimal', () => {
  const type = typeNamed('Edm.Decimal');

  it.each([
    ['3.14', 3.14],
    ['-1.234567e3', -1234.567],
    ['1.50', 1.5],
    ['-0.00', 0],
    ['"007.10"', 7.1],
    ['"+42"', 42],
    ['1e-7', { digits: '0.0000001' }],
    ['1e21', { digits: '1000000000000000000000' }],
    ['0.1000000000000000055511151231257827', { digits: '0.1000000000000000055511151231257827' }],
    ['12345678901234567890.0', { digits: '12345678901234567890' }],
  ])('reads the JSON %s', (json, value) => expect(fromJson('Edm.Decimal', parseJson(json))).toEqual(value));

  it.each([
    '1e999999999',
    '1e-999999999',
    '"1e400000000000000000000"',
    '"INF"',
    '"42."',
    '".1"',
    '""',
    '"1,5"',
    'true',
    '[]',
  ])('refuses the JSON %s', (json) => expectProblem(type.fromJson(parseJson(json), {}), 'must be a decimal number'));

  it.each([
    ['12.34', { precision: 4, scale: 2 }],
    ['0.05', { precision: 2, scale: 2 }],
    ['12.340', { precision: 4, scale: 2 }],
    ['123', { precision: 3 }],
    ['1.23', { precision: 3, scale: 'variable' }],
    ['0.000123', { precision: 3, scale: 'floating' }],
    ['INF', { precision: 3, scale: 'floating' }],
  ] as const)('takes %s with %j [CSDL-JSON 7.2.4]', (text, facets) => {
    expect(type.fromText(text, facets)).toHaveProperty('value');
  });

  it.each([
    ['12.345', { precision: 5, scale: 2 }, 'at most 2 digits after the point'],
    ['123.4', { precision: 4, scale: 2 }, 'at most 2 digits before the point'],
    ['0.5', { scale: 0 }, 'at most 0 digits after the point'],
    ['1234', { precision: 3 }, 'at most 3 digits'],
    ['0.0012', { precision: 3, scale: 'variable' }, 'at most 3 digits'],
    ['0.0001234', { precision: 3, scale: 'floating' }, 'at most 3 digits'],
  ] as const)('refuses %s with %j [CSDL-JSON 7.2.4]', (text, facets, part) => {
    expectProblem(type.fromText(text, facets), part);
  });

  it('writes strings for clients that parse numbers as doubles', () => {
    expect(type.toJson(1.5, true)).toBe('"1.5"');
    expect(type.toJson(1.5, false)).toBe('1.5');
    expect(type.toJson('INF', false)).toBe('"INF"');
  });

  const scaled = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 20 }));

  it('reads back every number', () => {
    fc.assert(
      fc.property(scaled, ([unscaled, scale]) => {
        const value = valueOf(type.fromText(`${unscaled}e-${scale}`, {}));
        const text = type.toText(value);
        expect(text).toMatch(/^(0|-?[1-9]\d*|-?(0|[1-9]\d*)\.\d*[1-9])$/);
        expect(type.fromText(text, {})).toEqual({ value });
        expect(type.fromJson(parseJson(type.toJson(value, false)), {})).toEqual({ value });
        expect(type.fromJson(parseJson(type.toJson(value, true)), {})).toEqual({ value });
      }),
    );
  });

  it('sorts by value', () => {
    fc.assert(
      fc.property(scaled, scaled, ([unscaledA, scaleA], [unscaledB, scaleB]) => {
        const a = valueOf(type.fromText(`${unscaledA}e-${scaleA}`, {}));
        const b = valueOf(type.fromText(`${unscaledB}e-${scaleB}`, {}));
        const [wholeA, wholeB] = [unscaledA * 10n ** BigInt(20 - scaleA), unscaledB * 10n ** BigInt(20 - scaleB)];
        expect(Math.sign(type.compare(a, b))).toBe(wholeA < wholeB ? -1 : Number(wholeA > wholeB));
      }),
    );
  });
});

describe('decimal digits', () => {
  it('takes a million zeros in linear time', () => {
    const digits = parseDecimalDigits(`1${'0'.repeat(1_000_000)}1.${'0'.repeat(1_000_000)}1`);
    expect(digits?.exponent).toBe(1_000_002);
  });

  it('agrees with Number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), (number) => {
        expect(Number(plainDecimal(parseDecimalDigits(String(number))!))).toBe(number === 0 ? 0 : number);
      }),
    );
  });
});

describe('Edm.Double', () => {
  const type = typeNamed('Edm.Double');

  it.each([
    ['3.14', 3.14],
    ['-0.314e1', -3.14],
    ['+0.5', 0.5],
    ['-0', 0],
    ['1e-400', 0],
    ['INF', 'INF'],
    ['-INF', '-INF'],
    ['NaN', 'NaN'],
  ])('reads the text %s', (text, value) => expect(fromText('Edm.Double', text)).toBe(value));

  it.each(['', '1.', '.5', '1e400', '-0.314e1e2', 'Infinity', '+INF', 'inf', '0x10'])('refuses the text %j', (text) => {
    expectProblem(type.fromText(text, {}), 'must be a number in the range of Edm.Double');
  });

  it.each(['1e400', '"1.5"', 'true', '{}'])('refuses the JSON %s', (json) => {
    expectProblem(type.fromJson(parseJson(json), {}), 'must be a number in the range of Edm.Double');
  });

  it('rounds what JSON gives too exactly', () => {
    expect(fromJson('Edm.Double', parseJson('0.1000000000000000000001'))).toBe(0.1);
  });

  it('has literals without plus', () => {
    expect(type.toLiteral(1e21)).toBe('1e21');
    expect(type.toLiteral('-INF')).toBe('-INF');
    expect(type.toJson('NaN', false)).toBe('"NaN"');
  });

  it('sorts NaN last', () => {
    expect(['NaN', 1, 'INF', '-INF', 'NaN', 0].sort(type.compare)).toEqual(['-INF', 0, 1, 'INF', 'NaN', 'NaN']);
  });

  it('reads back every number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const value = valueOf(type.fromJson(number, {}));
        expect(type.fromText(type.toText(value), {})).toEqual({ value });
        expect(type.fromJson(parseJson(type.toJson(value, false)), {})).toEqual({ value });
      }),
    );
  });
});

describe('Edm.Single', () => {
  const type = typeNamed('Edm.Single');

  it.each([
    [0.1, 0.1],
    [Math.fround(0.1), 0.1],
    [16777217, 16777216],
    [3.4028235e38, 3.4028235e38],
  ])('rounds %d to %d', (number, value) => expect(fromJson('Edm.Single', number)).toBe(value));

  it.each([3.5e38, -1e39])('refuses %d', (number) => expectProblem(type.fromJson(number, {}), 'range of Edm.Single'));

  it('names each 32-bit number in one way', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (single) => {
        const value = valueOf(type.fromJson(single, {}));
        expect(Math.fround(Number(value))).toBe(single === 0 ? 0 : single);
        expect(type.fromText(type.toText(value), {})).toEqual({ value });
      }),
    );
  });
});
