import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { compareCodePoints } from '../../../src/edm/primitive/string.js';
import { expectProblem, fromJson, fromText, typeNamed } from './cases.js';

describe('Edm.String', () => {
  const type = typeNamed('Edm.String');

  it.each(['', 'a', "O'Neil", 'äöü', '\u{1F600}', '\uD800'])('reads %j as it is', (text) => {
    expect(type.fromJson(text, {})).toEqual({ value: text });
    expect(type.fromText(text, {})).toEqual({ value: text });
  });

  it.each([[5], [true], [[]], [{}]])('refuses %j', (value) => {
    expectProblem(type.fromJson(value, {}), 'must be a string, not ');
  });

  it('refuses U+0000', () => {
    expect(fromJson('Edm.String', 'a\0b')).toEqual({ problem: 'must not contain the character U+0000' });
  });

  it('counts code points for MaxLength [CSDL-JSON 7.2.2]', () => {
    expect(fromJson('Edm.String', '\u{1F600}\u{1F600}', { maxLength: 2 })).toBe('\u{1F600}\u{1F600}');
    expect(fromJson('Edm.String', 'abc', { maxLength: 2 })).toEqual({
      problem: 'must have at most 2 characters, not 3',
    });
  });

  it('doubles quotes in literals', () => expect(type.toLiteral("O'Neil")).toBe("'O''Neil'"));

  it('escapes JSON', () => expect(type.toJson('"\n', false)).toBe('"\\"\\n"'));

  it('sorts as UTF-8 bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});

describe('Edm.Boolean', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['TRUE', true],
  ])('reads the text %s', (text, value) => expect(fromText('Edm.Boolean', text)).toBe(value));

  it.each(['', '1', 'yes'])('refuses the text %j', (text) => {
    expectProblem(typeNamed('Edm.Boolean').fromText(text, {}), `must be true or false, not '${text}'`);
  });

  it('takes no strings and numbers from JSON', () => {
    expect(fromJson('Edm.Boolean', true)).toBe(true);
    expectProblem(typeNamed('Edm.Boolean').fromJson('true', {}), "not 'true'");
    expectProblem(typeNamed('Edm.Boolean').fromJson(1, {}), 'not 1');
  });

  it('sorts false first', () => expect(typeNamed('Edm.Boolean').compare(false, true)).toBeLessThan(0));
});

describe('Edm.Guid', () => {
  const guid = '01234567-89AB-cdef-0123-456789abcdef';

  it('is canonical in lower case', () => {
    expect(fromText('Edm.Guid', guid)).toBe(guid.toLowerCase());
    expect(fromJson('Edm.Guid', guid)).toBe(guid.toLowerCase());
  });

  it.each(['', '01234567', `{${guid}}`, `${guid}0`, guid.replaceAll('-', ''), guid.replace('c', 'g'), `${guid}\n`])(
    'refuses %j',
    (text) => expectProblem(typeNamed('Edm.Guid').fromText(text, {}), 'must be a GUID such as 01234567-89ab-cdef-'),
  );

  it('shortens what it refuses', () => {
    const reading = typeNamed('Edm.Guid').fromJson('x'.repeat(1000), {});
    expect('problem' in reading && reading.problem.length).toBeLessThan(130);
  });

  it('has bare literals', () => expect(typeNamed('Edm.Guid').toLiteral(guid)).toBe(guid));
});

describe('Edm.Binary', () => {
  it.each([
    ['', ''],
    ['Zg==', 'Zg'],
    ['Zg', 'Zg'],
    ['Zm8=', 'Zm8'],
    ['Zm9v', 'Zm9v'],
    ['+/+/', '-_-_'],
    ['a123456789abcdefABA=', 'a123456789abcdefABA'],
  ])('reads %j as %j', (text, value) => {
    expect(fromText('Edm.Binary', text)).toBe(value);
    expect(fromJson('Edm.Binary', text)).toBe(value);
  });

  it.each(['Z', 'Zm9vZ', 'Zg=', 'Zm8==', 'Zm9v=', 'Z===', 'Zh', 'Zm9', 'Zm 8', 'Zm8.', 'Zm\n8'])(
    'refuses %j',
    (text) => {
      expectProblem(typeNamed('Edm.Binary').fromText(text, {}), 'must be base64url text');
    },
  );

  it('counts bytes for MaxLength', () => {
    expect(fromText('Edm.Binary', 'Zm9v', { maxLength: 3 })).toBe('Zm9v');
    expect(fromText('Edm.Binary', 'Zm9vYg', { maxLength: 3 })).toEqual({
      problem: 'must have at most 3 bytes, not 4',
    });
  });

  it('has literals with a prefix', () => expect(typeNamed('Edm.Binary').toLiteral('Zg')).toBe("binary'Zg'"));

  it('reads what Buffer writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const canonical = Buffer.from(bytes).toString('base64url');
        expect(fromText('Edm.Binary', canonical)).toBe(canonical);
        expect(fromText('Edm.Binary', Buffer.from(bytes).toString('base64'))).toBe(canonical);
      }),
    );
  });

  it('reads megabytes', () => {
    const text = Buffer.alloc(4_000_000, 7).toString('base64');
    expect(fromText('Edm.Binary', text)).toHaveLength(Math.ceil((4_000_000 * 4) / 3));
  });
});

describe('Edm.Stream', () => {
  it('has no readable values', () => {
    expectProblem(typeNamed('Edm.Stream').fromJson('abc', {}), 'must be absent');
    expectProblem(typeNamed('Edm.Stream').fromText('abc', {}), 'must be absent');
  });
});

describe.each(['Edm.PrimitiveType', 'Edm.Untyped'])('%s', (name) => {
  it.each([['a'], [1.5], [true]])('takes %j as it is', (value) => expect(fromJson(name, value)).toBe(value));

  it.each([[null], [[]], [{}]])('leaves %j to others', (value) => {
    expectProblem(typeNamed(name).fromJson(value, {}), 'must be a single value');
  });

  it('writes literals and JSON by kind of value', () => {
    const type = typeNamed(name);
    expect([type.toLiteral("a'b"), type.toLiteral(1), type.toLiteral(true)]).toEqual(["'a''b'", '1', 'true']);
    expect([type.toJson('a', false), type.toJson(1, true)]).toEqual(['"a"', '1']);
  });

  it('sorts booleans, numbers and strings one after the other', () => {
    const sorted = [true, false, 'b', 10, 'a', 9].sort(typeNamed(name).compare);
    expect(sorted).toEqual([false, true, 9, 10, 'a', 'b']);
  });
});

describe('primitiveType', () => {
  it.each(['Edm.ComplexType', 'Edm.EntityType', 'Edm.int32', 'Int32', 'constructor'])('does not know %s', (name) => {
    expect(() => typeNamed(name)).toThrow();
  });
});
