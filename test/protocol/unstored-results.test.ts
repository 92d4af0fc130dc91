import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { entityOf, type Behavior } from '../../src/behavior/index.js';
import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { odataProfile } from '../../src/protocol/index.js';
import { ROOT, useService } from './service-in-test.js';

/* oxlint-disable typescript/no-explicit-any */

const nullable = { $Nullable: true };
const reviews = { $Collection: true, $Type: 'microsoft.graph.review' };
const composable = { $Kind: 'Function', $IsComposable: true };

/** Reviews that only functions give, and what they contain. */
const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    campaign: { $Kind: 'EntityType', $Key: ['id'], id: {}, title: nullable },
    review: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: {},
      subject: nullable,
      score: { $Type: 'Edm.Int32', ...nullable },
      tags: { $Collection: true, $Type: 'Edm.String' },
      place: { $Type: 'microsoft.graph.place', ...nullable },
      stages: { $Kind: 'NavigationProperty', ...reviews, $Type: 'microsoft.graph.stage', $ContainsTarget: true },
      first: { $Kind: 'NavigationProperty', $Type: 'microsoft.graph.stage', $ContainsTarget: true, ...nullable },
      campaign: { $Kind: 'NavigationProperty', $Type: 'microsoft.graph.campaign', ...nullable },
    },
    place: { $Kind: 'ComplexType', city: nullable, zip: { $Type: 'Edm.Int32', ...nullable } },
    stage: { $Kind: 'EntityType', $Key: ['id'], id: {}, name: nullable },
    filterByUser: [
      {
        ...composable,
        $IsBound: true,
        $Parameter: [{ $Name: 'campaigns', $Collection: true, $Type: 'microsoft.graph.campaign' }, { $Name: 'on' }],
        $ReturnType: reviews,
      },
    ],
    latest: [{ ...composable, $ReturnType: { $Type: 'microsoft.graph.review' } }],
    stop: [{ $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'review', $Type: 'microsoft.graph.review' }] }],
    start: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [{ $Name: 'campaigns', $Collection: true, $Type: 'microsoft.graph.campaign' }],
        $ReturnType: reviews,
      },
    ],
    GraphService: {
      $Kind: 'EntityContainer',
      campaigns: { $Collection: true, $Type: 'microsoft.graph.campaign' },
      reviews: { $Collection: true, $Type: 'microsoft.graph.review' },
      latest: { $Function: 'microsoft.graph.latest' },
    },
  },
};

/** A review as a behaviour computes it. */
const review = (id: string, subject: string | null, score: number | null) =>
  entityOf({
    sequence: 0,
    collection: 'computed',
    key: encodeURIComponent(id),
    type: 'microsoft.graph.review',
    version: 1,
    document: JSON.stringify({ id, subject, score, tags: [subject], place: { city: subject, zip: score } }),
    sent: undefined,
  });
let given = [review('a', 'x', 1)];
const computing: Behavior = {
  function: { 'microsoft.graph.filterByUser': () => given, 'microsoft.graph.latest': () => given[0] },
  action: { 'microsoft.graph.start': () => given },
};
const unqualified = { path: { ...odataProfile.path, defaultNamespaces: ['microsoft.graph'], keyAsSegment: true } };

const graph = useService(csdl, { profile: graphProfile({ authentication: 'off' }) });
const silent = useService(csdl, { profile: graphProfile({ authentication: 'off', samples: false }) });
const computed = useService(csdl, { profile: unqualified, behaviors: [computing] });

const FILTERED = "campaigns/filterByUser(on='reviewer')";

describe('entities that an operation gives and nobody stored [OData-Protocol 11.5.4]', () => {
  describe('as samples', () => {
    const get = (url: string) => graph.send('GET', url);
    let sample: any;
    beforeEach(async () => {
      ({
        value: [sample],
      } = (await get(FILTERED)).json);
    });

    it('have all options', async () => {
      expect(sample).toMatchObject({ subject: 'Subject value', score: 1 });
      for (const [query, found] of [
        [`$filter=subject eq 'Subject value'`, [sample]],
        [`$filter=subject eq 'other'`, []],
        [`$filter=tags/any(t:t eq 'Tags value') and place/zip eq 1`, [sample]],
        ['$orderby=score desc', [sample]],
        ['$top=1', [sample]],
        ['$skip=1', []],
        ['$count=true&$select=id', [{ '@odata.type': '#microsoft.graph.review', id: sample.id }]],
        ['$expand=stages,first,campaign', [{ ...sample, stages: [], first: null, campaign: null }]],
        ['$filter=stages/any()', []],
        ['$filter=stages/$count eq 0', [sample]],
        ['$compute=score add 1 as next&$select=next', [{ '@odata.type': '#microsoft.graph.review', next: 2 }]],
        ['$apply=aggregate(score with sum as total)', [{ total: 1 }]],
      ] as const) {
        const { status, json, headers } = await get(`${FILTERED}?${query}`);
        expect([query, status, json.value]).toMatchObject([query, 200, found]);
        expect(json.value).toHaveLength(found.length);
        expect(headers.get('x-mockgraph-answer')).toBe('sample');
        if (query.includes('$count=true')) expect(json['@odata.count']).toBe(1);
      }
    });

    it('are resources that are followed', async () => {
      for (const [path, found] of [
        ['$count', '1'],
        [`${sample.id}/subject/$value`, 'Subject value'],
      ] as const) {
        const { status, text, headers } = await get(`${FILTERED}/${path}`);
        expect([path, status, text, headers.get('x-mockgraph-answer')]).toEqual([path, 200, found, 'sample']);
      }
      const one = await get(`${FILTERED}/${sample.id}`);
      expect([one.status, one.json]).toMatchObject([200, sample]);
      expect((await get(`${FILTERED}('${sample.id}')?$expand=stages`)).json.stages).toEqual([]);
      expect((await get(`${FILTERED}/${sample.id}/stages?$filter=name eq 'a'&$count=true`)).json).toMatchObject({
        '@odata.count': 0,
        value: [],
      });
      expect((await get(`${FILTERED}/${sample.id}/first`)).status).toBe(200);
      expect((await get(`${FILTERED}/${sample.id}/place`)).json.zip).toBe(1);
      expect((await get(`${FILTERED}/none`)).status).toBe(404);
      expect((await get(`${FILTERED}/none/stages`)).status).toBe(404);
      expect((await get(`${FILTERED}/$count?$filter=score gt 1`)).text).toBe('0');
      expect((await get('latest?$expand=stages')).json.stages).toEqual([]);
      expect((await get('latest/stages')).json.value).toEqual([]);
      expect((await get('latest/subject')).json.value).toBe('Subject value');
    });

    it('have operations of their own, and nothing is written to them', async () => {
      expect((await graph.send('POST', `${FILTERED}/${sample.id}/stop`, { json: {} })).status).toBe(204);
      for (const [method, path] of [
        ['PATCH', sample.id],
        ['DELETE', sample.id],
        ['POST', `${sample.id}/stages`],
        ['PATCH', `${sample.id}/first`],
        ['PUT', `${sample.id}/subject`],
      ] as const) {
        const { status, headers } = await graph.send(method, `${FILTERED}/${path}`, { json: { id: 'a' } });
        expect([method, path, status, headers.get('Allow')]).toEqual([method, path, 405, 'GET, HEAD']);
      }
      expect((await graph.send('PATCH', 'latest/first', { json: { name: 'a' } })).status).toBe(405);
      expect(await graph.space.holdsMore(0)).toBe(false);
    });

    it.each([
      '$filter=nothing eq 1',
      '$filter=subject',
      '$filter=score eq',
      '$orderby=tags',
      '$top=-1',
      '$top=100000',
      '$skip=a',
      '$expand=nothing',
      '$select=nothing',
      '$apply=nothing',
      '$skiptoken=nonsense',
      '$count=maybe',
    ])('are refused with %s', async (query) => {
      expect((await get(`${FILTERED}?${query}`)).status).toBe(400);
    });

    it('are none where the service makes no samples', async () => {
      for (const path of [FILTERED, `${FILTERED}?$filter=score eq 1`, `${FILTERED}/1`, 'latest/subject'])
        expect((await silent.send('GET', path)).status).toBe(501);
    });
  });

  describe('as a behaviour computes them', () => {
    const get = (url: string) => computed.send('GET', url);

    it('keep their order, have pages, and are each found by their keys', async () => {
      given = ['c', 'a', 'ü/?', 'b'].map((id, index) => review(id, id, index));
      const ids = async (url: string) => (await get(url)).json.value.map(({ id }: any) => id);
      expect(await ids(FILTERED)).toEqual(['c', 'a', 'ü/?', 'b']);
      expect(await ids(`${FILTERED}?$filter=score ge 1`)).toEqual(['a', 'ü/?', 'b']);
      expect(await ids(`${FILTERED}?$orderby=subject`)).toEqual(['a', 'b', 'c', 'ü/?']);
      const pages: string[][] = [];
      let url: string | undefined = `${FILTERED}?$filter=score ne 1`;
      while (url !== undefined) {
        const { json } = await computed.send('GET', url, { headers: { Prefer: 'maxpagesize=2' } });
        pages.push(json.value.map(({ id }: any) => id));
        url = json['@odata.nextLink']?.replace(`${ROOT}/`, '');
      }
      expect(pages).toEqual([['c', 'ü/?'], ['b']]);
      const found = await get(`${FILTERED}/${encodeURIComponent('ü/?')}`);
      expect([found.status, found.json.subject, found.headers.has('x-mockgraph-answer')]).toEqual([200, 'ü/?', false]);
      const started = await computed.send('POST', 'campaigns/start?$expand=stages&$select=id', { json: {} });
      expect(started.json.value.map(({ stages }: any) => stages)).toEqual([[], [], [], []]);
    });

    it('are told from stored ones beside them', async () => {
      await computed.send('POST', 'campaigns', { json: { id: 'stored', title: 't' } });
      given = [review('a', 'x', 1), review('a', 'y', 2)];
      const { json } = await get(`${FILTERED}?$orderby=score desc&$expand=campaign`);
      expect(json.value.map(({ subject }: any) => subject)).toEqual(['y', 'x']);
      given = [];
      expect((await get(`${FILTERED}?$filter=score gt 0&$count=true`)).json).toMatchObject({
        '@odata.count': 0,
        value: [],
      });
    });

    it('are filtered, ordered and cut as lists are', async () => {
      const text = fc.constantFrom('a', 'b', 'c', "d'e", 'ü', null);
      const items = fc.array(fc.tuple(text, fc.option(fc.integer({ min: -3, max: 3 }))), { maxLength: 8 });
      const page = fc.record({
        least: fc.integer({ min: -3, max: 3 }),
        top: fc.nat(5),
        skip: fc.nat(5),
        descending: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(items, page, async (list, { least, top, skip, descending }) => {
          given = list.map(([subject, score], index) => review(`r${String(index)}`, subject, score));
          const direction = descending ? ' desc' : '';
          const query = `$filter=score ge ${String(least)}&$orderby=score${direction}&$top=${String(top)}&$skip=${String(skip)}&$count=true`;
          const { json } = await get(`${FILTERED}?${query}`);
          const left = given
            .map(({ document }) => document)
            .filter(({ score }) => score !== null && Number(score) >= least)
            .toSorted((one, other) => (Number(one['score']) - Number(other['score'])) * (descending ? -1 : 1));
          expect(json['@odata.count']).toBe(left.length);
          expect(json.value.map(({ id }: any) => id)).toEqual(left.slice(skip, skip + top).map(({ id }) => id));
        }),
        { numRuns: 50 },
      );
    });
  });
});
