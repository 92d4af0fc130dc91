import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const key = { $Key: ['id'], id: {} };
const range = { $Type: 'microsoft.graph.range' };
const bound = { $Kind: 'Function', $IsBound: true, $IsComposable: true, $ReturnType: range };

/** Names of a workbook, whose cells only functions lead to. */
const workbook: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    name: { $Kind: 'EntityType', ...key, comment: { $Nullable: true } },
    range: {
      $Kind: 'EntityType',
      ...key,
      address: { $Nullable: true },
      format: { $Kind: 'NavigationProperty', $Type: 'microsoft.graph.format' },
      borders: { $Kind: 'NavigationProperty', $Type: 'microsoft.graph.format', $Collection: true },
    },
    format: { $Kind: 'EntityType', ...key, color: { $Nullable: true } },
    cells: [{ ...bound, $Parameter: [{ $Name: 'name', $Type: 'microsoft.graph.name' }] }],
    cell: [{ ...bound, $Parameter: [{ $Name: 'name', $Type: 'microsoft.graph.name' }, { $Name: 'at' }] }],
    lastRow: [{ ...bound, $Parameter: [{ $Name: 'range', ...range }] }],
    clear: [{ $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'range', ...range }] }],
    GraphService: { $Kind: 'EntityContainer', names: { $Collection: true, $Type: 'microsoft.graph.name' } },
  },
};

const service = useService(workbook, { profile: graphProfile({ authentication: 'off' }) });

describe('an entity that a function gives which nothing implements', () => {
  const read = (path: string) => service.send('GET', `names/a/${path}`);
  const write = (method: string, path: string, json: object) => service.send(method, `names/a/${path}`, { json });

  beforeEach(async () => {
    for (const id of ['a', 'b']) await service.send('POST', 'names', { json: { id } });
  });

  it('keeps what is written behind it', async () => {
    expect((await write('PATCH', 'cells/format', { color: 'red' })).status).toBe(200);
    const { status, json, headers } = await read('cells/format');
    expect([status, json.color, headers.get('x-mockgraph-answer')]).toEqual([200, 'red', 'sample']);
    expect((await write('POST', 'cells/borders', { id: 'top', color: 'blue' })).status).toBe(201);
    expect((await read('cells/borders')).json.value).toMatchObject([{ id: 'top', color: 'blue' }]);
    expect((await read('cells/borders/top')).json.color).toBe('blue');
    expect((await write('DELETE', 'cells/borders/top', {})).status).toBe(204);
    expect((await read('cells/borders')).json.value).toEqual([]);
  });

  it('keeps what is written to itself', async () => {
    const before = (await read("cell(at='1')")).json;
    expect((await write('PATCH', "cell(at='1')", { address: 'A1' })).status).toBe(200);
    const { status, json, headers } = await read("cell(at='1')");
    expect([status, json.address, json.id, headers.get('x-mockgraph-answer')]).toEqual([
      200,
      'A1',
      before.id,
      'sample',
    ]);
    expect((await read("cell(at='2')")).json.address).toBe(before.address);
    expect((await write('PATCH', "cell(at='1')", { none: 1 })).status).toBe(400);
    for (const method of ['PUT', 'DELETE', 'POST'])
      expect((await write(method, "cell(at='1')", { id: 'x' })).status).toBe(405);
    expect((await write('PATCH', 'cell', { address: 'A1' })).status).toBe(400);
    expect((await service.send('PATCH', "names/none/cell(at='1')", { json: {} })).status).toBe(404);
  });

  it('is another one for each entity and for other parameters', async () => {
    await write('PATCH', "cell(at='A/1')/format", { color: 'green' });
    expect((await read("cell(at='A/1')/format")).json.color).toBe('green');
    expect((await read("cell(at='A')/format")).json.color).toBeNull();
    expect((await service.send('GET', "names/b/cell(at='A/1')/format")).json.color).toBeNull();
  });

  it('has functions and actions of its own', async () => {
    await write('PATCH', 'cells/lastRow/format', { color: 'grey' });
    expect((await read('cells/lastRow/format')).json.color).toBe('grey');
    expect((await write('POST', 'cells/clear', {})).status).toBe(204);
    expect((await write('POST', 'cells/paint', {})).status).toBe(400);
  });

  it('goes with what it belongs to, and is not stored where nothing follows', async () => {
    expect((await read('cells')).json.id).toBeTruthy();
    await write('PATCH', 'cells/format', { color: 'red' });
    expect((await service.send('DELETE', 'names/a')).status).toBe(204);
    expect((await read('cells/format')).status).toBe(404);
    await service.send('POST', 'names', { json: { id: 'a' } });
    expect((await read('cells/format')).json.color).toBeNull();
  });
});
