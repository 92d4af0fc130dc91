import { expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const entity = { $Kind: 'EntityType', $Key: ['id'], id: {} };
const action = (type: string, returned?: Record<string, string>) => [
  {
    $Kind: 'Action',
    $IsBound: true,
    $Parameter: [{ $Name: 'this', $Type: `microsoft.graph.${type}` }],
    ...(returned === undefined ? {} : { $ReturnType: returned }),
  },
];

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    message: entity,
    eventMessage: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.message' },
    page: entity,
    team: entity,
    notebook: entity,
    operation: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.message' },
    reply: [...action('message'), ...action('page')],
    createReply: action('message', { $Type: 'microsoft.graph.message' }),
    archive: action('team'),
    copyNotebook: action('notebook', { $Type: 'microsoft.graph.operation' }),
    copy: action('message', { $Type: 'microsoft.graph.message' }),
    GraphService: {
      $Kind: 'EntityContainer',
      messages: { $Collection: true, $Type: 'microsoft.graph.message' },
      teams: { $Collection: true, $Type: 'microsoft.graph.team' },
      notebooks: { $Collection: true, $Type: 'microsoft.graph.notebook' },
      pages: { $Collection: true, $Type: 'microsoft.graph.page' },
    },
  },
};

const service = useService(csdl, {
  profile: graphProfile({ authentication: 'off' }),
});

it.each([
  ['messages/1/reply', 202],
  ['messages/1/createReply', 201],
  ['messages/1/copy', 201],
  ['teams/1/archive', 202],
  ['notebooks/1/copyNotebook', 202],
  ['pages/1/reply', 204],
  ['messages/2/reply', 404],
])('%s is answered with %s', async (path, status) => {
  for (const set of ['messages', 'pages', 'teams', 'notebooks']) await service.send('POST', set, { json: { id: '1' } });
  expect((await service.send('POST', path, { json: {} })).status).toBe(status);
});
