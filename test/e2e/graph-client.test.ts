import { describe, expect, it } from '@jest/globals';
import { PageIterator, ResponseType, type PageCollection } from '@microsoft/microsoft-graph-client';

import { AUDITS, DOCUMENTED_BODY, REQUIRED } from './audits.js';
import { failure, graphClient } from './graph-clients.js';
import { useService } from './start-service.js';

const service = useService();
const PATH = `/${AUDITS}`;

const client = (headers?: Record<string, string>) => graphClient(service.origin, headers);

describe('@microsoft/microsoft-graph-client', () => {
  it('creates, gets, lists, updates and deletes', async () => {
    const created = await client().api(PATH).post(JSON.parse(DOCUMENTED_BODY));
    expect(created).toMatchObject({ '@odata.type': '#microsoft.graph.remoteActionAudit', action: 'factoryReset' });

    const { '@odata.type': type, ...object } = created;
    expect(await client().api(`${PATH}/${created.id}`).get()).toEqual(created);
    expect(await client().api(`${PATH}('${created.id}')`).version('beta').get()).toEqual(created);

    const { '@odata.context': context, ...member } = object;
    const list = await client().api(PATH).get();
    expect(list['@odata.context']).toBe(context.replace('/$entity', ''));
    expect(list.value).toContainEqual({ '@odata.type': type, ...member });

    const updated = await client().api(`${PATH}/${created.id}`).patch({ actionState: 'done', userName: null });
    expect(updated).toEqual({ ...object, actionState: 'done', userName: null });

    expect(await client().api(`${PATH}/${created.id}`).delete()).toBeUndefined();
    expect(await failure(client().api(`${PATH}/${created.id}`).get())).toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  it('takes a whole object back in an update', async () => {
    const created = await client().api(PATH).post(REQUIRED);
    const read = await client().api(`${PATH}/${created.id}`).get();
    expect(
      await client()
        .api(`${PATH}/${created.id}`)
        .update({ ...read, userName: 'new' }),
    ).toEqual({
      ...read,
      userName: 'new',
    });
  });

  it('sees no body where it prefers none', async () => {
    const { id } = await client().api(PATH).post(REQUIRED);
    const sent = client().api(`${PATH}/${id}`).header('Prefer', 'return=minimal').patch({ userName: 'new' });
    expect(await sent).toBeUndefined();
  });

  it('may ask for the raw answer, and for another version of the metadata', async () => {
    const raw: Response = await client().api(PATH).responseType(ResponseType.RAW).post(REQUIRED);
    expect([raw.status, raw.headers.get('location')]).toEqual([201, expect.stringContaining(`/beta/${AUDITS}('`)]);
    const full = await client().api(PATH).header('Accept', 'application/json;odata.metadata=full').top(1).get();
    expect(full.value[0]['@odata.type']).toBe('#microsoft.graph.remoteActionAudit');
  });

  it('is told what was wrong, with code, message, ids and details', async () => {
    const error = await failure(
      client()
        .api(PATH)
        .post({ ...REQUIRED, action: 'wipe', userName: 1 }),
    );
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'BadRequest',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(error.message).toBe('2 properties are not valid: action, userName.');
    expect(Math.abs(Number(error.date) - Date.now())).toBeLessThan(24 * 3_600_000);
    expect(JSON.parse(error.body).details).toHaveLength(2);
    expect(await failure(client().api('/nowhere').get())).toMatchObject({ statusCode: 400, code: 'BadRequest' });
    expect(await failure(client().api(PATH).put({}))).toMatchObject({ statusCode: 405, code: 'MethodNotAllowed' });
    expect(await failure(client({}).api(PATH).get())).toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationToken',
      message: 'Access token is empty.',
    });
  });

  // It takes a next link over plain http for a path, and sends `/beta/http://127.0.0.1:41234/beta/…`.
  it('follows next links to the last page', async () => {
    const { value } = (await client().api(PATH).top(999).get()) as PageCollection;
    const known = new Set(value.map(({ id }) => id as string));
    const ids: string[] = [];
    for (let count = 0; count < 25; count++) ids.push((await client().api(PATH).post(REQUIRED)).id);

    const first = (await client().api(PATH).top(10).get()) as PageCollection;
    expect(first.value).toHaveLength(10);
    expect(first['@odata.nextLink']).toMatch(`${service.origin}/beta/${AUDITS}?`);
    const found: string[] = [];
    const iterator = new PageIterator(client(), first, ({ id }: { id: string }) => {
      if (!known.has(id)) found.push(id);
      return true;
    });
    await iterator.iterate();
    expect(iterator.isComplete()).toBe(true);
    expect(found).toEqual(ids);
  });
});
