import { describe, expect, it } from '@jest/globals';

import { useLibrary } from './library.js';

const library = useLibrary();
const other = useLibrary();

interface Response {
  readonly status: number;
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any
}

async function responses(requests: readonly object[]): Promise<Response[]> {
  const { json } = await library.send('POST', '$batch', { body: { requests } });
  return json.responses as Response[];
}

const author = (id: string, ID = id) => ({ id, method: 'post', url: 'Authors', body: { ID, Name: ID } });
const book = (id: string, body: object = {}) => ({
  id,
  method: 'post',
  url: 'Books',
  body: { ID: id, Title: id, ...body },
});
const get = (id: string, url: string, more: object = {}) => ({ id, method: 'get', url, ...more });

// [OData-Protocol 11.7.4]
describe('a reference to an entity of the same batch', () => {
  it.each(['$a', '/$a', '%24a', '/library/$a', 'http://host/library/$a'])('may stand in a URL: %s', async (url) => {
    const [, read, navigated] = await responses([
      author('a', '1'),
      get('2', `${url}?$select=Name`),
      get('3', `${url}/Name`),
    ]);
    expect(read).toMatchObject({ status: 200, body: { Name: '1' } });
    expect(navigated).toMatchObject({ status: 200, body: { value: '1' } });
  });

  it('may be to an entity that was read or changed', async () => {
    await library.send('POST', 'Authors', { body: { ID: 'x', Name: 'n' } });
    const answers = await responses([
      get('1', "Authors('x')?$select=ID"),
      { id: '2', method: 'patch', url: '$1', body: { Name: 'm' } },
      get('3', '$2/Name'),
    ]);
    expect(answers[2]).toMatchObject({ status: 200, body: { value: 'm' } });
  });

  it.each<[string, object]>([
    ['as the id of an entity to bind', { 'Author@odata.bind': '$a' }],
    ['with a slash', { 'Author@odata.bind': '/$a' }],
    ['as a reference', { Author: { '@odata.id': '$a' } }],
  ])('may stand in a body %s', async (_name, members) => {
    const [, created, read] = await responses([author('a', '1'), book('b', members), get('3', '$b/Author')]);
    expect(created).toMatchObject({ status: 201 });
    expect(read).toMatchObject({ status: 200, body: { ID: '1' } });
  });

  it('may stand in a body with others', async () => {
    const bound = { ...author('a', '1'), body: { ID: '1', Name: 'n', 'Books@odata.bind': ['$b', "Books('c')", '$c'] } };
    const answers = await responses([book('b'), book('c'), bound, get('4', '$a/Books?$orderby=ID&$select=ID')]);
    expect(answers[3]!.body.value).toMatchObject([{ ID: 'b' }, { ID: 'c' }]);
  });

  it('may be added to a collection', async () => {
    const link = { id: '3', method: 'post', url: '$a/Books/$ref', body: { '@odata.id': '$b' } };
    const answers = await responses([author('a'), book('b'), link, get('4', '$a/Books/$count')]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 204, 200]);
    expect(answers[3]!.body).toBe('1');
  });

  it('leaves all other text alone', async () => {
    const [, created] = await responses([author('a'), book('b', { Title: '$a' })]);
    expect(created).toMatchObject({ status: 201, body: { Title: '$a' } });
  });

  it.each<[string, object[], number]>([
    ['one that failed', [get('1', "Books('none')"), get('2', '$1/Title')], 424],
    ['one that comes later', [get('1', '$2'), book('2')], 400],
    ['one that deleted its entity', [book('b'), { id: '2', method: 'delete', url: '$b' }, get('3', '$2')], 400],
    ['a failed one in a body', [get('1', "Authors('none')"), book('2', { 'Author@odata.bind': '$1' })], 424],
    ['an unknown one in a body', [book('2', { 'Author@odata.bind': '$1' })], 400],
  ])('fails where it is to %s', async (_name, requests, status) => {
    const answers = await responses(requests);
    const failing = requests.length === 2 && status === 400 ? answers[0] : answers.at(-1);
    expect(failing!.status).toBe(status);
  });

  it('fails where it is to none', async () => {
    const [answer] = await responses([get('1', '$99/Title')]);
    expect([400, 404]).toContain(answer!.status);
  });

  it('is none where a resource has that name', async () => {
    const answers = await responses([{ ...book('metadata') }, get('2', '$metadata')]);
    expect(answers[1]).toMatchObject({ status: 200, body: Buffer.from('<edmx/>').toString('base64url') });
  });
});

// [OData-Protocol 11.7.5]
describe('a reference to an ETag of the same batch', () => {
  const patch = (id: string, header: string) => ({
    id,
    method: 'patch',
    url: "Books('b')",
    headers: { [header]: '$1' },
    body: { Title: id },
  });

  it('is a condition', async () => {
    await library.send('POST', 'Books', { body: { ID: 'b', Title: 't' } });
    const answers = await responses([
      get('1', "Books('b')"),
      patch('2', 'If-Match'),
      patch('3', 'if-match'),
      patch('4', 'If-None-Match'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 412, 204]);
  });

  it('fails where there is none', async () => {
    const answers = await responses([get('1', 'Books'), patch('2', 'If-Match')]);
    expect(answers[1]!.status).toBe(400);
  });
});

describe('identifiers', () => {
  it('belong to one batch', async () => {
    await responses([author('a')]);
    const { json } = await other.send('POST', '$batch', { body: { requests: [get('1', '$a')] } });
    expect(json.responses[0].status).toBeGreaterThanOrEqual(400);
  });
});
