import { describe, expect, it } from '@jest/globals';

import type { JsonValue } from '../../src/edm/index.js';

import { complaints, create, typeNamed, update } from './technical-model.js';

const navigation = (name: string) => typeNamed('Person').navigationProperties.get(name)!;

describe('bindings [OData-JSON 8.5]', () => {
  it('link to entities that exist', () => {
    const { links, document } = create('Person', {
      'manager@odata.bind': 'people/1',
      'friends@odata.bind': ['people/2', "https://host/people('3')"],
    });
    expect(links).toEqual([
      { property: navigation('manager'), within: [], ids: ['people/1'] },
      { property: navigation('friends'), within: [], ids: ['people/2', "https://host/people('3')"] },
    ]);
    expect(document).not.toHaveProperty('manager');
  });

  it('may be written in the short form of 4.01, and null clears', () => {
    expect(update('Person', { 'manager@bind': 'people/1' }).changes).toEqual([
      { kind: 'bind', property: navigation('manager'), within: [], ids: ['people/1'] },
    ]);
    expect(update('Person', { 'manager@odata.bind': null }).changes).toEqual([
      { kind: 'empty', property: navigation('manager'), within: [] },
    ]);
  });

  it.each<[string, JsonValue]>([
    ['manager', ['people/1']],
    ['manager', 1],
    ['team', null],
    ['friends', 'people/1'],
    ['friends', ['people/1', null]],
    ['friends', null],
    ['name', 'people/1'],
    ['unheardOf', 'people/1'],
  ])('%s is not bound to %j', (name, json) => {
    const complaint = `InvalidAnnotation ${name}@odata.bind`;
    expect(complaints(() => create('Person', { [`${name}@odata.bind`]: json }))).toEqual([complaint]);
  });
});

describe('related entities in a payload [OData-Protocol 11.4.2.2]', () => {
  it('become children, at any depth', () => {
    const { children } = create('Person', {
      manager: { '@odata.type': '#demo.Employee', salary: 5, friends: [{ name: 'Bob' }] },
      friends: [{ seen: '2024-01-01T00:00:00+01:00' }, {}],
    });
    expect(children.map((child) => [child.property.name, child.drafts?.length])).toEqual([
      ['manager', 1],
      ['friends', 2],
    ]);
    const [manager] = children[0]!.drafts!;
    expect(manager).toMatchObject({ type: typeNamed('Employee'), document: { salary: 5, level: 7 } });
    expect(manager!.children[0]!.drafts![0]!.document).toMatchObject({ name: 'Bob' });
    expect(children[1]!.drafts![0]!.sent).toEqual(new Map([['/seen', '2024-01-01T00:00:00+01:00']]));
  });

  it('become links where there is nothing but an id', () => {
    const { links, children } = create('Person', {
      manager: { '@odata.id': 'people/1' },
      friends: [
        { '@odata.type': '#demo.Employee', '@odata.id': 'people/2' },
        { '@odata.id': 'people/3', name: 'Bob' },
      ],
    });
    expect(links).toEqual([
      { property: navigation('manager'), within: [], ids: ['people/1'] },
      { property: navigation('friends'), within: [], ids: ['people/2'] },
    ]);
    expect(children).toHaveLength(1);
    expect(children[0]!.drafts![0]).toMatchObject({ id: 'people/3', document: { name: 'Bob' } });
  });

  it('may be none', () => {
    const { links, children } = create('Person', { manager: null, friends: [] });
    expect(links).toEqual([]);
    expect(children).toEqual([
      { property: navigation('manager'), within: [], drafts: null },
      { property: navigation('friends'), within: [], drafts: [] },
    ]);
  });

  it.each<[JsonValue, string[]]>([
    [{ manager: 'people/1' }, ['InvalidType manager']],
    [{ manager: [] }, ['InvalidType manager']],
    [{ team: null }, ['NullNotAllowed team']],
    [{ friends: null }, ['InvalidType friends']],
    [{ friends: {} }, ['InvalidType friends']],
    [{ friends: [1, null] }, ['InvalidType friends/0', 'NullNotAllowed friends/1']],
    [
      { manager: { age: 'x', tags: [1] }, age: 'y' },
      ['InvalidType age', 'InvalidType manager/age', 'InvalidType manager/tags/0'],
    ],
    [{ friends: [{}, { manager: { '@odata.type': '#demo.Team' } }] }, ['UnrelatedType friends/1/manager/@odata.type']],
    [
      { friends: [{ '@odata.foo': 1, 'x@odata.bind': '' }] },
      ['InvalidAnnotation friends/0/@odata.foo', 'InvalidAnnotation friends/0/x@odata.bind'],
    ],
  ])('%j is refused', (json, expected) => {
    expect(complaints(() => create('Person', json)).sort()).toEqual(expected);
  });
});
