import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../../src/behavior/index.js';
import { odataProfile } from '../../../src/protocol/index.js';
import { ROOT, useLibrary, type Answered, type Library } from '../batch/library.js';

const ASYNC = { Prefer: 'respond-async' };

/** Creates of books wait here until they are let go. */
class Gate {
  readonly #waiting: (() => void)[] = [];

  pass(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async open(): Promise<void> {
    while (this.#waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    this.#waiting.shift()!();
  }
}

const gate = new Gate();
let now = 0;
const library = useLibrary({
  clock: () => new Date(now),
  behaviors: [
    defineBehavior({
      create: {
        'library.Book': async (_event, next) => {
          await gate.pass();
          return next();
        },
      },
    }),
  ],
});

const book = (id: string) => ({ ID: id, Title: id });

function monitorOf({ headers }: Answered): string {
  return headers.get('Location')!.slice(ROOT.length + 1);
}

/** Asks the status monitor until the work is done. */
async function result(of: Library, answered: Answered, headers: Record<string, string> = {}): Promise<Answered> {
  for (;;) {
    const monitored = await of.send('GET', monitorOf(answered), { headers });
    if (monitored.status !== 202) return monitored;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

// [OData-Protocol 11.6, 8.2.8.8, 8.3.1]
describe('a request that is answered in the background', () => {
  it('is accepted, then under way, then done', async () => {
    const accepted = await library.send('POST', 'Books', { headers: ASYNC, body: book('a') });
    expect(accepted).toMatchObject({ status: 202, text: '' });
    expect(Object.fromEntries(accepted.headers)).toEqual({
      Location: expect.stringMatching(/^http:\/\/host\/library\/\$async\/jobs\/[\da-f-]{36}$/),
      'Retry-After': '1',
      'Preference-Applied': 'respond-async',
      'OData-Version': '4.0',
      Vary: 'Accept, OData-MaxVersion, Prefer',
    });
    const running = await library.send('GET', monitorOf(accepted));
    expect([running.status, running.headers.get('Location')]).toEqual([202, accepted.headers.get('Location')]);
    await gate.open();
    const done = await result(library, accepted);
    expect([done.status, done.headers.get('AsyncResult'), done.json.Title]).toEqual([200, '201', 'a']);
    expect(done.headers.get('Location')).toBe(`${ROOT}/Books('a')`);
    expect(await library.titles()).toEqual(['a']);
    expect((await result(library, accepted)).text).toBe(done.text);
  });

  it('may have a compressed body', async () => {
    const headers = { ...ASYNC, 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const accepted = await library.send('POST', 'Books', { headers, body: gzipSync(JSON.stringify(book('a'))) });
    await gate.open();
    expect((await result(library, accepted)).headers.get('AsyncResult')).toBe('201');
  });

  it('may end with an error', async () => {
    const done = await result(library, await library.send('GET', "Books('none')", { headers: ASYNC }));
    expect([done.status, done.headers.get('AsyncResult'), done.json.error.code]).toEqual([200, '404', 'NotFound']);
  });

  it('may end without content', async () => {
    await library.send('POST', 'Authors', { body: { ID: 'a' } });
    const done = await result(library, await library.send('DELETE', "Authors('a')", { headers: ASYNC }));
    expect([done.status, done.headers.get('AsyncResult'), done.text]).toEqual([200, '204', '']);
  });

  it('is an HTTP message for clients that want one', async () => {
    const accepted = await library.send('GET', "Books('none')", { headers: ASYNC });
    for (const headers of [{ Accept: 'text/html, application/http;q=0.5' }, { 'OData-MaxVersion': '4.0' }]) {
      const done = await result(library, accepted, headers as Record<string, string>);
      expect([done.status, done.headers.get('Content-Type')]).toEqual([200, 'application/http']);
      expect(done.headers.has('AsyncResult')).toBe(false);
      expect(done.text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n(.+\r\n)+\r\n\{"error"/);
    }
  });

  it('names the result in the versions that the service says', async () => {
    const accepted = await later.send('GET', 'Books', { headers: ASYNC });
    const headers = (version: string) => ({ 'OData-MaxVersion': version, Accept: 'application/json' });
    const [old, present] = [
      await result(later, accepted, headers('4.0')),
      await result(later, accepted, headers('4.01')),
    ];
    expect([old.headers.get('AsyncResult'), old.headers.get('OData-Version')]).toEqual([undefined, '4.0']);
    expect([present.headers.get('AsyncResult'), present.headers.get('OData-Version')]).toEqual(['200', '4.01']);
  });

  it('has the version that it was asked for in, where the monitor is asked for none', async () => {
    for (const [version, status] of [
      ['4.01', '200'],
      ['4.0', undefined],
    ] as const) {
      const accepted = await later.send('GET', 'Books', { headers: { ...ASYNC, 'OData-MaxVersion': version } });
      const done = await result(later, accepted, { Accept: 'application/json' });
      expect([done.headers.get('AsyncResult'), done.headers.get('OData-Version')]).toEqual([status, version]);
    }
  });

  it('leaves nothing behind once it is cancelled', async () => {
    const accepted = await library.send('POST', 'Books', { headers: ASYNC, body: book('a') });
    expect((await library.send('DELETE', monitorOf(accepted))).status).toBe(204);
    expect((await library.send('GET', monitorOf(accepted))).status).toBe(404);
    await gate.open();
    await library.space.write(async () => {});
    expect(await library.titles()).toEqual([]);
  });

  it('is forgotten when it is deleted, or after some time', async () => {
    const [first, second] = [
      await library.send('GET', 'Books', { headers: ASYNC }),
      await library.send('GET', 'Books', { headers: ASYNC }),
    ];
    await result(library, first);
    await result(library, second);
    expect((await library.send('DELETE', monitorOf(first))).status).toBe(204);
    expect((await library.send('GET', monitorOf(first))).status).toBe(404);
    now += odataProfile.limits.maxJobSeconds * 1000;
    expect(await library.send('GET', monitorOf(second))).toMatchObject({ status: 404 });
    expect(await library.send('DELETE', monitorOf(second))).toMatchObject({ status: 404 });
  });

  it('has a monitor that nothing else can be done with', async () => {
    const accepted = await library.send('GET', 'Books', { headers: ASYNC });
    const answered = await library.send('POST', monitorOf(accepted), { body: {} });
    expect([answered.status, answered.headers.get('Allow')]).toEqual([405, 'GET, HEAD, DELETE']);
    expect((await library.send('GET', monitorOf(accepted).replace('$', '%24'))).status).toBeLessThan(300);
    expect((await library.send('GET', '$async/jobs/none')).status).toBe(404);
  });

  it('is refused before it begins where its body is too large', async () => {
    const body = { ...book('a'), Title: 'x'.repeat(odataProfile.limits.maxBody) };
    expect((await library.send('POST', 'Books', { headers: ASYNC, body })).status).toBe(413);
  });
});

const later = useLibrary({ profile: { asyncResult: ['4.01'] } });
const never = useLibrary({ profile: { asynchronous: false } });
const busy = useLibrary({ profile: { limits: { ...odataProfile.limits, maxJobs: 0 } } });
const small = useLibrary({ profile: { limits: { ...odataProfile.limits, maxBatchAnswer: 10 } } });

describe('a request that is answered at once', () => {
  it.each(['', '$metadata', '%24metadata', '?$format=json'])('is for %j, whatever is preferred', async (url) => {
    expect((await library.send('GET', url, { headers: ASYNC })).status).toBe(200);
  });

  it('is a batch', async () => {
    const requests = [{ id: '1', method: 'get', url: 'Books', headers: { prefer: 'respond-async' } }];
    const answered = await library.send('POST', '$batch', { headers: ASYNC, body: { requests } });
    expect([answered.status, answered.json.responses[0].status]).toEqual([200, 200]);
  });

  it.each(['HEAD', 'OPTIONS'])('is one with the method %s', async (method) => {
    expect((await library.send(method, 'Books', { headers: ASYNC })).status).toBeLessThan(300);
  });

  it('is one whose client does not prefer otherwise', async () => {
    expect((await library.send('GET', 'Books', { headers: { Prefer: 'return=minimal' } })).status).toBe(200);
  });

  it('is every one where the service is made so', async () => {
    expect((await never.send('GET', 'Books', { headers: ASYNC })).status).toBe(200);
    expect((await never.send('GET', '$async/jobs/none')).status).toBeGreaterThanOrEqual(400);
  });

  it('is one for which there is no room', async () => {
    const answered = await busy.send('POST', 'Books', { headers: ASYNC, body: book('a') });
    expect([answered.status, answered.json.Title]).toEqual([201, 'a']);
  });
});

describe('an answer that is too large to be kept', () => {
  it('is an error', async () => {
    const done = await result(small, await small.send('GET', 'Books', { headers: ASYNC }));
    expect([done.headers.get('AsyncResult'), done.json.error.code]).toEqual(['413', 'ResponseTooLarge']);
  });
});
