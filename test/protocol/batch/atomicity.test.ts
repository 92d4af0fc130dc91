import { describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../../src/behavior/index.js';
import type { Space } from '../../../src/store/index.js';

import { useLibrary } from './library.js';

const database = process.env['MOCKGRAPH_POSTGRES'];

const book = (id: string, group = 'g') => ({
  id,
  method: 'post',
  url: 'Books',
  atomicityGroup: group,
  body: { ID: id, Title: id },
});

function statuses({ json }: { json: { responses: { status: number; atomicityGroup?: string }[] } }): number[] {
  return json.responses.map(({ status }) => status);
}

/** A space whose first `failures` transactions end as those do that others got in the way of. */
function transient(space: Space, failures: { left: number; readonly seen: number[] }): Space {
  return new Proxy(space, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (name !== 'write') return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      const write: Space['write'] = async (work) => {
        for (;;) {
          try {
            return await target.write(async (unit) => {
              const result = await work(unit);
              failures.seen.push(failures.left);
              if (failures.left-- > 0) throw new TransientFault();
              return result;
            });
          } catch (error) {
            if (!(error instanceof TransientFault)) throw error;
          }
        }
      };
      return write;
    },
  });
}

class TransientFault extends Error {}

// [OData-JSON 19.5, 19.6]
describe('an atomicity group', () => {
  const library = useLibrary({ database });

  it('is one transaction', async () => {
    const requests = [
      book('a'),
      { ...book('b'), url: 'Books' },
      { id: '3', method: 'get', url: 'Books/$count', dependsOn: ['g'] },
    ];
    const answered = await library.send('POST', '$batch', { body: { requests } });
    expect(statuses(answered)).toEqual([201, 201, 200]);
    expect(answered.json.responses).toMatchObject([{ atomicityGroup: 'g' }, { atomicityGroup: 'g' }, { body: '2' }]);
  });

  it('fails as a whole, and so does what depends on it', async () => {
    const requests = [
      book('a'),
      { ...book('b'), url: 'Nowhere' },
      book('c'),
      book('d', 'h'),
      { ...book('e', 'i'), dependsOn: ['g'] },
      { ...book('f', 'i') },
      { id: 'x', method: 'get', url: 'Books/$count', dependsOn: ['a'] },
      { id: 'y', method: 'get', url: '$a' },
    ];
    const answered = await library.send('POST', '$batch', { body: { requests } });
    expect(statuses(answered)).toEqual([424, 404, 424, 201, 424, 424, 424, 424]);
    expect(await library.titles()).toEqual(['d']);
  });

  it('may read, also through a stream of many rows', async () => {
    for (let index = 0; index < 30; index++)
      await library.send('POST', 'Books', { body: { ID: `${index}`, Title: `${index}` } });
    const read = { id: 'r', method: 'get', url: 'Books?$count=true', atomicityGroup: 'g' };
    const { json } = await library.send('POST', '$batch', { body: { requests: [book('a'), read] } });
    expect(json.responses[1].body['@odata.count']).toBe(31);
  });

  it('does not wait for itself while others write', async () => {
    const batches = Array.from({ length: 8 }, (_, index) =>
      library.send('POST', '$batch', {
        body: { requests: [book(`a${index}`), book(`b${index}`), { ...book(`c${index % 2}`) }] },
      }),
    );
    const answers = await Promise.all(batches);
    const successes = answers.filter((answer) => statuses(answer).every((status) => status === 201)).length;
    expect(successes).toBe(2);
    expect(await library.titles()).toHaveLength(6);
  });

  it('is ordered with others that want the same in another order, or refused, but never broken', async () => {
    for (const id of ['a', 'b']) await library.send('POST', 'Books', { body: { ID: id, Title: '0' } });
    const patch = (id: string, title: string) => ({
      id,
      method: 'patch',
      url: `Books('${id}')`,
      atomicityGroup: 'g',
      body: { Title: title },
    });
    for (let round = 1; round <= 3; round++) {
      const sets = ['a', 'b'].map((first) => [
        patch(first, `${round}${first}`),
        patch(first === 'a' ? 'b' : 'a', `${round}${first}`),
      ]);
      const answers = await Promise.all(sets.map((requests) => library.send('POST', '$batch', { body: { requests } })));
      const results = answers.map(statuses);
      expect(results.flat().filter((status) => status >= 500)).toEqual([]);
      expect(results).toContainEqual([204, 204]);
      const [one, other] = await library.titles();
      expect(one).toBe(other);
    }
  });
});

describe('a fault', () => {
  const faulty = useLibrary({
    database,
    behaviors: [
      defineBehavior({
        create: {
          'library.Book': async (event, next) => {
            const row = await next();
            if (event.document['Title'] === 'bad') throw new TypeError('a bug');
            return row;
          },
        },
      }),
    ],
  });

  it('in one request leaves nothing of its group', async () => {
    const requests = [book('a'), { ...book('b'), body: { ID: 'b', Title: 'bad' } }];
    const answered = await faulty.send('POST', '$batch', { body: { requests } });
    expect(statuses(answered)).toEqual([424, 500]);
    expect(await faulty.titles()).toEqual([]);
  });

  const failures = { left: 0, seen: [] as number[] };
  const retried = useLibrary({ database, wrap: (space) => transient(space, failures) });

  it('of the database, that passes, is not seen', async () => {
    failures.left = 2;
    const requests = [book('a'), { id: 'r', method: 'get', url: '$a/Title', atomicityGroup: 'g' }];
    const answered = await retried.send('POST', '$batch', { body: { requests } });
    expect(statuses(answered)).toEqual([201, 200]);
    expect(failures.seen).toEqual([2, 1, 0]);
    expect(await retried.titles()).toEqual(['a']);
  });

  const lost = useLibrary({
    database,
    wrap: (space) =>
      new Proxy(space, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name, target);
          if (name === 'write')
            return (work: Parameters<Space['write']>[0]) =>
              target.write(work).then(() => Promise.reject(new Error('gone')));
          return typeof member === 'function' ? (member.bind(target) as unknown) : member;
        },
      }),
  });

  it('at the end of the transaction is the answer to every request', async () => {
    const answered = await lost.send('POST', '$batch', { body: { requests: [book('a'), book('b')] } });
    expect(statuses(answered)).toEqual([500, 500]);
  });
});
