import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { JsonNumber, type JsonObject, type JsonValue } from '../../src/edm/index.js';
import { ServiceError } from '../../src/error/index.js';

import { CREATE, strictValidator, typeNamed, update, UPDATE, validator } from './technical-model.js';

const text = fc.string({
  maxLength: 10,
  unit: fc.constantFrom('a', 'Z', '0', ' ', 'é', "'", '"', '\\', '/', '~', '$'),
});
const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const twoDigits = (min: number, max: number) =>
  fc.integer({ min, max }).map((number) => String(number).padStart(2, '0'));

const date = fc
  .tuple(fc.integer({ min: 1000, max: 9998 }), twoDigits(1, 12), twoDigits(1, 28))
  .map((parts) => parts.join('-'));
const time = fc.tuple(twoDigits(0, 23), twoDigits(0, 59), twoDigits(0, 59)).map((parts) => parts.join(':'));
const fraction = fc.option(fc.stringMatching(/^\d{1,7}$/), { nil: '' }).map((digits) => (digits ? `.${digits}` : ''));
const offset = fc.oneof(
  fc.constant('Z'),
  fc.tuple(fc.constantFrom('+', '-'), twoDigits(0, 13)).map(([sign, hours]) => `${sign}${hours}:30`),
);
const instant = fc
  .tuple(date, time, fraction, offset)
  .map(([day, clock, digits, zone]) => `${day}T${clock}${digits}${zone}`);
const decimal = fc.oneof(
  fc.integer(),
  fc
    .tuple(fc.integer({ min: 1, max: 999 }), fc.stringMatching(/^\d{20,25}$/))
    .map(([a, b]) => new JsonNumber(`${a}.${b}`)),
);
const guid = fc.tuple(fc.uuid(), fc.boolean()).map(([id, isUpper]) => (isUpper ? id.toUpperCase() : id));

const place = fc.record({ latitude: fc.integer(), longitude: fc.integer() });
const address = fc.oneof(
  fc.record(
    { city: nullable(text), zip: fc.constantFrom('', 'a', 'abc'), place: nullable(place) },
    { requiredKeys: ['zip'] },
  ),
  fc.record({
    '@odata.type': fc.constantFrom('#demo.Office', 'demo.Office', 'd.Office'),
    zip: fc.constant('x'),
    room: nullable(fc.integer({ min: 0, max: 9 })),
  }),
);

const person = fc.record(
  {
    id: text,
    name: text,
    nickname: nullable(text),
    age: fc.integer({ min: -32768, max: 32767 }),
    weight: nullable(decimal),
    balance: nullable(fc.maxSafeInteger()),
    ratio: nullable(fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0)),
    isActive: nullable(fc.boolean()),
    reference: nullable(guid),
    picture: nullable(fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'))),
    born: nullable(date),
    seen: nullable(instant),
    wakes: nullable(time),
    sleeps: nullable(fc.constantFrom('PT8H', 'P1D', 'PT480M', '-PT0.5S', 'P0D')),
    color: nullable(fc.constantFrom('red', 'green', 'blue')),
    rights: nullable(fc.constantFrom('read', 'read,write', 'write,delete')),
    code: nullable(fc.constantFrom('', 'abc')),
    tags: fc.array(text, { maxLength: 3 }),
    aliases: fc.array(nullable(text), { maxLength: 3 }),
    address: nullable(address),
    addresses: fc.array(address, { maxLength: 3 }),
    settings: nullable(fc.dictionary(fc.constantFrom('a', 'b', 'theme'), text)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** The document with every value as it was sent. */
function restore(document: JsonObject, sent: ReadonlyMap<string, JsonValue>): JsonObject {
  const restored = structuredCloneOf(document) as JsonObject;
  for (const [pointer, value] of sent) {
    const steps = pointer.slice(1).split('/');
    const last = steps.pop()!;
    const parent = steps.reduce((object, step) => object[step] as JsonObject, restored);
    expect(parent[last]).not.toEqual(value);
    parent[last] = value;
  }
  return restored;
}

function structuredCloneOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, structuredCloneOf(member)]));
}

const anyJson = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<JsonValue>(null, true, 0, -1, 1e300, '', 'x', '#demo.Office', new JsonNumber('1e400'), [], {}),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom('zip', 'place', 'x', '@odata.type', '@odata.id', 'constructor', 'hasOwnProperty', 'manager', ''),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

const mutation = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      ...typeNamed('Person').properties.keys(),
      ...typeNamed('Person').navigationProperties.keys(),
      '@odata.type',
      '@odata.id',
      '@odata.xyz',
      'manager@odata.bind',
      'friends@odata.bind',
      'constructor',
    ),
    fc.string({ maxLength: 5 }),
  ),
  anyJson,
  { maxKeys: 6, noNullPrototype: true },
);

describe('random payloads', () => {
  it('that are valid pass, and what was sent can be restored', () => {
    fc.assert(
      fc.property(person, (json) => {
        const { document, sent } = update('Person', json);
        expect(restore(document, sent)).toEqual(json);
      }),
      { numRuns: 500 },
    );
  });

  it('that were read once are canonical', () => {
    fc.assert(
      fc.property(person, (json) => {
        const first = validator.read(typeNamed('Person'), json, CREATE);
        const second = validator.read(typeNamed('Person'), first.document, CREATE);
        expect(second.document).toEqual(first.document);
        expect(second.sent.size).toBe(0);
      }),
    );
  });

  it('that are damaged pass or end in a 400 that says where', () => {
    fc.assert(
      fc.property(person, mutation, fc.constantFrom(CREATE, UPDATE), (json, changes, use) => {
        try {
          strictValidator.read(typeNamed('Person'), { ...json, ...changes }, use);
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
          const { status, details } = error as ServiceError;
          expect(status).toBe(400);
          expect(details.length).toBeGreaterThan(0);
          for (const { target, message } of details) {
            expect(typeof target).toBe('string');
            expect(message).toMatch(/[.?]$/);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
