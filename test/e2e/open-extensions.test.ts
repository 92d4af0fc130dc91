import { describe, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { useService } from './start-service.js';

const service = useService([
  {
    root: 'v1.0',
    files: ['test/fixtures/outlook.csdl.xml'],
    profile: graphProfile({ authentication: 'off' }),
    behaviors: graphBehaviors,
  },
]);

const post = (path: string, json: object) => service.send('POST', path, { json });

// [Graph: Create open extension, Get open extension, Delete open extension, Add custom data to users using open extensions]
describe('an open extension', () => {
  const extension = { '@odata.type': '#microsoft.graph.openTypeExtension', extensionName: 'Com.Contoso.Referral' };

  it('of an item is found by its name and by its full one, and named but once', async () => {
    const { json: item } = await post('me/messages', { extensions: [{ ...extension, dealValue: 500050 }] });
    const id = 'microsoft.graph.openTypeExtension.Com.Contoso.Referral';
    for (const name of ['Com.Contoso.Referral', 'com.contoso.referral', id]) {
      const { status, json } = await service.send('GET', `me/messages/${item.id}/extensions/${name}`);
      expect([status, json.id, json.dealValue]).toEqual([200, id, 500050]);
    }
    const path = `me/messages/${item.id}/extensions`;
    expect((await post(path, extension)).status).toBe(409);
    const changed = await service.send('PATCH', `${path}/Com.Contoso.Referral`, { json: { dealValue: 1 } });
    expect([changed.status, changed.json.dealValue]).toEqual([200, 1]);
    expect((await service.send('DELETE', `${path}/Com.Contoso.Referral`)).status).toBe(204);
    expect((await service.send('GET', `${path}/Com.Contoso.Referral`)).status).toBe(404);
    expect((await service.send('GET', `${path}/Com.Contoso.Other`)).status).toBe(404);
  });

  it('of an object of the directory has its name for its id', async () => {
    const { json } = await post('me/extensions', { ...extension, theme: 'dark' });
    expect(json.id).toBe('Com.Contoso.Referral');
    const { status } = await service.send('DELETE', 'me/extensions/Com.Contoso.Referral');
    expect(status).toBe(204);
  });
});
