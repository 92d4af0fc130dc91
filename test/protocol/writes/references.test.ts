import { beforeEach, describe, expect, it } from '@jest/globals';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, send } = service;
const ORDER = "Orders('1')";

beforeEach(async () => {
  await create('Customers', { ID: 'ada' }, { ID: 'bob' });
  await create('Tags', { ID: 'red' }, { ID: 'blue' }, { ID: 'green' });
  await create('Orders', { ID: '1', 'Tags@odata.bind': ["Tags('red')", "Tags('blue')"] });
});

const to = (id: string) => ({ json: { '@odata.id': id } });
const tags = async () => (await get(`${ORDER}/Tags?$orderby=ID`)).value.map(({ ID }: { ID: string }) => ID);
const customer = async () => (await get(ORDER)).CustomerID;

describe('references that foreign keys make [OData-Protocol 11.4.6]', () => {
  it('are set and removed from the dependent end', async () => {
    expect((await send('PUT', `${ORDER}/Customer/$ref`, to("Customers('ada')"))).status).toBe(204);
    expect(await customer()).toBe('ada');
    expect((await send('PUT', `${ORDER}/Customer/$ref`, to("Customers('bob')"))).status).toBe(204);
    expect(await customer()).toBe('bob');
    expect((await send('DELETE', `${ORDER}/Customer/$ref`)).status).toBe(204);
    expect(await customer()).toBe(null);
  });

  it('are added and removed from the other end', async () => {
    expect((await send('POST', "Customers('ada')/Orders/$ref", to(ORDER))).status).toBe(204);
    expect(await customer()).toBe('ada');
    expect((await send('DELETE', `Customers('ada')/Orders('1')/$ref`)).status).toBe(204);
    expect(await customer()).toBe(null);
    expect((await send('PUT', "Customers('bob')/Orders/$ref", { json: { value: [{ '@id': ORDER }] } })).status).toBe(
      204,
    );
    expect(await customer()).toBe('bob');
    expect((await send('PUT', "Customers('bob')/Orders/$ref", { json: { value: [] } })).status).toBe(204);
    expect(await customer()).toBe(null);
  });
});

describe('PUT of all references of a collection', () => {
  it('replaces them', async () => {
    const value = [{ '@odata.id': "Tags('green')" }, { '@id': "Tags('red')" }];
    expect((await send('PUT', `${ORDER}/Tags/$ref`, { json: { value } })).status).toBe(204);
    expect(await tags()).toEqual(['green', 'red']);
  });

  it.each([
    ['a single reference', { '@odata.id': "Tags('green')" }],
    ['an entity', { value: [{ ID: 'green', Name: 'x' }] }],
    ['a reference to nothing', { value: [{ '@id': "Tags('none')" }] }],
    ['the same twice', { value: [{ '@id': "Tags('red')" }, { '@id': "Tags('red')" }] }],
  ])('refuses %s', async (_, json) => {
    expect((await send('PUT', `${ORDER}/Tags/$ref`, { json })).status).toBe(400);
    expect(await tags()).toEqual(['blue', 'red']);
  });
});

it.each([
  ['a condition that does not hold', 'PUT', 'Main', 412, { 'If-Match': 'W/"9"' }],
  ['what may not be rebound', 'PUT', 'Fixed', 400, {}],
  ['POST to a single one', 'POST', 'Main', 405, {}],
  ['contained entities', 'PUT', 'Cover', 400, {}],
])('a reference is not changed: %s', async (_, method, name, status, headers) => {
  expect((await send(method, `${ORDER}/${name}/$ref`, { ...to("Tags('red')"), headers })).status).toBe(status);
  expect((await send('GET', `${ORDER}/${name}`)).status).toBe(204);
});
