import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, patch, send } = service;

async function prepare(): Promise<void> {
  await service.space.clear();
  await create('Tags', { ID: 'red' }, { ID: 'blue' });
  await create('Customers', { ID: 'ada' });
  await create('Orders', { ID: '1', CustomerID: 'ada', Lines: [{ ID: 'a' }], 'Tags@odata.bind': ["Tags('red')"] });
}

beforeEach(prepare);

const state = async () =>
  JSON.stringify([
    await get('Orders?$expand=Lines,Tags,Main,Cover,Customer'),
    await get('Tags'),
    await get('Customers'),
  ]);

const key = fc.constantFrom('1', 'a', 'red', 'blue', 'ada', 'new', '', 'ü/🙂', "it's");
const id = fc.oneof(
  fc.tuple(fc.constantFrom('Tags', 'Orders', 'Customers', 'Nothing'), key).map(([set, each]) => `${set}('${each}')`),
  fc.constantFrom('', '/', '$metadata', 'Tags', "Tags('red')/Name", 'http://other/service/Tags', "Tags('red'", '$1'),
);
const junk = fc.jsonValue({ maxDepth: 2 });
const named = <T>(names: readonly string[], value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 });

const { entity } = fc.letrec<{ entity: unknown; item: unknown; nested: unknown }>((tie) => ({
  entity: fc
    .tuple(
      named(['ID', 'CustomerID', 'Name', 'Note', 'Amount'], fc.oneof(key, fc.integer(), fc.constant(null))),
      named(['Tags', 'Lines', 'Main', 'Cover', 'Customer', 'Orders', 'Parts', 'Fixed'], tie('nested')),
      named(['Tags@delta', 'Lines@odata.delta', 'Main@delta', 'Tags@odata.bind', 'Main@odata.bind'], tie('nested')),
      named(
        ['@odata.id', '@id', '@odata.etag', '@odata.type', '@removed', '@odata.context', '$value'],
        fc.oneof(id, junk),
      ),
    )
    .map((parts) => Object.assign({}, ...parts) as object),
  item: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    id.map((each) => ({ '@id': each })),
    fc.record({ '@removed': fc.constantFrom({}, { reason: 'deleted' }, { reason: 'x' }), ID: key }),
    tie('entity'),
    junk,
  ),
  nested: fc.oneof({ depthSize: 'small' }, id, junk, tie('item'), fc.array(tie('item'), { maxLength: 3 })),
}));

/** What a client may well send. */
const tag = fc.oneof(
  fc.constantFrom('red', 'blue').map((each) => ({ '@id': `Tags('${each}')` })),
  fc.record({ ID: fc.constantFrom('red', 'blue', 'new'), Name: fc.string() }),
);
const line = fc.record({ ID: fc.constantFrom('a', 'b', 'c'), Note: fc.string() }, { requiredKeys: ['ID'] });
const removedLine = fc.constant({ '@removed': {}, ID: 'a' });
const plausible = fc.record(
  {
    ID: fc.constant('1'),
    Name: fc.string(),
    Weight: fc.constant(3),
    Tags: fc.array(tag, { maxLength: 2 }),
    Lines: fc.array(line, { maxLength: 2 }),
    Cover: line,
    Main: fc.option(tag),
    Customer: fc.option(fc.record({ ID: fc.constantFrom('ada', 'new') })),
  },
  { requiredKeys: ['ID'] },
);
const changes = fc
  .tuple(plausible, fc.array(fc.oneof(line, removedLine), { maxLength: 2 }))
  .map(([{ Lines, ...json }, delta]) => ({ ...json, 'Lines@delta': delta }));
const payload = fc.oneof(entity, plausible, changes);

const LIKELY = [200, 201, 204, 400, 404, 409, 412, 415];

describe('whatever a payload says', () => {
  let done = 0;
  beforeEach(() => void (done = 0));

  /** What is refused has changed nothing; what is done is counted, and undone for the next. */
  async function isDoneOrRefused(ask: () => ReturnType<typeof send>): Promise<void> {
    const before = await state();
    const { status, text } = await ask();
    expect([status, text, LIKELY.includes(status)]).toEqual([status, text, true]);
    if (status >= 400) {
      expect(await state()).toBe(before);
      return;
    }
    done++;
    await prepare();
  }

  it.each(['PATCH', 'PUT'])('%s of an entity does all of it or nothing, and says so', async (method) => {
    await fc.assert(
      fc.asyncProperty(payload, async (json) => {
        await isDoneOrRefused(() => send(method, "Orders('1')", { json: json as object }));
      }),
      { numRuns: 100 },
    );
    expect(done).toBeGreaterThan(0);
  });

  it('a list of changes does all of it or nothing, and says so', async () => {
    const links = fc.record({
      '@odata.context': fc.constantFrom('#Orders/$link', '#Orders/$deletedLink', '#Tags/$deletedEntity', '#x/$y'),
      source: id,
      relationship: fc.constantFrom('Tags', 'Main', 'Customer', 'Lines', 'Name', ''),
      target: id,
    });
    const value = fc.array(fc.oneof(payload, links, junk), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(value, fc.boolean(), async (list, goesOn) => {
        const headers: Record<string, string> = goesOn ? { Prefer: 'continue-on-error' } : {};
        await isDoneOrRefused(() => patch('Orders', { '@context': '#$delta', value: list }, headers));
      }),
      { numRuns: 100 },
    );
    expect(done).toBeGreaterThan(0);
  });

  it('a deep one is done or refused, and never hangs', async () => {
    const deep = (levels: number): object =>
      JSON.parse(`${'{"ID":"x","Parts":['.repeat(levels)}{"ID":"y"}${']}'.repeat(levels)}`) as object;
    expect((await patch("Orders('1')", { Lines: [deep(30)] })).status).toBe(204);
    const { status } = await send('PATCH', "Orders('1')", {
      headers: { 'Content-Type': 'application/json' },
      body: `{"Lines":[${'{"ID":"x","Parts":['.repeat(20_000)}${']}'.repeat(20_000)}]}`,
    });
    expect([400, 413]).toContain(status);
  });

  it('a long list is done at once', async () => {
    const value = Array.from({ length: 2000 }, (_, index) => ({ ID: `n${String(index)}`, Name: 'x' }));
    expect((await patch('Tags', { '@context': '#$delta', value })).status).toBe(204);
    expect((await send('GET', 'Tags/$count')).text).toBe('2002');
  });
});
