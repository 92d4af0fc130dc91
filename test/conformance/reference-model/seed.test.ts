import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { loadModel, writeCsdlJson } from '../../../src/csdl/index.js';
import { useService } from '../../protocol/service-in-test.js';

import { referenceModel } from './index.js';

const DIRECTORY = 'test/conformance/reference-model';
const { metadata, behaviors } = referenceModel(DIRECTORY);
const seed = JSON.parse(readFileSync(join(DIRECTORY, 'seed.json'), 'utf8')) as Record<string, Record<string, string>[]>;
const service = useService(JSON.parse(writeCsdlJson(loadModel([metadata]).model, { version: '4.01' })), { behaviors });

describe('the seed of the reference model', () => {
  it('brings the photos of products and the content of media entities', async () => {
    expect((await service.send('POST', 'Reseed', { json: {} })).status).toBe(200);
    for (const { ID, Photo, ...others } of seed['Products']!) {
      const { status, headers, bytes } = await service.send('GET', `Products(${ID})/Photo`);
      const expected = [200, others['Photo@odata.mediaContentType'], Photo];
      expect([status, headers.get('Content-Type'), bytes.toString('base64')]).toEqual(expected);
    }
    for (const { ID, $value, ...others } of seed['MediaItems']!) {
      const { status, headers, bytes } = await service.send('GET', `MediaItems(${ID})/$value`);
      const expected = [200, others['@odata.mediaContentType'], $value];
      expect([status, headers.get('Content-Type'), bytes.toString('base64url')]).toEqual(expected);
    }
  });
});
