import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';

import { useService } from './service-in-test.js';

const entity = { $Kind: 'EntityType', $Key: ['id'], id: {}, name: { $Nullable: true } };
const contained = (type: string) => ({
  $Kind: 'NavigationProperty',
  $Collection: true,
  $ContainsTarget: true,
  $Type: `ns.${type}`,
});
const automatic = { '@Org.OData.Core.V1.AutoExpand': true };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'ns.Container',
  ns: {
    Setting: {
      ...entity,
      instances: { ...contained('Instance'), ...automatic },
      others: { ...contained('Instance'), '@Org.OData.Core.V1.AutoExpand': false },
    },
    Instance: { ...entity, settings: { ...contained('Setting'), ...automatic } },
    Rule: { $Kind: 'EntityType', $BaseType: 'ns.Base', targets: { ...contained('Target'), ...automatic } },
    Policy: { $Kind: 'EntityType', $BaseType: 'ns.Base', targets: { ...contained('Target'), ...automatic } },
    Base: entity,
    Target: entity,
    Device: { ...entity, settings: contained('Setting') },
    Container: {
      $Kind: 'EntityContainer',
      settings: { $Collection: true, $Type: 'ns.Setting' },
      bases: { $Collection: true, $Type: 'ns.Base' },
      devices: { $Collection: true, $Type: 'ns.Device' },
    },
  },
};

// [Core AutoExpand]
describe('what the schema expands by itself', () => {
  const service = useService(csdl, { profile: { etags: 'declared' } });
  const read = async (url: string) => {
    const { status, json } = await service.send('GET', url);
    expect(status).toBe(200);
    return json;
  };
  const post = async (url: string, json: object) => {
    const answer = await service.send('POST', url, { json });
    expect(answer.status).toBe(201);
    return answer.json;
  };

  beforeEach(async () => {
    await post('settings', { id: '1', name: 'one' });
    await post('settings/1/instances', { id: 'a' });
    await post('settings/1/others', { id: 'b' });
  });

  const instance = { id: 'a', name: null, settings: [] };

  it.each([
    ['settings/1', { id: '1', name: 'one', instances: [instance] }],
    [
      'settings/1?$expand=others',
      { id: '1', name: 'one', others: [{ id: 'b', name: null, settings: [] }], instances: [instance] },
    ],
    ['settings/1?$select=*', { id: '1', name: 'one', instances: [instance] }],
    ['settings/1?$expand=instances($select=id)', { id: '1', name: 'one', instances: [{ id: 'a' }] }],
    ['settings/1?$expand=instances/$count', { id: '1', name: 'one', 'instances@odata.count': 1 }],
    ['settings/1?$select=name', { name: 'one' }],
    ['settings/1/instances/a', instance],
  ])('%s', async (url, expected) => {
    const { '@odata.context': _, ...members } = await read(url);
    expect(members).toEqual(expected);
  });

  it('comes with each member of a collection, and with what is expanded itself', async () => {
    expect((await read('settings')).value).toEqual([{ id: '1', name: 'one', instances: [instance] }]);
    await post('devices', { id: 'd' });
    await post('devices/d/settings', { id: '2' });
    expect((await read('devices?$expand=settings')).value).toMatchObject([{ settings: [{ id: '2', instances: [] }] }]);
  });

  it('of derived types comes with those that have it, by one name though it be of several', async () => {
    for (const type of ['Rule', 'Policy', 'Base']) await post('bases', { '@odata.type': `#ns.${type}`, id: type });
    await post('bases/Rule/ns.Rule/targets', { id: 'r' });
    await post('bases/Policy/ns.Policy/targets', { id: 'p' });
    const target = (id: string) => ({ id, name: null });
    expect((await read('bases')).value).toEqual([
      { '@odata.type': '#ns.Rule', id: 'Rule', name: null, targets: [target('r')] },
      { '@odata.type': '#ns.Policy', id: 'Policy', name: null, targets: [target('p')] },
      { id: 'Base', name: null },
    ]);
    expect(await read('bases/Policy')).toMatchObject({ targets: [target('p')] });
    expect(await read('bases/Base')).not.toHaveProperty('targets');
    expect(await read('bases/Policy?$select=*')).toMatchObject({ targets: [target('p')] });
    expect((await read('bases/ns.Rule')).value).toMatchObject([{ targets: [target('r')] }]);
    const asked = await read('bases/Rule?$expand=ns.Rule/targets($select=id)');
    expect(asked.targets).toEqual([{ id: 'r' }]);
  });

  it('is no part of the context, which tells what was asked for', async () => {
    expect((await read('settings'))['@odata.context']).toMatch(/#settings$/);
    expect((await read('settings/1?$expand=others'))['@odata.context']).toMatch(/#settings\(others\(\)\)\/\$entity$/);
  });

  it('comes with the answers to creates and changes', async () => {
    expect(await post('settings', { id: '3' })).toMatchObject({ instances: [] });
    expect(await post('settings', { id: '4', instances: [{ id: 'c' }] })).toMatchObject({ instances: [{ id: 'c' }] });
    const headers = { prefer: 'return=representation' };
    const changed = await service.send('PATCH', 'settings/1', { json: { name: 'two' }, headers });
    expect(changed.json).toMatchObject({ name: 'two', instances: [instance] });
  });

  it('ends where requests may not expand further', async () => {
    let path = 'settings/1/instances/a';
    for (let depth = 0; depth < 12; depth++) {
      path += `/settings/${depth}`;
      await post(path.slice(0, path.lastIndexOf('/')), { id: String(depth) });
      path += '/instances/x';
      await post(path.slice(0, path.lastIndexOf('/')), { id: 'x' });
    }
    const text = JSON.stringify(await read('settings/1'));
    expect(text.match(/"(instances|settings)":\[/g)).toHaveLength(10);
  });
});
