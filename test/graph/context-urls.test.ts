import { describe, expect, it } from '@jest/globals';

import { ME } from '../../src/graph/caller.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

import { onEachDatabase } from './directory-service.js';
import { office } from './office.js';

const fragmentOf = (context: string): string => context.split('$metadata', 2)[1]!;

// [Graph: List role assignments (PIM), List permissionGrants of a group, Get chat]
onEachDatabase('context URLs of contained entities', (service) => {
  it.each([
    ['users/{ME}/drive', '#drives/$entity'],
    ['me/drive', '#drives/$entity'],
    ['me/drive?$select=id', '#drives(id)/$entity'],
    ['me/drive/items', `#users('${ME}')/drive/items`],
    ['me/contacts', `#users('${ME}')/contacts`],
    ['directory/deletedItems', '#directoryObjects'],
    ['directory/deletedItems/microsoft.graph.user', '#users'],
    [
      'directory/deletedItems/microsoft.graph.administrativeUnit',
      '#directoryObjects/microsoft.graph.administrativeUnit',
    ],
    ['directory/administrativeUnits', '#directory/administrativeUnits'],
    ['deviceManagement/remoteActionAudits', '#deviceManagement/remoteActionAudits'],
  ])('name the one entity set of their type: %s has %s', async (url, fragment) => {
    const { status, json } = await service.get(url.replace('{ME}', ME));
    expect([status, fragmentOf(json['@odata.context'])]).toEqual([200, fragment]);
  });

  // [Graph: user: delta]
  it.each([
    ['users/delta', '#users'],
    ['users/delta?$select=displayName', '#users'],
  ])('of changes name the set, and nothing that is selected: %s has %s', async (url, fragment) => {
    const { json } = await service.get(url);
    expect(fragmentOf(json['@odata.context'])).toBe(fragment);
    const changes = await service.get(json['@odata.deltaLink'].split('/v1.0/')[1]);
    expect([changes.status, fragmentOf(changes.json['@odata.context'])]).toEqual([200, fragment]);
  });

  it('name the set that a binding below a singleton names', async () => {
    const unit = await service.create('directory/administrativeUnits', { displayName: 'East' });
    const { json } = await service.get(`directory/administrativeUnits/${unit.id}/members`);
    expect(fragmentOf(json['@odata.context'])).toBe('#directoryObjects');
  });
});

// [Graph: Get attachment]
onEachDatabase('names in paths and in $expand, in any case', (service) => {
  const group = { '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'g' };

  it('mean what the schema has, and are answered as it has them', async () => {
    await service.create('users', { id: 'ada', displayName: 'ada' });
    await service.create('groups', { id: 'g', displayName: 'g' });
    await service.link('groups/g/members', 'ada');
    const { json } = await service.get('groups/g/MEMBERS/Microsoft.Graph.USER');
    expect([fragmentOf(json['@odata.context']), json.value.length]).toEqual(['#users', 1]);
    const url =
      'directoryObjects/g?$expand=microsoft.graph.GROUP/Members($select=id;$expand=microsoft.graph.user/MANAGER)';
    const { json: expanded } = await service.get(url);
    expect(fragmentOf(expanded['@odata.context'])).toBe(
      '#directoryObjects(microsoft.graph.group/members(id,microsoft.graph.user/manager()))/$entity',
    );
    expect(expanded).toMatchObject({ ...group, members: [{ id: 'ada', manager: null }] });
  });

  it.each([
    'directoryObjects/g?$expand=microsoft.graph.GROUPS/members',
    'directoryObjects/g?$expand=microsoft.graph.group/member',
    'groups/g/members/microsoft.graph.USERS',
    'groups/g/members/microsoft.graph.DRIVE',
  ])('mean nothing where the schema has no such name: %s', async (url) => {
    expect([400, 404]).toContain((await service.get(url)).status);
  });
});

describe('context URLs', () => {
  const service = useService(office, { profile: graphProfile({ authentication: 'off' }) });

  // [OData-Protocol 10.2] [Graph: List allowedUsers of a printerShare]
  it('name the type where nothing binds a navigation property', async () => {
    const { json: made } = await service.send('POST', 'people', { json: { family: [{}] } });
    const { json } = await service.send('GET', `people/${made.id}/family`);
    expect(fragmentOf(json['@odata.context'])).toBe('#Collection(microsoft.graph.person)');
    expect(json.value).toHaveLength(1);
  });

  // [Graph: channel: getAllMessages, reportRoot: getOffice365ActiveUserCounts]
  it.each([
    ['people/getNotes', '#Collection(note)'],
    ['reports/getCounts', '#Collection(microsoft.graph.usageCounts)'],
  ])('name the type of what a function gives, that of a collection without namespace: %s has %s', async (url, name) => {
    const { json } = await service.send('GET', url);
    expect(fragmentOf(json['@odata.context'])).toBe(name);
  });

  // [Graph: Create conversation, Create message]
  it('list of a created entity what the request asks for, not what came with it', async () => {
    const body = { json: { displayName: 'Ann', notes: [{}] } };
    const contexts: string[] = [];
    for (const query of ['', '?$select=id', '?$expand=notes', '?$expand=friends']) {
      const { status, json } = await service.send('POST', `people${query}`, body);
      expect([status, json.notes.length]).toEqual([201, 1]);
      contexts.push(fragmentOf(json['@odata.context']));
    }
    expect(contexts).toEqual([
      '#people/$entity',
      '#people(id)/$entity',
      '#people(notes())/$entity',
      '#people(friends())/$entity',
    ]);
  });
});
