import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Answered } from '../service-in-test.js';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, patch, send } = service;
const WRITERS = Array.from({ length: 20 }, (_, index) => index);
const ORDER = "Orders('1')";

const statuses = (answers: readonly Answered[]) => answers.map(({ status }) => status).toSorted();
const many = (work: (index: number) => Promise<Answered>) => Promise.all(WRITERS.map(work));

beforeEach(async () => {
  await create('Customers', { ID: 'ada' });
  await create('Tags', ...WRITERS.map((index) => ({ ID: `t${String(index)}` })));
  await create('Orders', { ID: '1', Weight: 0 });
});

describe('writers of one entity', () => {
  it('come one after another, and lose nothing of each other', async () => {
    const changes = [
      { Name: 'a' },
      { Weight: 5 },
      { Place: { City: 'x', Zip: 1 } },
      { Words: ['w'] },
      { CustomerID: 'ada' },
    ];
    const answers = await Promise.all(changes.map((change) => patch(ORDER, change)));
    expect(statuses(answers)).toEqual(changes.map(() => 204));
    expect(await get(ORDER)).toMatchObject(Object.assign({}, ...changes));
  });

  it('under If-Match: one of them wins', async () => {
    const answers = await many((index) => patch(ORDER, { Weight: index }, { 'If-Match': 'W/"1"' }));
    expect(statuses(answers)).toEqual([204, ...Array(19).fill(412)]);
  });

  it('of single properties lose none', async () => {
    const properties = ['Name', 'Words', 'Places', 'Place', 'Bytes'];
    const values = { Name: 'n', Words: ['w'], Places: [], Place: { City: 'x', Zip: 1 }, Bytes: 'AAAA' };
    const answers = await Promise.all(
      properties.map((name) => send('PUT', `${ORDER}/${name}`, { json: { value: values[name as 'Name'] } })),
    );
    expect(statuses(answers)).toEqual(properties.map(() => 204));
    expect(await get(ORDER)).toMatchObject({ Name: 'n', Words: ['w'], Place: { Zip: 1 }, Bytes: 'AAAA' });
  });

  it('that create it: one creates, the others change or are told', async () => {
    const answers = await many((index) => send('PUT', "Orders('new')", { json: { Name: String(index) } }));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(statuses(answers).every((status) => [201, 204, 409].includes(status))).toBe(true);
  });

  it('under If-None-Match: *, one of them creates', async () => {
    const headers = { 'If-None-Match': '*' };
    const answers = await many((index) => send('PUT', "Orders('new')", { json: { Weight: index }, headers }));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(statuses(answers).every((status) => [201, 409, 412].includes(status))).toBe(true);
  });

  it('that delete it: one does', async () => {
    const answers = await many(() => send('DELETE', ORDER));
    expect(statuses(answers)).toEqual([204, ...Array(19).fill(404)]);
  });

  it('that replace its related entities leave those of one of them', async () => {
    const answers = await many((index) => patch(ORDER, { Tags: [{ '@id': `Tags('t${String(index)}')` }] }));
    expect(statuses(answers)).toEqual(WRITERS.map(() => 204));
    expect((await get(`${ORDER}/Tags`)).value).toHaveLength(1);
  });

  it('that set its single reference leave one', async () => {
    const answers = await many((index) => {
      const json = { '@odata.id': `Tags('t${String(index)}')` };
      return send('PUT', `${ORDER}/Main/$ref`, { json });
    });
    expect(statuses(answers)).toEqual(WRITERS.map(() => 204));
    const removals = await many(() => send('DELETE', `${ORDER}/Main/$ref`));
    expect(statuses(removals)).toEqual([204, ...Array(19).fill(404)]);
  });

  it('that add members add all', async () => {
    const answers = await many((index) => {
      const item = index % 2 === 0 ? { '@id': `Tags('t${String(index)}')` } : { ID: `new${String(index)}` };
      return patch(ORDER, { 'Tags@delta': [item], 'Lines@delta': [{ ID: `l${String(index)}` }] });
    });
    expect(statuses(answers)).toEqual(WRITERS.map(() => 204));
    const order = await get(`${ORDER}?$expand=Tags,Lines`);
    expect([order.Tags.length, order.Lines.length]).toEqual([20, 20]);
  });
});

describe('writers of several entities', () => {
  it('in opposite orders get in no one’s way for good', async () => {
    const value = WRITERS.map((index) => ({ ID: `t${String(index)}`, Name: 'x' }));
    const lists = [value, value.toReversed(), value, value.toReversed()];
    const answers = await Promise.all(lists.map((each) => patch('Tags', { '@context': '#$delta', value: each })));
    expect(statuses(answers)).toEqual([204, 204, 204, 204]);
  });

  it('create none for what is being deleted', async () => {
    for (let round = 0; round < 5; round++) {
      await send('PUT', "Customers('gone')", { json: {} });
      const orders = WRITERS.map((index) => ({ ID: `${String(round)}-${String(index)}`, CustomerID: 'gone' }));
      await Promise.all([
        ...orders.map((json) => send('POST', 'Orders', { json })),
        send('DELETE', "Customers('gone')"),
      ]);
      expect((await get("Orders?$filter=CustomerID eq 'gone'")).value).toEqual([]);
    }
  });
});
