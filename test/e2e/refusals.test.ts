import { afterEach, describe, expect, it } from '@jest/globals';

import type { ServiceError } from '../../src/error/index.js';

import { AUDITS, REQUIRED } from './audits.js';
import { expectError, refused } from './expect-error.js';
import { GRAPH, useService } from './start-service.js';

const faults: ServiceError[] = [];
const service = useService([{ ...GRAPH, onFault: (error) => faults.push(error) }]);

afterEach(() => expect(faults.splice(0)).toEqual([]));

describe('a request without a bearer token', () => {
  it.each([
    {},
    { Authorization: '' },
    { Authorization: 'Bearer' },
    { Authorization: 'Bearer ' },
    { Authorization: 'Basic dXNlcjpwYXNz' },
    { Authorization: 'token' },
  ])('is refused: %j', async (headers) => {
    for (const [method, path] of [
      ['GET', AUDITS],
      ['POST', AUDITS],
      ['DELETE', `${AUDITS}/1`],
      ['GET', 'nowhere'],
      ['GET', '//deviceManagement'],
    ] as const) {
      const sent = service.sendBare(method, path.startsWith('//') ? `/beta${path}` : path, { headers });
      const answer = await refused(sent, 401, 'InvalidAuthenticationToken');
      expect(answer.message).toBe('Access token is empty.');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="", authorization_uri="https:/);
    }
  });

  it.each(['', '/beta', '/beta/', '/beta//', '$metadata', '%24metadata', '$metadata?$format=json', '?$format=json'])(
    'may have what is public: %s',
    async (path) => {
      expect((await service.sendBare('GET', path)).status).toBe(200);
    },
  );

  it.each(['bearer x', 'BEARER x', 'Bearer  x', 'Bearer x '])('is none where any token came: %j', async (value) => {
    expect((await service.sendBare('GET', AUDITS, { headers: { Authorization: value } })).status).toBe(200);
  });
});

describe('a path', () => {
  it.each([
    ['nowhere', 'nowhere'],
    ['deviceManagment', 'deviceManagement'],
    ['deviceManagement/remoteActionAudit', 'remoteActionAudits'],
    [`${AUDITS}/1/nothing`, 'nothing'],
  ])('that names nothing is a bad request: %s', async (path, name) => {
    const { message } = await refused(service.send('GET', path), 400, 'BadRequest');
    expect(message).toMatch(/^Resource not found for the segment '/);
    expect(message).toContain(name);
  });

  it.each([
    '%',
    '%zz',
    `${AUDITS}/%`,
    `${AUDITS}/%c3%28`,
    `${AUDITS}('%')`,
    `${AUDITS}?$top=%`,
    `${AUDITS}?$filter=%ff`,
  ])('with a bad escape is a bad request: %s', async (path) => {
    await refused(service.send('GET', path), 400, 'BadRequest');
  });

  it.each([`${AUDITS}('a`, `${AUDITS}(a)`, `${AUDITS}()(`, `${AUDITS}(nothing='a')`])(
    'with a key that cannot be read is a bad request: %s',
    async (path) => {
      const { status, text, headers } = await service.send('GET', path);
      expect([status, headers['content-type']]).toEqual([400, 'application/json']);
      expect(text).toContain('"code":"BadRequest"');
    },
  );

  it('that is too long is refused', async () => {
    await refused(service.send('GET', `${AUDITS}?$filter=${'x'.repeat(16_384)}`), 414, 'UriTooLong');
  });

  it('below no service names the services', async () => {
    for (const path of ['/', '/v1.0/deviceManagement', '/favicon.ico', '/%zz', '/%00', '//beta']) {
      const answer = await service.send('GET', path);
      expect([path, [400, 404].includes(answer.status)]).toEqual([path, true]);
      const message = expectError(answer, answer.status, answer.status === 404 ? 'ResourceNotFound' : 'BadRequest');
      if (answer.status === 404) expect(message).toContain('/beta');
    }
    const answer = await service.send('GET', '/v9/deviceManagement');
    expect(expectError(answer, 404, 'ResourceNotFound')).toMatch(/^Invalid version: v9\./);
    const host = expectError(await service.send('GET', '/'), 404, 'ResourceNotFound');
    expect(host).toBe('There is no service at /. Services are at /beta.');
  });

  it.each(['__proto__', 'constructor', 'toString', `${AUDITS}/__proto__`, '$nothing', `${AUDITS}/$nothing`])(
    'has no names but those of the schema: %s',
    async (path) => {
      const { status, headers } = await service.send('GET', path);
      expect([400, 404]).toContain(status);
      expect(headers['content-type']).toBe('application/json');
    },
  );

  it('may have a NUL, which no key has', async () => {
    const { status } = await service.send('GET', `${AUDITS}('a%00b')`);
    expect([400, 404]).toContain(status);
  });
});

describe('a query option', () => {
  it.each([
    '$nothing=1',
    '$top=-1',
    '$top=x',
    '$top=1.5',
    '$top=1&$top=2',
    '$count=yes',
    '$select=nothing',
    '$format=',
  ])('that cannot be read or applied is a bad request, or not acceptable: %s', async (query) => {
    const { status, headers } = await service.send('GET', `${AUDITS}?${query}`);
    expect([400, 406]).toContain(status);
    expect(headers['content-type']).toBe('application/json');
  });
});

describe('a method', () => {
  it.each([
    ['PUT', AUDITS, 'GET'],
    ['PATCH', AUDITS, 'POST'],
    ['DELETE', AUDITS, 'GET'],
    ['POST', `${AUDITS}/1`, 'PATCH'],
    ['POST', '$metadata', 'GET'],
    ['DELETE', '', 'GET'],
    ['TRACE', AUDITS, 'POST'],
    ['PROPFIND', AUDITS, 'GET'],
  ])('that means nothing to a resource is refused: %s %s', async (method, path, allowed) => {
    const { headers } = await refused(service.send(method, path), 405, 'MethodNotAllowed');
    expect(headers.allow!.split(', ')).toContain(allowed);
    expect(headers.allow!.split(', ')).not.toContain(method);
  });

  it('HEAD has the headers of GET and no body', async () => {
    const { id } = (await service.send('POST', AUDITS, { json: REQUIRED })).json;
    for (const [path, expected] of [
      [AUDITS, 200],
      [`${AUDITS}/${id as string}`, 200],
      ['', 200],
      ['$metadata', 200],
      [`${AUDITS}/missing`, 404],
      ['nowhere', 400],
    ] as const) {
      const [head, get] = [await service.send('HEAD', path), await service.send('GET', path)];
      expect([path, head.status, head.text]).toEqual([path, expected, '']);
      for (const name of ['content-type', 'content-length', 'odata-version'])
        expect([path, name, head.headers[name]]).toEqual([path, name, get.headers[name]]);
    }
  });
});

// [OData-Protocol 8.2.1]
describe('an Accept header', () => {
  it.each([
    'application/xml',
    'text/html',
    'application/json;q=0',
    'text/html;q=0.9, image/*',
    'application/json;q=0, */*;q=0',
    'nonsense',
  ])('that leaves no JSON is refused: %s', async (accept) => {
    const { message } = await refused(
      service.send('GET', AUDITS, { headers: { Accept: accept } }),
      406,
      'NotAcceptable',
    );
    expect(message).toContain('application/json');
  });

  it.each([
    '*/*',
    '',
    'application/*',
    'APPLICATION/JSON',
    'text/html, application/json;q=0.5',
    'text/html, */*;q=0.1',
    'application/octet-stream, application/json',
    'application/json;charset=utf-8',
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false',
  ])('that leaves JSON is fine: %s', async (accept) => {
    expect((await service.send('GET', AUDITS, { headers: { Accept: accept } })).status).toBe(200);
  });

  it('creates nothing where the answer could not be written', async () => {
    const id = `not acceptable ${Math.random()}`;
    const sent = service.send('POST', AUDITS, { json: { ...REQUIRED, id }, headers: { Accept: 'text/html' } });
    await refused(sent, 406, 'NotAcceptable');
    expect((await service.send('GET', `${AUDITS}/${encodeURIComponent(id)}`)).status).toBe(404);
  });

  it.each(['atom', 'xml', 'text/html', 'nonsense'])('is overridden by $format=%s', async (format) => {
    const sent = service.send('GET', `${AUDITS}?$format=${format}`, { headers: { Accept: 'application/json' } });
    await refused(sent, 406, 'NotAcceptable');
  });
});
