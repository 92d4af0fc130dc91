import { describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const identity = { $Type: 'microsoft.graph.identity', ...nullable };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    user: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      displayName: nullable,
      userPrincipalName: nullable,
    },
    page: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      title: nullable,
      createdBy: { $Type: 'microsoft.graph.identitySet', ...nullable },
      lastModifiedBy: { $Type: 'microsoft.graph.userIdentity', ...nullable },
      modifiedBy: nullable,
    },
    task: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      createdBy: { $Type: 'microsoft.graph.appIdentity', ...nullable },
      lastModifiedBy: { $Type: 'Edm.String', $Collection: true },
      modifiedBy: { $Type: 'Edm.Int32', ...nullable },
    },
    facet: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      createdBy: { $Type: 'microsoft.graph.identitySet' },
    },
    identity: { $Kind: 'ComplexType', id: nullable, displayName: nullable },
    identitySet: { $Kind: 'ComplexType', application: identity, user: identity },
    userIdentity: { $Kind: 'ComplexType', $BaseType: 'microsoft.graph.identity', userPrincipalName: nullable },
    appIdentity: { $Kind: 'ComplexType', appId: nullable },
    GraphService: {
      $Kind: 'EntityContainer',
      users: { $Collection: true, $Type: 'microsoft.graph.user' },
      me: { $Type: 'microsoft.graph.user' },
      facets: { $Collection: true, $Type: 'microsoft.graph.facet' },
      pages: { $Collection: true, $Type: 'microsoft.graph.page' },
      tasks: { $Collection: true, $Type: 'microsoft.graph.task' },
    },
  },
};

const service = useService(csdl, {
  profile: graphProfile({ authentication: 'off' }),
  behaviors: graphBehaviors(new Model([csdl])),
});

async function page(json: object = {}) {
  return (await service.send('POST', 'pages', { json })).json;
}

// [Graph: identitySet]
describe('who made an entity', () => {
  it('is the user that /me is', async () => {
    const { json: me } = await service.send('GET', 'me');
    await service.send('PATCH', 'me', { json: { displayName: 'Ada', userPrincipalName: 'ada@contoso.com' } });
    const { createdBy, lastModifiedBy, modifiedBy } = await page();
    expect(createdBy).toEqual({ application: null, user: { id: me.id, displayName: 'Ada' } });
    expect(lastModifiedBy).toEqual({ id: me.id, displayName: 'Ada', userPrincipalName: 'ada@contoso.com' });
    expect(modifiedBy).toBe('ada@contoso.com');
  });

  it('is told where the schema demands it, too', async () => {
    await service.send('PATCH', 'me', { json: { displayName: 'Ada' } });
    for (const json of [{}, { createdBy: { user: null } }, { createdBy: { user: { id: '' } } }]) {
      const { status, json: made } = await service.send('POST', 'facets', { json });
      expect([status, made.createdBy.user?.displayName]).toEqual([201, 'Ada']);
    }
    const createdBy = { application: { id: '1' } };
    const { json: named } = await service.send('POST', 'facets', { json: { createdBy } });
    expect([named.createdBy.application.id, named.createdBy.user]).toEqual(['1', null]);
  });

  it('has a name before anybody wrote it', async () => {
    const { json: me } = await service.send('GET', 'me');
    expect((await page()).createdBy.user).toEqual({ id: me.id, displayName: me.displayName });
    expect(me.displayName).toBe('Signed-in user');
  });

  it('is nobody where /me was written without a name', async () => {
    await service.send('PATCH', 'me', { json: { displayName: null } });
    expect(await page()).toMatchObject({ createdBy: null, lastModifiedBy: null, modifiedBy: null });
  });

  it('is whom the client names', async () => {
    await service.send('PATCH', 'me', { json: { displayName: 'Ada' } });
    const createdBy = { application: { id: '1', displayName: 'a' }, user: null };
    const made = await page({ createdBy, modifiedBy: 'eva' });
    expect([made.createdBy, made.modifiedBy]).toEqual([createdBy, 'eva']);
  });

  it('stays, while who changed it last changes', async () => {
    await service.send('PATCH', 'me', { json: { displayName: 'Ada', userPrincipalName: 'ada@contoso.com' } });
    const made = await page({ createdBy: { user: { id: '1' } }, modifiedBy: 'eva' });
    const change = (json: object) => service.send('PATCH', `pages/${made.id}`, { json });
    const { json: first } = await change({ title: 'b' });
    expect([first.createdBy.user.id, first.modifiedBy]).toEqual(['1', 'ada@contoso.com']);
    expect((await change({ modifiedBy: 'bea' })).json.modifiedBy).toBe('bea');
  });

  it('is left out where the type means something else', async () => {
    await service.send('PATCH', 'me', { json: { displayName: 'Ada' } });
    const { json } = await service.send('POST', 'tasks', { json: {} });
    expect(json).toMatchObject({ createdBy: null, lastModifiedBy: [], modifiedBy: null });
  });
});
