import { beforeEach, describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../../src/protocol/index.js';
import { useService } from '../service-in-test.js';

import { gallery } from './gallery.js';

const PIXEL = 'iVBORw0KGgo';
const photo = (Photo: unknown, contentType = 'image/png') => ({ 'Photo@odata.mediaContentType': contentType, Photo });

describe('streams within payloads [OData-JSON 9, 10]', () => {
  const service = useService(gallery);
  const { send } = service;
  const stream = async (path: string) => {
    const { status, headers, bytes } = await send('GET', path);
    return [status, headers.get('Content-Type'), bytes.toString('base64url')];
  };

  it('come with a new entity and those within it', async () => {
    const Images = [{ ID: 'a', Title: 'A', '@odata.mediaContentType': 'image/png', $value: PIXEL }];
    const { status, json } = await send('POST', 'Products', { json: { ID: 1, ...photo(PIXEL), Images } });
    expect([status, json['Photo@odata.mediaContentType']]).toEqual([201, 'image/png']);
    expect(await stream('Products(1)/Photo')).toEqual([200, 'image/png', PIXEL]);
    expect(await stream("Products(1)/Images('a')/$value")).toEqual([200, 'image/png', PIXEL]);
  });

  describe('of an entity that exists', () => {
    beforeEach(async () => void (await send('POST', 'Products', { json: { ID: 1, ...photo(PIXEL) } })));

    it('change, go by null, and stay where they are not mentioned', async () => {
      const manual = { 'Manual@odata.mediaContentType': 'text/plain', Manual: 'Grüße' };
      expect((await send('PATCH', 'Products(1)', { json: manual })).status).toBe(204);
      expect((await send('GET', 'Products(1)/Manual')).text).toBe('Grüße');
      expect(await stream('Products(1)/Photo')).toEqual([200, 'image/png', PIXEL]);
      expect((await send('PATCH', 'Products(1)', { json: { Photo: null } })).status).toBe(204);
      expect((await send('GET', 'Products(1)/Photo')).status).toBe(204);
      expect((await send('PUT', 'Products(1)', { json: { Name: 'x' } })).status).toBe(204);
      expect((await send('GET', 'Products(1)/Manual')).text).toBe('Grüße');
    });

    it.each([
      ['no base64url', photo('no base64!'), 400],
      ['a number', photo(1), 400],
      ['an object', photo({}), 400],
      ['a type that is not accepted', photo('x', 'text/plain'), 415],
      ['what is no type', photo(PIXEL, 'png'), 415],
      ['a stream of what has none', { $value: PIXEL }, 400],
    ])('are refused: %s', async (_, json, status) => {
      expect((await send('PATCH', 'Products(1)', { json: { Name: 'changed', ...json } })).status).toBe(status);
      expect((await send('GET', 'Products(1)')).json.Name).toBe(null);
      expect(await stream('Products(1)/Photo')).toEqual([200, 'image/png', PIXEL]);
    });
  });
});

describe('a service without streams in payloads', () => {
  const { send } = useService(gallery, {
    profile: { validation: { ...odataProfile.validation, inlineStreams: false } },
  });

  it('refuses them', async () => {
    expect((await send('POST', 'Products', { json: { ID: 1, ...photo(PIXEL) } })).status).toBe(400);
  });
});
