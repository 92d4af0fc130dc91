import { describe, expect, it } from '@jest/globals';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  oneof,
  option,
  record,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';

import { AUDITS, ENUMERATIONS, PROPERTIES, TYPE } from './audits.js';
import { useService } from './start-service.js';

const service = useService();

/** Any text of whole characters but the null character, which is refused. */
const text = (bounds: { minLength?: number; maxLength?: number } = {}) =>
  string({ unit: 'binary', maxLength: 50, ...bounds }).map((value) => value.replaceAll('\u0000', ''));

const two = (from: number, to: number) =>
  integer({ min: from, max: to }).map((value) => String(value).padStart(2, '0'));

const date = tuple(integer({ min: 1, max: 9999 }), two(1, 12), two(1, 28)).map(
  ([year, month, day]) => `${String(year).padStart(4, '0')}-${month}-${day}`,
);

const fraction = integer({ min: 0, max: 7 }).chain((digits) =>
  digits === 0
    ? constant('')
    : integer({ min: 0, max: 10 ** digits - 1 }).map((value) => `.${String(value).padStart(digits, '0')}`),
);

const offset = oneof(
  constant('Z'),
  tuple(constantFrom('+', '-'), two(0, 13), two(0, 59)).map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
);

const instant = tuple(date, two(0, 23), two(0, 59), two(0, 59), fraction, offset)
  .map(([day, hours, minutes, seconds, rest, zone]) => `${day}T${hours}:${minutes}:${seconds}${rest}${zone}`)
  // An offset may carry these beyond the years that Edm.DateTimeOffset has.
  .filter((value) => !/^(0001-01-01|9999-12-28)/.test(value));

const nullable = (value: Arbitrary<string>) => option(value);

const required = record({
  action: constantFrom(...ENUMERATIONS.action),
  requestDateTime: instant,
  actionState: constantFrom(...ENUMERATIONS.actionState),
  deviceActionCategory: constantFrom(...ENUMERATIONS.deviceActionCategory),
});

const optional = record(
  {
    deviceDisplayName: nullable(text()),
    userName: nullable(text()),
    initiatedByUserPrincipalName: nullable(text()),
    deviceOwnerUserPrincipalName: nullable(text()),
    deviceIMEI: nullable(text()),
    managedDeviceId: nullable(text()),
    bulkDeviceActionId: nullable(text()),
    deviceActionDetails: array(record({ key: nullable(text()), value: nullable(text()) }), { maxLength: 4 }),
  },
  { requiredKeys: [] },
);

const audit = tuple(required, optional).map(([given, more]) => ({ ...given, ...more }));
type Audit = Record<string, unknown>;

/** Whether a key may stand as a segment: control characters may not, and `$` begins the system's own. */
const isSegment = (id: string): boolean => !id.startsWith('$') && !/\p{Cc}/u.test(id);

/** The object as it comes back: in the documented order, what was not given being null, or empty. */
function expected(given: Audit, id: unknown): Audit {
  const absent = (name: string) => (name === 'deviceActionDetails' ? [] : null);
  return { ...Object.fromEntries(PROPERTIES.map((name) => [name, given[name] ?? absent(name)])), id };
}

const RUNS = { numRuns: 150 };

describe('a random object', () => {
  it('comes back exactly as it was sent, member by member, in the documented order', async () => {
    await assert(
      asyncProperty(audit, async (given) => {
        const created = await service.send('POST', AUDITS, { json: given });
        expect(created.status).toBe(201);
        const { '@odata.context': context, ...object } = created.json as Audit;
        expect(JSON.stringify(object)).toBe(JSON.stringify(expected(given, object['id'])));
        const read = await service.send('GET', `${AUDITS}/${String(object['id'])}`);
        expect(read.text).toBe(JSON.stringify({ '@odata.context': context, ...TYPE, ...object }));
      }),
      RUNS,
    );
  });

  it('is found by any id', async () => {
    await assert(
      asyncProperty(text({ minLength: 1 }), required, async (name, given) => {
        const id = `${name}-${String(Math.random())}`;
        expect((await service.send('POST', AUDITS, { json: { ...given, id } })).status).toBe(201);
        const segment = `${AUDITS}/${encodeURIComponent(id)}`;
        const parentheses = `${AUDITS}('${encodeURIComponent(id.replaceAll("'", "''"))}')`;
        for (const path of isSegment(id) ? [segment, parentheses] : [parentheses]) {
          const { status, json } = await service.send('GET', path);
          expect([status, json.id]).toEqual([200, id]);
        }
      }),
      RUNS,
    );
  });

  it('has after an update what was given last', async () => {
    await assert(
      asyncProperty(audit, optional, async (given, changes) => {
        const { id } = (await service.send('POST', AUDITS, { json: given })).json;
        const updated = await service.send('PATCH', `${AUDITS}/${id as string}`, { json: changes });
        expect(updated.status).toBe(200);
        const read = await service.send('GET', `${AUDITS}/${id as string}`);
        const { '@odata.context': context, ...object } = updated.json as Audit;
        expect(object).toEqual(expected({ ...given, ...changes }, id));
        expect(read.text).toBe(JSON.stringify({ '@odata.context': context, ...TYPE, ...object }));
      }),
      RUNS,
    );
  });
});
