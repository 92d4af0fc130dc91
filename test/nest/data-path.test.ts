import { describe, expect, it } from '@jest/globals';

import { odataProfile, type Profile } from '../../src/protocol/index.js';
import type { ServiceError } from '../../src/error/index.js';
import { createApplication, ODataModule, serviceToken } from '../../src/nest/index.js';
import type { Service } from '../../src/service.js';
import { expectError } from '../e2e/expect-error.js';
import { send } from '../e2e/send.js';
import { GRAPH, startService, useService } from '../e2e/start-service.js';

const TINY = { root: '', files: ['test/fixtures/tiny.csdl.xml'], profile: odataProfile };

describe('an application', () => {
  const service = useService([GRAPH, { ...TINY, root: 'Library', space: 'library' }], {});

  it('finds each service by the first segment, in any case', async () => {
    for (const [path, kind] of [
      ['/beta', 'deviceManagement'],
      ['/BETA/', 'deviceManagement'],
      ['/beta?$format=json', 'deviceManagement'],
      ['/library', 'Books'],
      ['/LIBRARY/?$format=json', 'Books'],
    ]) {
      const { status, json } = await service.send('GET', path!);
      expect([path, status, json.value[0].name]).toEqual([path, 200, kind]);
    }
    expect((await service.send('GET', '/library')).json['@odata.context']).toBe(`${service.origin}/Library/$metadata`);
  });

  it('answers what is below no service as its first service would', async () => {
    for (const path of ['/', '/betamax', '/beta2/users', '/lib']) {
      const answer = await service.send('GET', path);
      expect(expectError(answer, 404, 'ResourceNotFound')).toContain('Services are at /beta, /Library.');
    }
  });

  it('takes an absolute request line', async () => {
    const { status } = await send(service.origin, 'GET', `${service.origin}/library/Books`);
    expect(status).toBe(200);
  });

  it('writes an error where an answer cannot be written, and tells the log', async () => {
    const faults: ServiceError[] = [];
    const profile: Profile = { ...odataProfile, headers: () => [['Bad', 'a\r\nb']] };
    const broken = await startService([{ ...TINY, profile, onFault: (error) => faults.push(error) }]);
    const { status, headers, json } = await send(broken.origin, 'GET', '/Books');
    expect([status, headers['content-type'], json.error.code]).toEqual([
      500,
      'application/json',
      'InternalServerError',
    ]);
    expect(faults).toEqual([expect.objectContaining({ cause: expect.objectContaining({ code: 'ERR_INVALID_CHAR' }) })]);
    await broken.close();
  });

  it('answers what did not arrive in time', async () => {
    const written: string[] = [];
    const socket = { writable: true, end: (text: string) => written.push(text) };
    service.server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    expect(written[0]).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(written[0]).toContain('\r\nContent-Type: application/json\r\n');
    expect(written[0]).toContain('{"error":{"code":"RequestTimeout"');
  });
});

describe('limits of a service', () => {
  const limits = { maxUrl: 30_000, maxTop: 3 };
  const service = useService([{ ...TINY, root: 'long', limits }, GRAPH], {});

  it('hold for it alone, and for the server where it needs more', async () => {
    const ask = async (root: string, length: number) => {
      const { status } = await service.send('GET', `/${root}?x=${'x'.repeat(length)}`);
      return status;
    };
    expect(await ask('long', 29_000)).toBe(200);
    expect(await ask('long', 31_000)).toBe(414);
    expect(await ask('beta', 17_000)).toBe(414);
    expect(await ask('long', 90_000)).toBe(431);
    expect((await service.send('GET', '/long/Books?$top=4')).status).toBe(400);
  });
});

describe('the module of a service', () => {
  it('offers the service to others', async () => {
    const application = await createApplication({ services: [GRAPH], store: { database: ':memory:' } });
    const service = application.get<Service>(serviceToken('beta'), { strict: false });
    expect(service.model.container?.name).toBe('GraphService');
    await application.close();
  });

  it('is one of its own for each root', () => {
    expect(ODataModule.register(GRAPH).module).not.toBe(ODataModule.register(GRAPH).module);
  });

  it('is refused twice at a root', async () => {
    const services = [GRAPH, { ...TINY, root: 'Beta' }];
    await expect(createApplication({ services, store: { database: ':memory:' } })).rejects.toThrow(
      "Two services have the root '/Beta'.",
    );
  });

  it('is refused with the place where its schema is broken', async () => {
    const services = [{ ...TINY, files: ['package.json'] }];
    await expect(createApplication({ services, store: { database: ':memory:' } })).rejects.toThrow(
      'package.json: This is not CSDL',
    );
  });
});

describe('services at the host and at a segment', () => {
  const service = useService([TINY, GRAPH], {});

  it('leave each other alone', async () => {
    expect((await service.send('GET', '/Books')).status).toBe(200);
    expect((await service.send('GET', '/beta/deviceManagement')).status).toBe(401);
    expect((await service.send('GET', '/nowhere')).json.error.code).toBe('SegmentNotFound');
  });
});
