import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { startService, type StartedService } from './start-service.js';
import { send, type Sent } from './send.js';

/** A service that nobody has written to yet, for each test. */
let service: StartedService;
beforeEach(async () => {
  await service?.close();
  service = await startService([
    {
      root: 'v1.0',
      files: ['test/fixtures/outlook.csdl.xml'],
      profile: graphProfile({ authentication: 'off' }),
      behaviors: graphBehaviors,
    },
  ]);
});
afterAll(() => service.close());

const ask = (method: string, path: string, sent?: Sent) => send(service.origin, method, `/v1.0/${path}`, sent);
const GRAPH = 'https://graph.microsoft.com/v1.0';

// [Graph: Create team, Create group] [OData-JSON 8.5]
describe('what is there from the start can be referred to', () => {
  it.each([`${GRAPH}/me`, `${GRAPH}/users('00000000-0000-4000-8000-00000000006d')`, 'me'])('as %s', async (id) => {
    const { status, json: team } = await ask('POST', 'teams', {
      json: { displayName: 'a', 'owners@odata.bind': [id] },
    });
    expect([status, team]).toEqual([201, team]);
    const { json: me } = await ask('GET', 'me');
    const { json: owners } = await ask('GET', `teams/${team.id}/owners`);
    expect(owners.value.map((owner: { id: string }) => owner.id)).toEqual([me.id]);
  });

  it('by $ref, and by many at the same time', async () => {
    const { json: team } = await ask('POST', 'teams', { json: { displayName: 'a' } });
    const json = { '@odata.id': `${GRAPH}/me` };
    expect((await ask('POST', `teams/${team.id}/owners/$ref`, { json })).status).toBe(204);
    const body = { displayName: 'b', 'owners@odata.bind': [`${GRAPH}/me`] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('POST', 'teams', { json: body })));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  });

  it('and is not written where the request is refused', async () => {
    const json = { colour: 'red', 'owners@odata.bind': [`${GRAPH}/me`] };
    expect((await ask('POST', 'teams', { json })).status).toBe(400);
    expect((await ask('GET', 'users')).json.value).toEqual([]);
  });
});

// [Graph: Create team; Microsoft Teams: Get started with Teams templates]
describe('templates of teams', () => {
  const make = (template: string) =>
    ask('POST', 'teams', {
      json: { displayName: 'a', 'template@odata.bind': `${GRAPH}/teamsTemplates('${template}')` },
    });

  it.each(['standard', 'educationClass', 'retailStore'])('are there: %s', async (template) => {
    const { status, json: team } = await make(template);
    expect([status, team]).toEqual([201, team]);
    expect((await ask('GET', `teams/${team.id}?$expand=template`)).json.template).toEqual({ id: template });
    const { json } = await ask('GET', 'teamsTemplates');
    expect(json.value.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['standard', 'healthcareWard']),
    );
  });

  it('are no others', async () => {
    const { status, json } = await make('other');
    expect([status, json.error.message]).toEqual([400, expect.stringContaining('teamsTemplates/other')]);
    expect((await ask('GET', 'teamsTemplates/other')).status).toBe(404);
  });
});
