import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { odataProfile, type Profile } from '../../../src/protocol/index.js';

import { useLibrary, type Library } from './library.js';
import { partsOf, sendMultipart, type Part, type PartAnswer } from './send-multipart.js';

const book = (id: string) => `POST Books\n{"ID":"${id}","Title":"${id}"}`;
const MISSING = "GET Books('none')";

async function statuses(library: Library, parts: readonly Part[], headers: Record<string, string> = {}) {
  const answered = await sendMultipart(library, parts, headers);
  expect([answered.status, answered.text]).toEqual([200, expect.anything()]);
  const statusOf = ({ id, status }: PartAnswer) => (id === undefined ? `${status}` : `${id}: ${status}`);
  return partsOf(answered).map((part) => (Array.isArray(part) ? part.map(statusOf) : statusOf(part)));
}

/** The plain profile with other rules for batches. */
const withRules = (rules: Partial<Profile['batch']>) => ({ profile: { batch: { ...odataProfile.batch, ...rules } } });

// [OData-Protocol 11.7.7.5]
describe('the answer to a multipart batch', () => {
  const library = useLibrary();

  it('has the same parts', async () => {
    const parts = [book('a'), ['1: PATCH /Books(\'a\')\n{"Title":"b"}', `2: ${book('c')}`], '3: GET /library/Books'];
    const answered = await sendMultipart(library, parts);
    expect(answered.headers.get('Content-Type')).toMatch(/^multipart\/mixed; boundary=batch_[\da-f-]{36}$/);
    expect(answered.headers.get('OData-Version')).toBe('4.0');
    const [first, second, third] = partsOf(answered) as [PartAnswer, PartAnswer[], PartAnswer];
    expect(first).toMatchObject({ status: 201, headers: { location: "http://host/library/Books('a')" } });
    expect(first).not.toHaveProperty('id');
    expect(second).toMatchObject([
      { id: '1', status: 204, text: '' },
      { id: '2', status: 201, text: expect.stringContaining('"Title":"c"') },
    ]);
    expect(JSON.parse(third.text).value).toMatchObject([{ Title: 'b' }, { Title: 'c' }]);
    expect(third.headers['content-length']).toBe(String(third.text.length));
  });

  it('has no body for HEAD', async () => {
    const [part] = partsOf(await sendMultipart(library, ['HEAD Books']));
    expect(part).toMatchObject({ status: 200, text: '' });
  });

  it('may be JSON, with the same order', async () => {
    const parts = ['GET Books', [`x: ${book('a')}`], [`y: ${book('a')}`]];
    const { json } = await sendMultipart(library, parts, { Accept: 'application/json', Prefer: 'continue-on-error' });
    expect(json.responses).toMatchObject([
      { status: 200, body: { value: [] } },
      { id: 'x', atomicityGroup: 'changeset_1', status: 201 },
      { id: 'y', atomicityGroup: 'changeset_2', status: 409 },
    ]);
    expect(json.responses[0]).not.toHaveProperty('id');
  });
});

// [OData-Protocol 11.7.7.4, 8.2.8.3]
describe('requests of a multipart batch', () => {
  const library = useLibrary();
  const going = useLibrary(withRules({ multipartGoesOn: true }));

  it('end with a failure', async () => {
    expect(await statuses(library, [book('a'), MISSING, book('b')])).toEqual(['201', '404']);
    expect(await statuses(library, [[book('a')], book('b')])).toEqual(['409']);
    expect(await library.titles()).toEqual(['a']);
  });

  it.each(['continue-on-error', 'odata.continue-on-error=true'])('go on with %s', async (Prefer) => {
    expect(await statuses(library, [MISSING, book('a')], { Prefer })).toEqual(['404', '201']);
  });

  it('go on where the service is made so, but for clients that do not want it', async () => {
    expect(await statuses(going, [MISSING, book('a')])).toEqual(['404', '201']);
    expect(await statuses(going, [MISSING, book('b')], { Prefer: 'continue-on-error=false' })).toEqual(['404']);
  });

  it('say whether they went on', async () => {
    const headers = { Prefer: 'continue-on-error', 'OData-MaxVersion': '4.01' };
    const answered = await sendMultipart(library, [MISSING], headers);
    expect(answered.headers.get('Preference-Applied')).toBe('continue-on-error=true');
  });

  it('may have their Content-ID among the headers of the request', async () => {
    const answered = await library.send('POST', '$batch', {
      headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
      body: '--b\nContent-Type: application/http\n\nGET Books HTTP/1.1\nContent-ID: x\n\n\n--b--',
    });
    expect(partsOf(answered)).toMatchObject([{ id: 'x', status: 200 }]);
  });
});

// [OData-Protocol 11.7.7.4, 11.7.7.5]
describe('a change set', () => {
  const library = useLibrary();
  const each = useLibrary(withRules({ failedChangeSet: 'each', readsInChangeSets: true }));

  it('that fails is answered with one error, and leaves nothing behind', async () => {
    await library.send('POST', 'Books', { body: { ID: 'z', Title: 'z' } });
    const set = [
      `1: ${book('a')}`,
      '2: PATCH Books(\'z\')\n{"Title":"new"}',
      "3: DELETE Books('none')",
      `4: ${book('b')}`,
    ];
    expect(await statuses(library, [set])).toEqual(['3: 404']);
    expect(await library.titles()).toEqual(['z']);
  });

  it('that fails is answered request by request where the service is made so', async () => {
    const set = [`1: ${book('a')}`, "2: DELETE Books('none')", `3: ${book('b')}`];
    expect(await statuses(each, [set])).toEqual([['1: 424', '2: 404', '3: 424']]);
    expect(await each.titles()).toEqual([]);
  });

  it('sees its own changes, and nobody else sees half of them', async () => {
    const set = [
      `1: ${book('a')}`,
      '2: GET $1',
      '3: GET Books/$count',
      '4: PATCH $1\n{"Title":"b"}',
      '5: GET /$1/Title/$value',
    ];
    const [answers] = partsOf(await sendMultipart(each, [set])) as [PartAnswer[]];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 204, 200]);
    expect([answers[2]!.text, answers[4]!.text]).toEqual(['1', 'b']);
    const [, count] = await Promise.all([
      sendMultipart(each, [[book('x'), book('y'), book('x')]]),
      each.send('GET', 'Books/$count'),
    ]);
    expect(count.text).toBe('1');
  });

  it('must not contain reads unless the service is made so', async () => {
    expect(await statuses(library, [[`1: ${book('a')}`, '2: GET $1']])).toEqual(['2: 400']);
    expect(await library.titles()).toEqual([]);
  });

  it('fails where an identifier is used twice', async () => {
    expect(await statuses(each, [[`1: ${book('a')}`, `1: ${book('b')}`]])).toEqual([['1: 424', '1: 400']]);
    expect(await statuses(each, [`1: ${book('a')}`, `1: ${book('b')}`])).toEqual(['1: 201', '1: 400']);
    expect(await each.titles()).toEqual(['a']);
  });

  it('may be empty', async () => {
    expect(await statuses(library, [[], 'GET Books'])).toEqual([[], '200']);
  });

  it('leaves a failed multipart answer and the next change set alone', async () => {
    const headers = { Prefer: 'continue-on-error' };
    expect(
      await statuses(
        library,
        [
          [book('a'), book('a')],
          [book('a'), book('b')],
        ],
        headers,
      ),
    ).toEqual(['409', ['201', '201']]);
    expect(await library.titles()).toEqual(['a', 'b']);
  });

  it('is all or nothing, whatever it contains', async () => {
    const request = fc
      .constantFrom('a', 'b', 'c')
      .chain((id) =>
        fc.constantFrom(book(id), `PATCH Books('${id}')\n{"Title":"${id}${id}"}`, `DELETE Books('${id}')`),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 5 }), async (set) => {
        const before = await library.titles();
        const [answer] = await statuses(library, [set]);
        if (Array.isArray(answer)) expect(answer.every((status) => status.startsWith('2'))).toBe(true);
        else expect(await library.titles()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a multipart batch that is refused', () => {
  const library = useLibrary({ profile: { limits: { ...odataProfile.limits, maxBatch: 2 } } });

  it.each<[string, string, string]>([
    ['without a boundary', 'multipart/mixed', '--b--'],
    ['with an empty boundary', 'multipart/mixed; boundary=""', '----'],
    ['with another boundary', 'multipart/mixed; boundary=a', '--b\n\n--b--'],
    ['with nonsense', 'multipart/mixed; boundary=b', '--b\nINVALID CONTENT\n--b--'],
    ['with a part of another type', 'multipart/mixed; boundary=b', '--b\nContent-Type: text/plain\n\nGET A\n--b--'],
    ['with a part of no type', 'multipart/mixed; boundary=b', '--b\n\nGET A HTTP/1.1\n--b--'],
    [
      'with a change set in a change set',
      'multipart/mixed; boundary=b',
      '--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: multipart/mixed; boundary=d\n\n--d--\n--c--\n--b--',
    ],
  ])('%s', async (_name, contentType, body) => {
    const { status, json } = await library.send('POST', '$batch', { headers: { 'Content-Type': contentType }, body });
    expect(status).toBe(400);
    expect(json.error.message).toMatch(/\w/);
  });

  it.each<[string, Part[]]>([
    ['with too many requests', ['GET Books', 'GET Books', 'GET Books']],
    ['with too many requests in change sets', [['GET Books', 'GET Books'], ['GET Books']]],
  ])('%s', async (_name, parts) => {
    expect(await sendMultipart(library, parts)).toMatchObject({ status: 400 });
  });
});
