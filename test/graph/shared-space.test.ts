import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { createService, type Service } from '../../src/service.js';
import { openStore, type Store } from '../../src/store/index.js';
import { answerOf, describeOnEachDatabase } from '../service-answers.js';

const THINGS = 'microsoft.graph.thing';
const v1: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    thing: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      name: { $Nullable: true },
      friends: { $Kind: 'NavigationProperty', $Collection: true, $Type: THINGS },
    },
    GraphService: { $Kind: 'EntityContainer', things: { $Collection: true, $Type: THINGS } },
  },
};
const beta: CsdlDocument = {
  ...v1,
  'microsoft.graph': {
    ...(v1['microsoft.graph'] as object),
    bigThing: { $Kind: 'EntityType', $BaseType: THINGS, size: { $Type: 'Edm.Int32', $Nullable: true } },
    GraphService: {
      $Kind: 'EntityContainer',
      things: { $Collection: true, $Type: THINGS },
      bigThings: { $Collection: true, $Type: 'microsoft.graph.bigThing' },
    },
  },
};

describeOnEachDatabase('services with different schemas over the same data', (database) => {
  let store: Store;
  const services = new Map<string, Service>();
  beforeAll(async () => {
    store = await openStore({ database });
    const space = store.space(randomUUID(), { ignoreCase: true });
    for (const [root, csdl] of Object.entries({ v1, beta })) {
      const model = new Model([csdl]);
      const profile = graphProfile({ authentication: 'off' });
      const metadata = { xml: () => '<edmx/>', json: () => '{}' };
      services.set(root, createService({ model, profile, space, metadata, behaviors: graphBehaviors(model) }));
    }
  });
  afterAll(() => store.close());

  async function send(root: string, method: string, url: string, json?: object) {
    const headers = new Map(json === undefined ? [] : [['content-type', 'application/json']]);
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const request = { method, url, root: `http://host/${root}`, headers, id: randomUUID(), ...body };
    return answerOf(await services.get(root)!.handle(request));
  }

  it('show and change entities of types that they lack as those that they declare', async () => {
    const big = { '@odata.type': '#microsoft.graph.bigThing', id: '1', name: 'a', size: 7 };
    expect((await send('beta', 'POST', 'things', big)).status).toBe(201);
    expect((await send('v1', 'GET', 'things/1')).json).toMatchObject({ id: '1', name: 'a' });
    expect((await send('v1', 'PATCH', 'things/1', { name: 'b' })).status).toBe(200);
    expect((await send('beta', 'GET', 'things/1')).json).toMatchObject({ name: 'b', size: 7 });
  });

  it('show entities of sets that they lack where references lead to them', async () => {
    expect((await send('beta', 'POST', 'bigThings', { id: '2', name: 'c', size: 8 })).status).toBe(201);
    expect((await send('beta', 'POST', 'things', { id: '3' })).status).toBe(201);
    const reference = { '@odata.id': 'http://host/beta/bigThings/2' };
    expect((await send('beta', 'POST', 'things/3/friends/$ref', reference)).status).toBe(204);
    const listed = await send('v1', 'GET', 'things/3/friends');
    expect([listed.status, listed.json.value]).toMatchObject([200, [{ id: '2', name: 'c' }]]);
    const references = await send('v1', 'GET', 'things/3/friends/$ref');
    expect([references.status, references.json.value.length]).toEqual([200, 1]);
  });
});
