import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { odataProfile } from '../../../src/protocol/index.js';
import { useService } from '../service-in-test.js';

const open: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'open.Container',
  open: {
    Bag: {
      $Kind: 'EntityType',
      $OpenType: true,
      $Key: ['ID'],
      ID: {},
      Loose: { $Type: 'open.Loose', $Nullable: true },
      Closed: { $Type: 'open.Closed', $Nullable: true },
    },
    Loose: { $Kind: 'ComplexType', $OpenType: true, Known: { $Nullable: true } },
    Closed: { $Kind: 'ComplexType', Known: { $Nullable: true } },
    Container: { $Kind: 'EntityContainer', Bags: { $Collection: true, $Type: 'open.Bag' } },
  },
};

describe('dynamic properties by their paths [OData-Protocol 11.4.9]', () => {
  const { send } = useService(open);
  const bag = "Bags('1')";
  beforeEach(async () => {
    await send('POST', 'Bags', { json: { ID: '1', city: 'Bath', Loose: { Known: 'x' }, Closed: { Known: 'y' } } });
  });

  it.each([['Oslo'], [7], [1.5], [true], [['a', 1]], [{ a: { b: 1 } }]])(
    'are written, read and cleared: %j',
    async (value) => {
      for (const path of ['city', 'other', 'Loose/other']) {
        expect((await send('PUT', `${bag}/${path}`, { json: { value } })).status).toBe(204);
        expect((await send('GET', `${bag}/${path}`)).json.value).toEqual(value);
        expect((await send('DELETE', `${bag}/${path}`)).status).toBe(204);
        expect((await send('GET', `${bag}/${path}`)).status).toBe(204);
      }
    },
  );

  it('have bare values, where they are single', async () => {
    expect(
      (await send('PUT', `${bag}/city/$value`, { headers: { 'Content-Type': 'text/plain' }, body: 'Ulm' })).status,
    ).toBe(204);
    expect((await send('GET', `${bag}/city/$value`)).text).toBe('Ulm');
    await send('PUT', `${bag}/city`, { json: { value: { a: 1 } } });
    expect((await send('GET', `${bag}/city/$value`)).status).toBe(400);
  });

  it('leave all others alone', async () => {
    await send('PUT', `${bag}/Loose/more`, { json: { value: 1 } });
    expect((await send('GET', bag)).json).toMatchObject({ city: 'Bath', Loose: { Known: 'x', more: 1 } });
  });

  it.each([
    ['a closed type', 'GET', `${bag}/Closed/other`, 404],
    ['a name that every object has', 'GET', `${bag}/constructor`, 404],
    ['an argument', 'GET', `${bag}/other(1)`, 404],
    ['a condition that does not hold', 'PUT', `${bag}/city`, 412],
    ['an entity that is not there', 'GET', "Bags('2')/city", 404],
  ])('do not come with %s', async (_, method, path, status) => {
    const sent = method === 'PUT' ? { json: { value: 1 }, headers: { 'If-Match': 'W/"9"' } } : {};
    expect((await send(method, path, sent)).status).toBe(status);
  });
});

describe('a service whose paths name declared properties alone', () => {
  const { send } = useService(open, { profile: { path: { ...odataProfile.path, dynamicPaths: false } } });

  it('knows no others', async () => {
    await send('POST', 'Bags', { json: { ID: '1', city: 'Bath' } });
    expect((await send('GET', "Bags('1')/city")).status).toBe(404);
  });
});
