import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { isJsonObject, JsonNumber, JsonSyntaxError, type JsonValue, parseJson, writeJson } from '../../src/edm/json.js';

function syntaxErrorOf(text: string): JsonSyntaxError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error(`'${text}' is read without an error.`);
}

describe('parseJson', () => {
  it('means what JSON.parse means', () => {
    const json = fc.json({ maxDepth: 5 }).filter((text) => !text.includes('__proto__'));
    fc.assert(fc.property(json, (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
  });

  it('accepts and refuses what JSON.parse accepts and refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '.5',
      'e3',
      '\\',
      '"',
      'true',
      ' ',
      '\t',
      '\f',
      '\uFEFF',
      '0',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(isRead(() => parseJson(text))).toBe(isRead(() => JSON.parse(text)) && !hasDuplicates(text));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890.5', '-12345678901234567890.5'],
    ['1e999999999', '1e999999999'],
    ['0.10000000000000000001', '0.10000000000000000001'],
  ])('keeps the digits of %s', (text, digits) => {
    expect(parseJson(text)).toEqual(new JsonNumber(digits));
    expect(parseJson(`{"a":[${text}]}`)).toEqual({ a: [new JsonNumber(digits)] });
    expect(writeJson(parseJson(text))).toBe(digits);
  });

  it.each([
    ['1e3', 1000],
    ['5.0', 5],
    ['1.5E-10', 1.5e-10],
    ['9007199254740992', 9007199254740992],
    ['0.1234567890123456', 0.1234567890123456],
    ['0e5', 0],
  ])('reads %s as a number', (text, number) => expect(parseJson(text)).toBe(number));

  it('lets long digits in strings be', () => {
    expect(parseJson('{"a\\"1":"9007199254740993:{["}')).toEqual({ 'a"1': '9007199254740993:{[' });
  });

  it.each([
    ['', 'reached end of input', 0],
    ['{"a":1,}', "got '}'", 7],
    ['{"a" 1}', "got '1'", 5],
    ['[1,2', 'reached end of input', 4],
    ['{"a":"b', 'reached end of input', 7],
    ['[1] x', "got 'x'", 4],
    ['{"a":nul}', 'Object value expected', 5],
    ['"a\nb"', 'Invalid character', 2],
    ['{"a":01}', "got '1'", 6],
    ['[1e]', 'expecting a digit', 3],
  ])('tells where %j is wrong', (text, part, position) => {
    const error = syntaxErrorOf(text);
    expect(error.message).toContain(part);
    expect(error.message).toMatch(new RegExp(` at position ${position}$`));
    expect(error.position).toBe(position);
  });

  it.each([
    ['{"a":1,"b":2,"a":3}', 'a', 13],
    ['{"a":1,"a":1}', 'a', 7],
    ['[{"x":{"a":1}},{"a":{"b":1,"c":[{"b":1}],"\\u0062":2}}]', 'b', 41],
    ['{"n":9007199254740993,"n":9007199254740993}', 'n', 22],
    ['{"":1,"":1}', '', 6],
  ])('refuses the duplicate in %s', (text, name, position) => {
    const error = syntaxErrorOf(text);
    expect(error.message).toContain(`The member '${name}' occurs twice in one object`);
    expect(text.slice(error.position)).toMatch(/^"/);
    expect(error.position).toBe(position);
  });

  it.each(['{"a":{"__proto__":{"b":1}}}', '{"\\u005f_proto__":1}', '{"__proto__":1,"n":9007199254740993}'])(
    'refuses %s',
    (text) => {
      expect(syntaxErrorOf(text).message).toContain("A member must not be called '__proto__'");
      expect(({} as Record<string, unknown>)['b']).toBeUndefined();
    },
  );

  it('takes other names of Object.prototype as ordinary', () => {
    expect(parseJson('{"constructor":1,"toString":2,"hasOwnProperty":3,"n":1e1}')).toEqual(
      Object.fromEntries([
        ['constructor', 1],
        ['toString', 2],
        ['hasOwnProperty', 3],
        ['n', 10],
      ]),
    );
  });

  it('refuses deep nesting before it hurts', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson(nested(200))).toBeInstanceOf(Array);
    expect(syntaxErrorOf(nested(201))).toMatchObject({
      position: 200,
      message: 'Objects and arrays are nested more than 200 levels deep at position 200',
    });
    expect(syntaxErrorOf('{"a":'.repeat(1_000_000)).position).toBe(1000);
  });

  it('takes a string of a million backslashes in linear time', () => {
    const text = JSON.stringify('\\"'.repeat(1_000_000));
    expect(parseJson(text)).toBe('\\"'.repeat(1_000_000));
  });
});

describe('writeJson', () => {
  it('is read back', () => {
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
        fc.bigInt({ min: 10n ** 17n, max: 10n ** 40n }).map((digits) => new JsonNumber(`-${digits * 10n + 1n}.01`)),
        fc.array(tie('value')),
        fc.dictionary(
          fc.string().filter((name) => name !== '__proto__'),
          tie('value'),
          { noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(fc.property(value, (tree) => expect(parseJson(writeJson(tree))).toEqual(tree)));
  });

  it('writes as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expect(writeJson(value as JsonValue)).toBe(JSON.stringify(value))),
    );
  });

  it.each([[Infinity], [[new JsonNumber('1e999'), NaN]]])('refuses %p, which JSON does not have', (value) => {
    expect(() => writeJson(value)).toThrow(RangeError);
  });
});

describe('isJsonObject', () => {
  it.each([[null], [[]], ['a'], [1], [new JsonNumber('1')], [undefined]])('is false for %p', (value) => {
    expect(isJsonObject(value)).toBe(false);
  });

  it('is true for objects', () => expect(isJsonObject({})).toBe(true));
});

function isRead(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

/** An oracle that is slow and sure: a reviver doesn't see duplicates, but the text written back is shorter. */
function hasDuplicates(text: string): boolean {
  return JSON.stringify(JSON.parse(text)).split(':').length !== text.split(':').length;
}
