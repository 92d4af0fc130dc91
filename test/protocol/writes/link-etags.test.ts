// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, patch, send } = service;
const ORDER = "Orders('1')";
const OTHER = "Orders('2')";
const [RED, BLUE] = ["Tags('red')", "Tags('blue')"];
const [ADA, BOB] = ["Customers('ada')", "Customers('bob')"];

beforeEach(async () => {
  await create('Customers', { ID: 'ada' }, { ID: 'bob' });
  await create('Tags', { ID: 'red' }, { ID: 'blue' });
  await create('Orders', { ID: '1' }, { ID: '2' });
});

const to = (id: string) => ({ json: { '@odata.id': id } });

async function etagOf(url: string): Promise<string> {
  const { status, headers } = await send('GET', url);
  const etag = headers.get('ETag');
  if (status !== 200 || etag === undefined) throw new Error(`${url}: ${String(status)} without an ETag`);
  return etag;
}

/** Of the entities that are asked for, those whose ETags the work changes. */
async function changedBy(urls: readonly string[], work: () => Promise<{ readonly status: number }>): Promise<string[]> {
  const before = await Promise.all(urls.map(etagOf));
  expect((await work()).status).toBeLessThan(300);
  const after = await Promise.all(urls.map(etagOf));
  return urls.filter((_, index) => before[index] !== after[index]);
}

const ALL = [ORDER, OTHER, RED, BLUE, ADA, BOB];

describe('the ETag of an entity stands for its links too [OData-Protocol 11.4.1.1]', () => {
  it('those that both ends have', async () => {
    expect(await changedBy(ALL, () => send('POST', `${ORDER}/Tags/$ref`, to(RED)))).toEqual([ORDER, RED]);
    expect(await changedBy(ALL, () => send('POST', `${BLUE}/Orders/$ref`, to(ORDER)))).toEqual([ORDER, BLUE]);
    expect(await changedBy(ALL, () => send('DELETE', `${ORDER}/Tags('red')/$ref`))).toEqual([ORDER, RED]);
    const json = { value: [{ '@id': RED }] };
    expect(await changedBy(ALL, () => send('PUT', `${ORDER}/Tags/$ref`, { json }))).toEqual([ORDER, RED, BLUE]);
  });

  it('and those of one end, which the other does not have', async () => {
    expect(await changedBy(ALL, () => send('PUT', `${ORDER}/Main/$ref`, to(RED)))).toEqual([ORDER]);
    expect(await changedBy(ALL, () => send('PUT', `${ORDER}/Main/$ref`, to(BLUE)))).toEqual([ORDER]);
    expect(await changedBy(ALL, () => send('DELETE', `${ORDER}/Main/$ref`))).toEqual([ORDER]);
  });

  it('and those that foreign keys make, by reference or by value', async () => {
    expect(await changedBy(ALL, () => send('PUT', `${ORDER}/Customer/$ref`, to(ADA)))).toEqual([ORDER, ADA]);
    expect(await changedBy(ALL, () => send('POST', `${BOB}/Orders/$ref`, to(ORDER)))).toEqual([ORDER, ADA, BOB]);
    expect(await changedBy(ALL, () => patch(ORDER, { CustomerID: 'ada' }))).toEqual([ORDER, ADA, BOB]);
    expect(await changedBy(ALL, () => patch(ORDER, { Name: 'x' }))).toEqual([ORDER]);
    expect(await changedBy(ALL, () => send('PUT', `${ADA}/Orders/$ref`, { json: { value: [] } }))).toEqual([
      ORDER,
      ADA,
    ]);
    expect(await changedBy(ALL, () => send('POST', 'Orders', { json: { ID: '3', CustomerID: 'bob' } }))).toEqual([BOB]);
    expect(await changedBy(ALL, () => send('DELETE', "Orders('3')"))).toEqual([BOB]);
  });

  it('whatever way they come: with a creation, an update, or related entities', async () => {
    const tagged = { ID: '4', 'Tags@odata.bind': ['Tags/red'], Customer: { ID: 'new' } };
    expect(await changedBy(ALL, () => send('POST', 'Orders', { json: tagged }))).toEqual([RED]);
    expect(await changedBy([ORDER, RED], () => patch(ORDER, { 'Main@odata.bind': 'Tags/red' }))).toEqual([ORDER]);
    const further = { Tags: [{ '@id': RED }, { ID: 'green' }] };
    expect(await changedBy(ALL, () => patch(ORDER, further))).toEqual([ORDER, RED]);
    expect(await changedBy(ALL, () => send('POST', `${RED}/Orders`, { json: { ID: '5' } }))).toEqual([RED]);
  });

  it('what is there already, or contained, changes no other', async () => {
    await send('POST', `${ORDER}/Tags/$ref`, to(RED));
    expect(await changedBy(ALL, () => send('POST', `${ORDER}/Tags/$ref`, to(RED)))).toEqual([]);
    expect(await changedBy(ALL, () => send('POST', `${ORDER}/Lines`, { json: { ID: 'a' } }))).toEqual([]);
  });

  it('and an entity that goes takes its links with it', async () => {
    await send('POST', `${ORDER}/Tags/$ref`, to(RED));
    await send('PUT', `${OTHER}/Main/$ref`, to(RED));
    expect(await changedBy([ORDER, OTHER, BLUE], () => send('DELETE', RED))).toEqual([ORDER, OTHER]);
  });

  it('the answer to a write tells the ETag that holds', async () => {
    const json = { ID: '6', 'Tags@odata.bind': ['Tags/red'], 'Customer@odata.bind': 'Customers/ada' };
    const created = await send('POST', 'Orders', { json });
    expect(created.json['@odata.etag']).toBe(await etagOf("Orders('6')"));
    const through = await send('POST', `${RED}/Orders`, { json: { ID: '7' } });
    expect(through.json['@odata.etag']).toBe(await etagOf("Orders('7')"));
    const changed = await patch(ORDER, { Tags: [{ '@id': RED }] });
    expect(changed.headers.get('ETag')).toBe(await etagOf(ORDER));
  });
});

describe('references under If-Match of their source', () => {
  const WRITERS = Array.from({ length: 12 }, (_, index) => `w${String(index)}`);
  const ways = [
    ['all of a collection', 'PUT', `${ORDER}/Tags/$ref`, (id: string) => ({ value: [{ '@id': `Tags('${id}')` }] })],
    ['one more', 'POST', `${ORDER}/Tags/$ref`, (id: string) => ({ '@id': `Tags('${id}')` })],
    ['a single one', 'PUT', `${ORDER}/Main/$ref`, (id: string) => ({ '@id': `Tags('${id}')` })],
  ] as const;

  it.each(ways)('of many writers of %s one wins, and the others lose nothing of it', async (_, method, url, body) => {
    await create('Tags', ...WRITERS.map((ID) => ({ ID })));
    const headers = { 'If-Match': await etagOf(ORDER) };
    const answers = await Promise.all(WRITERS.map((id) => send(method, url, { json: body(id), headers })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, ...Array(11).fill(412)]);
    const winner = WRITERS[answers.findIndex(({ status }) => status === 204)]!;
    const { text } = await send('GET', url);
    expect(WRITERS.filter((id) => text.includes(`Tags('${id}')`))).toEqual([winner]);
  });

  it('of the principal too, whose list others change by foreign keys', async () => {
    const headers = { 'If-Match': await etagOf(ADA) };
    const json = { value: [{ '@id': OTHER }] };
    const answers = await Promise.all([
      send('PUT', `${ADA}/Orders/$ref`, { json, headers }),
      patch(ORDER, { CustomerID: 'ada' }),
    ]);
    const { json: found } = await send('GET', `${ADA}/Orders?$orderby=ID`);
    const ids = found.value.map(({ ID }: { ID: string }) => ID);
    expect(answers[1]!.status).toBe(204);
    expect(ids).toEqual(answers[0]!.status === 204 ? ['1', '2'] : ['1']);
    expect([204, 412]).toContain(answers[0]!.status);
  });

  it('without conditions none is lost', async () => {
    await create('Tags', ...WRITERS.map((ID) => ({ ID })));
    const answers = await Promise.all(WRITERS.map((id) => send('POST', `${ORDER}/Tags/$ref`, to(`Tags('${id}')`))));
    expect(answers.map(({ status }) => status)).toEqual(WRITERS.map(() => 204));
    const { json } = await send('GET', `${ORDER}/Tags/$ref`);
    expect(json.value).toHaveLength(WRITERS.length);
  });
});
