import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { loadModel } from '../src/csdl/index.js';
import { badRequest, type ServiceError } from '../src/error/index.js';
import { odataProfile, type Middleware, type Profile } from '../src/protocol/index.js';
import { createService, type ServiceOptions, type ServiceRequest } from '../src/service.js';
import { openStore, type Store } from '../src/store/index.js';

const { model } = loadModel('test/fixtures/tiny.csdl.xml');
const faults: ServiceError[] = [];
let store: Store;

beforeAll(async () => {
  store = await openStore({ database: ':memory:' });
});
afterAll(() => store.close());

function serviceWith(profile: Partial<Profile> = {}, options: Partial<ServiceOptions> = {}) {
  return createService({
    model,
    profile: { ...odataProfile, ...profile },
    space: store.space(randomUUID()),
    metadata: { xml: () => '<edmx/>', json: () => '{}' },
    onFault: (error) => faults.push(error),
    ...options,
  });
}

const request = (url: string, method = 'GET'): ServiceRequest => ({
  method,
  url,
  root: 'http://host',
  headers: new Map(),
  id: randomUUID(),
});

describe('a service', () => {
  it('passes a request through the middleware, outermost first, and the answer back', async () => {
    const passed: string[] = [];
    const stage =
      (name: string): Middleware =>
      async (asking, next) => {
        passed.push(`> ${name}`);
        const answer = await next({ ...asking, url: `${asking.url}${name}` });
        passed.push(`< ${name}`);
        answer.headers.set('By', name);
        return answer;
      };
    const { status, headers } = await serviceWith({ middleware: [stage('s'), stage('(1)')] }).handle(request('Book'));
    expect(passed).toEqual(['> s', '> (1)']);
    expect([status, headers.has('By')]).toEqual([404, false]);
    const found = await serviceWith({ middleware: [stage('$'), stage('metadata')] }).handle(request(''));
    expect([found.status, found.headers.get('By'), passed.slice(2)]).toEqual([
      200,
      '$',
      ['> $', '> metadata', '< metadata', '< $'],
    ]);
  });

  it('may be answered by a middleware alone', async () => {
    const headers = () => new Map([['Retry-After', '1']]);
    const busy: Middleware = () => Promise.resolve({ status: 429, headers: headers(), body: '{}' });
    const answer = await serviceWith({ middleware: [busy], headers: () => [['X-Own', 'yes']] }).handle(
      request('Books'),
    );
    expect([answer.status, answer.body]).toEqual([429, '{}']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'Retry-After': '1',
      'X-Own': 'yes',
      'OData-Version': '4.0',
    });
  });

  it('never rejects: what is thrown by mistake is a 500 that tells nothing, and the log all', async () => {
    const mistake = new TypeError('secret.internals is undefined');
    const thrower: Middleware = () => Promise.reject(mistake);
    const asked = request('Books');
    const { status, headers, body } = await serviceWith({ middleware: [thrower] }).handle(asked);
    expect([status, headers.get('Content-Type')]).toEqual([500, 'application/json']);
    expect(body).toBe(
      '{"error":{"code":"InternalServerError","message":"The service failed to answer this request."}}',
    );
    expect(faults.splice(0)).toEqual([expect.objectContaining({ status: 500, cause: mistake })]);
  });

  it('tells the log nothing of what the caller did wrong', async () => {
    const refusing: Middleware = () => Promise.reject(badRequest('No.', { target: 'x', headers: { Allow: 'GET' } }));
    const { status, headers, body } = await serviceWith({ middleware: [refusing] }).handle(request('Books'));
    expect([status, headers.get('Allow'), body]).toEqual([
      400,
      'GET',
      '{"error":{"code":"BadRequest","message":"No.","target":"x"}}',
    ]);
    expect(faults).toEqual([]);
  });

  it('writes errors as its profile says, those from elsewhere too', async () => {
    const service = serviceWith({ writeError: ({ code }, { id }) => ({ status: 418, body: `${code} ${id}` }) });
    const asked = request('nowhere');
    expect(await service.handle(asked)).toMatchObject({ status: 418, body: `SegmentNotFound ${asked.id}` });
    expect(service.refuse(badRequest('No.'), asked)).toMatchObject({ status: 418, body: `BadRequest ${asked.id}` });
  });

  it('makes its schema once, on first use', async () => {
    const made: string[] = [];
    const metadata = {
      xml: () => (made.push('xml'), '<edmx/>'),
      json: () => (made.push('json'), '{}'),
    };
    const service = serviceWith({}, { metadata });
    expect(made).toEqual([]);
    for (const url of ['$metadata', '$metadata', '$metadata?$format=json', '$metadata?$format=json'])
      expect((await service.handle(request(url))).status).toBe(200);
    expect(made).toEqual(['xml', 'json']);
  });

  it('has limits for URLs', async () => {
    const service = serviceWith({ limits: { ...odataProfile.limits, maxUrl: 10 } });
    expect((await service.handle(request('$metadata'))).status).toBe(200);
    expect((await service.handle(request('$metadata?a'))).status).toBe(414);
  });

  it('has no data in common with a service of another space', async () => {
    const [one, other] = [serviceWith(), serviceWith()];
    const body = '{"number":1,"title":"Emma"}';
    const create = { ...request('Books', 'POST'), headers: new Map([['content-type', 'application/json']]), body };
    expect((await one.handle(create)).status).toBe(201);
    expect((await one.handle(request('Books(1)'))).status).toBe(200);
    expect((await other.handle(request('Books(1)'))).status).toBe(404);
  });
});
