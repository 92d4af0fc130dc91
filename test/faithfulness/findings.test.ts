import { describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';

import { contextContradiction } from './context-contradictions.js';
import { contradictionsOf, gapsOf } from './contradictions.js';
import type { Documented } from './documented.js';
import { figuresOfShares, findingsOf, sharesOf } from './findings.js';

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'demo.Service',
  demo: {
    person: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: {},
      name: { $Nullable: true },
      state: { $DefaultValue: 'new', $Nullable: true },
      face: { $Type: 'Edm.Stream', $Nullable: true },
      home: { $Type: 'demo.address', $Nullable: true },
      friends: { $Kind: 'NavigationProperty', $Collection: true, $Type: 'demo.person' },
      notes: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'demo.note' },
    },
    note: { $Kind: 'EntityType', $Key: ['id'], id: {} },
    idea: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    address: { $Kind: 'ComplexType', city: { $Nullable: true } },
    Service: {
      $Kind: 'EntityContainer',
      people: { $Collection: true, $Type: 'demo.person' },
      me: { $Type: 'demo.person' },
    },
  },
};
const model = new Model([csdl]);

function example({ c, ...others }: Partial<Omit<Documented, 'c'>> & { c?: Partial<Documented['c']> } = {}): Documented {
  return {
    id: 'a',
    version: 'beta',
    method: 'GET',
    url: '/people/1',
    response: { status: 200 },
    c: { kind: 'entity', type: 'demo.person', conforms: true, ...c },
    ...others,
  };
}

const shows = (body: object, status = 200) => ({ response: { status, body } });
const REQUEST_HAS_NO_OBJECT = 'the body is empty, text or multipart where the schema has an object';
const UNEXPANDED = 'the answer shows related entities that the request does not expand';
const OTHERS = 'the answer shows the value of a stream, or a property that $select leaves out';
const CONTAINED = 'the request refers to entities that the schema has contained';
const NOBODY = 'the request refers to entities that nobody made';
const QUERY = 'what a query finds depends on members that the answer leaves out, or on how words are told';
const BARE = 'the answer has a bare value where the schema has an object';
const VALUES = 'the answer shows values that neither the request nor the schema gives';

describe('contradictions of an example', () => {
  it.each<[Parameters<typeof example>[0], string[]]>([
    [shows({ id: '1', name: 'a', home: { city: 'b' } }), []],
    [{ c: { methodFits: false } }, ['the schema has another method there']],
    [{ c: { queryIssues: [{ issue: 'x' }] } }, ['the query names what the schema does not have']],
    [{ c: { kind: 'ref', parts: [{ role: 'nav', contains: true }, { role: 'ref' }] }, method: 'POST' }, [CONTAINED]],
    [{ c: { kind: 'ref', parts: [{ role: 'nav', contains: true }, { role: 'ref' }] } }, []],
    [{ c: { kind: 'ref', parts: [{ role: 'nav', contains: false }, { role: 'ref' }] }, method: 'POST' }, []],
    [{ url: '/people/1?$filter=a' }, ['the request has an option that means nothing for one entity']],
    [{ url: '/people/1?$select=name' }, []],
    [shows({ 'odata.context': 'x' }), ['the answer has members or values that the schema does not have']],
    [{ c: { flags: ['case-folded'] } }, ['the URL is written otherwise than the schema has it']],
    [{ method: 'PATCH' }, [REQUEST_HAS_NO_OBJECT]],
    [{ method: 'PATCH', body: {} }, []],
    [{ method: 'POST', body: 'text', c: { kind: 'stream' } }, []],
    [shows({ id: '1' }, 204), ['the answer has content, although its status has none']],
    [shows({ friends: [] }), [UNEXPANDED]],
    [shows({ friends: null }), []],
    [{ ...shows({ friends: [] }), url: '/people/1?$expand=Friends' }, []],
    [{ ...shows({ friends: [] }), method: 'POST', body: { friends: [] } }, []],
    [{ ...shows({ value: [{}, { friends: [{}] }] }), c: { kind: 'entityset' } }, [UNEXPANDED]],
    [shows({ face: 'abc' }), [OTHERS]],
    [{ ...shows({ id: '1' }), c: { type: 'demo.idea' } }, ['no entity can have the type that the schema declares']],
    [{ ...shows({ value: 'a' }), c: { kind: 'complex', type: 'demo.address' } }, [BARE]],
    [{ ...shows({ city: 'a' }), c: { kind: 'complex', type: 'demo.address' } }, []],
    [{ ...shows({ id: '1', name: 'a' }), url: '/people/1?%24select=name,home/city&x=1%' }, [OTHERS]],
    [{ ...shows({ id: '1', name: 'a' }), url: '/people/1?$select=id,Name' }, []],
    [{ ...shows({ id: '1', name: 'a' }), url: '/people/1?$select=*' }, []],
  ])('%j: %j', (parts, expected) => {
    expect(contradictionsOf(example(parts), model)).toEqual(expected);
  });
});

describe('what an example leaves open', () => {
  it.each<[Parameters<typeof example>[0], string[]]>([
    [
      { ...shows({ value: true }), c: { kind: 'function' } },
      ['what an action or function gives depends on what no example shows'],
    ],
    [{ url: '/people/delta?$deltatoken=x' }, ['the request has a token that another service gave']],
    [{ method: 'POST', body: { 'friend@odata.bind': 'x' } }, [NOBODY]],
    [{ method: 'POST', body: { friend: { '@odata.id': 'x' } } }, [NOBODY]],
    [{ method: 'POST', body: { '@odata.id': 'x' }, c: { kind: 'ref' } }, []],
    [{ method: 'DELETE', url: '/people/1/friends/$ref?$id=x', c: { kind: 'ref' } }, [NOBODY]],
    [{ ...shows({ value: [{}] }), c: { kind: 'ref' } }, ['the answer shows references that no example makes']],
    [{ c: { kind: 'stream' } }, ['content that no example stores']],
    [shows({ id: '1', 'face@odata.mediaReadLink': 'x' }), ['content that no example stores']],
    [
      { ...shows({ city: 'a' }), c: { template: '/people/{}/f()/home' } },
      ['what an action or function gives depends on what no example shows'],
    ],
    [{ url: "/people?$filter=name eq 'a'", ...shows({ value: [{ id: '1' }] }), c: { kind: 'entityset' } }, [QUERY]],
    [{ url: "/people?$filter=name eq 'a'", ...shows({ value: [{ name: 'a' }] }), c: { kind: 'entityset' } }, []],
    [{ url: "/people?$filter=a eq 'name'", ...shows({ value: [{ id: '1' }] }), c: { kind: 'entityset' } }, []],
    [{ url: '/people?$search=a', ...shows({ value: [{ name: 'a' }] }), c: { kind: 'entityset' } }, [QUERY]],
    [{ ...shows({ id: '1', name: 'a', state: 'new', home: null }, 201), method: 'POST', body: { name: 'b' } }, []],
    [{ ...shows({ id: '1', name: 'a' }, 201), method: 'POST', body: {} }, [VALUES]],
    [{ ...shows({ id: '1', name: 'a' }), method: 'PATCH', body: { state: 'x' } }, []],
    [{ ...shows({ home: { city: 'a' } }), method: 'PATCH', body: { home: {} } }, [VALUES]],
    [{ ...shows({ id: '1', name: 'a' }), method: 'PUT', body: { state: 'x' } }, [VALUES]],
  ])('%j: %j', (parts, expected) => {
    expect(gapsOf(example(parts), model)).toEqual(expected);
  });
});

describe('what a documented context contradicts', () => {
  const AT = 'https://graph.microsoft.com/beta/$metadata';
  const OTHER_KIND = /of one entity for a collection, or the other way round/;
  it.each<[string, string, 'one' | 'many' | 'value', RegExp | undefined]>([
    ['/people', `${AT}#people`, 'many', undefined],
    ['/people/1', `${AT}#people/$entity`, 'one', undefined],
    ['/people/1/notes?$select=id', `${AT}#people('1')/notes(id)`, 'many', undefined],
    ['/people/1/notes/2?$expand=x', `${AT}#people('1')/notes(x(y))/$entity`, 'one', undefined],
    ['/people/a=/home/city', `${AT.replace('$', '%24')}#people('a%3D')/home/city`, 'value', undefined],
    ['/people/1/friends', `${AT}#Collection(demo.person)`, 'many', undefined],
    ['/people/1/friend', `${AT}#demo.person`, 'one', undefined],
    ['/me', `${AT}#me`, 'one', undefined],
    ['/f', `${AT}#Collection(Edm.String)`, 'value', undefined],
    ['/people', 'https://graph.microsoft.com/v1.0/$metadata#people', 'many', /another service.*version `v1.0`/],
    ['/people', 'https://graph.microsoft.com/beta/people', 'many', /another service.*no `\$metadata`/],
    ['/me/notes', `${AT}#people('1')/notes`, 'many', /a key that the request does not.*key `1`/],
    ['/me/notes', `${AT}#Me/notes`, 'many', /does not have there: no set or singleton `Me`/],
    ['/me/notes', `${AT}#notes`, 'many', /does not have there: no set or singleton `notes`/],
    ['/me/notes', `${AT}#me/notes/others/$entity`, 'one', /does not have there: no `others` of `demo.note`/],
    ['/me/notes', `${AT}#Collection(note)`, 'many', /does not have there: no type `note`/],
    ['/me/home/city', `${AT}#me/home/city/name`, 'value', /does not have there: no `name` of `a scalar`/],
    ['/people', `${AT}#people/$entity`, 'many', OTHER_KIND],
    ['/me/notes/1', `${AT}#me/notes`, 'one', OTHER_KIND],
    ['/people/1/notes', `${AT}#people/notes`, 'many', /leads on from a collection without a key: .*`people`/],
    ['/people/1/friends/2/notes', `${AT}#people('1')/friends/notes`, 'many', /without a key: .*`friends`/],
  ])('%s has %s for %s: %s', (url, context, what, expected) => {
    const documented = shows({ '@odata.context': context, ...(what === 'many' ? { value: [] } : {}) });
    const c = what === 'value' ? { kind: 'complex' } : {};
    const found = contextContradiction(example({ url, c, ...documented }), model);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(`${found?.name ?? ''}: ${found?.detail ?? ''}`).toMatch(expected);
  });
});

describe('findings', () => {
  it('tell of each example whether it passes, and what speaks against it', () => {
    const documented = [
      example({ id: 'a' }),
      example({ id: 'b', ...shows({ face: 'x', '@odata.context': 'x' }) }),
      example({ id: 'c', url: '/x?$skiptoken=1' }),
    ];
    const failures = [{ id: 'b', status: 409, reasons: [{ check: 'status', cls: '409 for 200', detail: '' }] }];
    const results = [
      { id: 'a', pass: true },
      { id: 'b', pass: false, context: false },
      { id: 'c', pass: true },
      { id: 'unknown', pass: true },
    ];
    const examples = new Map(documented.map((each) => [each.id, each]));
    const findings = findingsOf(results, failures, examples, { beta: model });
    expect(findings).toEqual([
      { id: 'a', pass: true, contradictions: [], gaps: [] },
      {
        id: 'b',
        pass: false,
        reason: 'an earlier example or a seed made the same thing',
        contradictions: [OTHERS],
        gaps: [],
        context: { pass: false, contradiction: 'it names another service, version or resource' },
      },
      { id: 'c', pass: true, contradictions: [], gaps: ['the request has a token that another service gave'] },
    ]);
    expect(figuresOfShares(sharesOf(findings))).toEqual({
      'seeded, without contradiction: PASS': [2, 2],
      'seeded, nothing open: PASS': [1, 1],
      'seeded, without contradiction: context': [0, 0],
    });
  });
});
