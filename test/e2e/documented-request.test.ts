import { describe, expect, it } from '@jest/globals';

import { AUDITS, DOCUMENTED_BODY, PROPERTIES } from './audits.js';
import { useService } from './start-service.js';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const JSON_MINIMAL =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

const service = useService();

function create(headers: Record<string, string> = {}) {
  return service.send('POST', AUDITS, {
    headers: { Accept: 'application/json', 'Content-type': 'application/json', ...headers },
    body: DOCUMENTED_BODY,
  });
}

/** The documented object, as the service writes it: a member that was not given is null. */
function documentedObject(id: string) {
  const {
    '@odata.type': type,
    deviceActionDetails,
    ...members
  } = JSON.parse(DOCUMENTED_BODY) as Record<string, unknown>;
  const details = (deviceActionDetails as object[]).map((detail) => ({ ...detail, key: null, value: null }));
  const all: Record<string, unknown> = { id, ...members, deviceActionDetails: details };
  return { '@odata.type': type, ...Object.fromEntries(PROPERTIES.map((name) => [name, all[name]])) };
}

// [Graph: Create remoteActionAudit]
describe('the documented request', () => {
  it('is answered with 201 and the documented object', async () => {
    const { status, text, json } = await create();
    expect(status).toBe(201);
    expect(json.id).toMatch(GUID);
    expect(text).toBe(
      JSON.stringify({
        '@odata.context': `${service.origin}/beta/$metadata#${AUDITS}/$entity`,
        ...documentedObject(json.id),
      }),
    );
  });

  it('has the headers of Graph', async () => {
    const before = Date.now();
    const { headers } = await create();
    expect(headers['content-type']).toBe(JSON_MINIMAL);
    expect(headers['odata-version']).toBe('4.0');
    expect(headers['request-id']).toMatch(GUID);
    expect(headers['client-request-id']).toMatch(GUID);
    expect(Math.abs(Date.parse(headers.date!) - before)).toBeLessThan(5000);
    expect(JSON.parse(headers['x-ms-ags-diagnostic'] as string)).toMatchObject({
      ServerInfo: { DataCenter: expect.any(String), Slice: 'E', ScaleUnit: expect.any(String) },
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  it('echoes the client-request-id, and gives every request an id of its own', async () => {
    const id = '7d2a1b5e-0000-4000-8000-00000000abcd';
    const [first, second] = [await create({ 'client-request-id': id }), await create({ 'client-request-id': id })];
    expect([first.headers['client-request-id'], second.headers['client-request-id']]).toEqual([id, id]);
    expect(first.headers['request-id']).not.toBe(second.headers['request-id']);
  });

  it('never puts into a header what may not stand there', async () => {
    const { status, headers } = await create({ 'client-request-id': 'caf\u00e9'.padEnd(300, '!') });
    expect(status).toBe(201);
    expect(headers['client-request-id']).toMatch(/^[ -~]{1,256}$/);
  });

  it('has a Location that answers with the same object', async () => {
    const { headers, json } = await create();
    const location = new URL(headers.location!);
    expect(location.origin).toBe(service.origin);
    const read = await service.send('GET', location.pathname);
    expect(read.status).toBe(200);
    expect(read.json).toEqual(json);
  });

  it('makes an object of its own each time', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await create()).json.id as string));
    expect(new Set(ids).size).toBe(20);
  });

  it.each([
    ['http', 'graph.example:8443'],
    ['https', 'graph.example'],
    ['https', '[::1]:44300'],
  ])('builds its links from the address that the client sees: %s://%s', async (protocol, host) => {
    const { headers, json } = await create({ 'X-Forwarded-Proto': protocol, 'X-Forwarded-Host': host });
    expect(json['@odata.context']).toBe(`${protocol}://${host}/beta/$metadata#${AUDITS}/$entity`);
    expect(headers.location).toBe(`${protocol}://${host}/beta/${AUDITS}('${json.id as string}')`);
  });

  it.each(['evil"/><script>', 'a b', 'host/path', 'user@host', ''])('takes %j for no host', async (host) => {
    const { status, json } = await create({ 'X-Forwarded-Host': host });
    expect(status).toBe(201);
    expect(json['@odata.context']).toBe(`${service.origin}/beta/$metadata#${AUDITS}/$entity`);
  });

  it('is answered below a root in any case, and with a charset', async () => {
    for (const path of ['/Beta/', '/BETA/', '/beta//']) {
      const { status } = await service.send('POST', `${path}${AUDITS}`, {
        headers: { 'Content-Type': 'application/json; charset=UTF-8' },
        body: DOCUMENTED_BODY,
      });
      expect([path, status]).toEqual([path, 201]);
    }
  });

  it('takes a byte order mark', async () => {
    const { status } = await service.send('POST', AUDITS, {
      headers: { 'Content-Type': 'application/json' },
      body: `\uFEFF${DOCUMENTED_BODY}`,
    });
    expect(status).toBe(201);
  });

  it('returns nothing where the client prefers that', async () => {
    const { status, text, headers } = await create({ Prefer: 'return=minimal' });
    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({
      'preference-applied': 'return=minimal',
      'odata-entityid': headers.location,
    });
    expect(headers).not.toHaveProperty('content-type');
    expect(headers).not.toHaveProperty('content-length');
  });
});
