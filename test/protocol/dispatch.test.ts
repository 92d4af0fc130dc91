import { afterAll, describe, expect, it } from '@jest/globals';

import { useTechnicalService } from '../query/technical-service.js';

/** [RFC 9110 9.3.7, 10.2.1] */
describe('the methods of a resource', () => {
  const whole = useTechnicalService();
  const memberwise = useTechnicalService({ updatesCollections: false });
  afterAll(() => expect([...whole.faults, ...memberwise.faults]).toEqual([]));

  it.each([
    ['Things', whole, 'GET, POST, PATCH, PUT, HEAD'],
    ['Things', memberwise, 'GET, POST, HEAD'],
    ["Coloured(color='red')", memberwise, 'GET, HEAD'],
    ['Things/$each', memberwise, 'PATCH, DELETE'],
    ['Settings', memberwise, 'GET, PATCH, PUT, HEAD'],
    ['Things/$count', whole, 'GET, HEAD'],
  ])('%s tells them, and refuses all others', async (path, service, allowed) => {
    const { status, headers } = await service.send('OPTIONS', path);
    expect([status, headers.get('Allow')]).toEqual([204, allowed]);
    const others = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'TRACE'].filter((each) => !allowed.includes(each));
    for (const method of others) {
      const refused = await service.send(method, path, { body: '{}' });
      expect([method, refused.status, refused.headers.get('Allow')]).toEqual([method, 405, allowed]);
    }
  });
});
