import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    site: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      webUrl: nullable,
      lists: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'microsoft.graph.list' },
    },
    list: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', name: nullable },
    GraphService: { $Kind: 'EntityContainer', sites: { $Collection: true, $Type: 'microsoft.graph.site' } },
  },
};

const service = useService(csdl, { profile: graphProfile({ authentication: 'off' }) });
const HOST = 'contoso.sharepoint.com';

// [Graph: Get a site by path]
describe('sites by their path', () => {
  beforeEach(async () => {
    const sites = [
      { id: 'hr', webUrl: `https://${HOST}/teams/hr` },
      { id: 'one', webUrl: `https://${HOST}/teams/hr/one two` },
    ];
    for (const json of sites) expect((await service.send('POST', 'sites', { json })).status).toBe(201);
    expect((await service.send('POST', 'sites/hr/lists', { json: { id: 'l', name: 'List' } })).status).toBe(201);
  });

  it.each([
    [`sites/${HOST}:/teams/hr`, 'hr'],
    [`sites/${HOST}:/teams/hr/`, 'hr'],
    [`sites/${HOST}:/teams/hr:`, 'hr'],
    [`sites/${HOST}:/teams/hr:/`, 'hr'],
    [`sites/${HOST}:/teams/hr?$select=id`, 'hr'],
    [`sites/${HOST}:/teams/hr/one%20two`, 'one'],
    [`sites/${HOST}:/teams/hr:/lists/l`, 'l'],
    ['sites/hr', 'hr'],
  ])('%s is %s', async (url, id) => {
    const { status, json } = await service.send('GET', url);
    expect([status, json.id]).toEqual([200, id]);
  });

  it('hold what is made below them', async () => {
    const { status } = await service.send('POST', `sites/${HOST}:/teams/hr:/lists`, { json: { name: 'New' } });
    expect(status).toBe(201);
    const { json } = await service.send('GET', 'sites/hr/lists');
    expect(json.value.map(({ name }: { name: string }) => name).toSorted()).toEqual(['List', 'New']);
  });

  it.each([
    `sites/${HOST}:/teams/none`,
    `sites/${HOST}:/teams`,
    'sites/other.sharepoint.com:/teams/hr',
    `sites/${HOST}:/teams/'%20or%20'1'%20eq%20'1`,
    `sites/${HOST}:/teams/hr%2F..%2Fhr`,
    `sites/${HOST}:/teams/none:/lists/l`,
  ])('%s is nothing', async (url) => {
    expect((await service.send('GET', url)).status).toBe(404);
  });

  it.each([`sites/${HOST}:`, `sites/${HOST}:/`, 'sites/:/teams/hr', `sites/${HOST}:/teams/hr:/nothing`])(
    '%s is no path',
    async (url) => {
      expect([400, 404]).toContain((await service.send('GET', url)).status);
    },
  );
});
