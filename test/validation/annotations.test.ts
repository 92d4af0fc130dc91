import { describe, expect, it } from '@jest/globals';

import { complaints, create, refusal, update } from './technical-model.js';

describe('control information [OData-JSON 4.6]', () => {
  it.each([
    '@odata.context',
    '@odata.etag',
    '@odata.editLink',
    '@odata.readLink',
    '@odata.mediaContentType',
    '@odata.count',
    '@context',
    '@etag',
    'name@odata.type',
    'name@type',
    'friends@odata.navigationLink',
    'friends@odata.associationLink',
    'friends@odata.nextLink',
    'friends@odata.context',
    'friends@odata.count',
    'photo@odata.mediaReadLink',
    'unheardOf@odata.type',
    '@contoso.term',
    '@contoso.term#qualifier',
    'name@contoso.term',
    'name@contoso.term@odata.type',
  ])('%s is ignored', (name) => {
    const { document, links } = update('Person', { name: 'Ada', [name]: 'x', address: { [name]: 'x' } });
    expect({ document, links }).toEqual({ document: { name: 'Ada', address: {} }, links: [] });
  });

  it.each(['@odata.xyz', '@xyz', 'name@odata.xyz', '@odata.bind', '@odata.delta', '@odata.'])(
    '%s is refused',
    (name) => {
      expect(complaints(() => update('Person', { [name]: 'x' }))).toEqual([`InvalidAnnotation ${name}`]);
      expect(complaints(() => update('Person', { address: { [name]: 'x' } }))).toEqual([
        `InvalidAnnotation address/${name}`,
      ]);
    },
  );

  it('comes with a suggestion', () => {
    expect(refusal(() => update('Person', { '@odata.tpye': '#demo.Person' })).message).toContain(
      "Did you mean '@odata.type'?",
    );
  });

  it('may tell the id of the entity', () => {
    expect(create('Person', { '@odata.id': 'people/1', name: 'Ada' }).id).toBe('people/1');
    expect(create('Person', { '@id': 'people/1', name: 'Ada' }).id).toBe('people/1');
    expect(complaints(() => create('Person', { '@odata.id': 1 }))).toEqual(['InvalidAnnotation @odata.id']);
  });
});

describe('operations that an answer has advertised [OData-JSON 16, 17]', () => {
  it.each([
    ['Person', '#demo.greet', { title: 'greet', target: 'people/1/demo.greet' }],
    ['Employee', '#demo.greet', null],
    ['Person', '#demo.greet(Message,count)', {}],
  ])('are ignored within a %s: %s', (type, name, value) => {
    expect(update(type, { name: 'Ada', [name]: value }).document).toEqual({ name: 'Ada' });
  });

  it.each([
    ['Person', '#demo.greet', 'Hello'],
    ['Person', '#demo.ping', {}],
    ['Person', '#demo.nothing', {}],
    ['Person', '#', {}],
    ['Team', '#demo.greet', {}],
    ['Person', 'demo.greet', {}],
  ])('are refused where there is none, as within a %s %s: %j', (type, name, value) => {
    expect(complaints(() => update(type, { [name]: value }))).toEqual([`UnknownProperty ${name}`]);
  });
});
