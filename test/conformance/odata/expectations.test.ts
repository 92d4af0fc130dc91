// What the outside suite expects beyond an obvious reading of OData, section by section of its description, so that it is
// kept even where the suite cannot be had. Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { aggregation } from './expectations/aggregation.js';
import { background } from './expectations/background.js';
import { batches } from './expectations/batch.js';
import { clientOf, type Client } from './expectations/client.js';
import { errors } from './expectations/errors.js';
import { metadata } from './expectations/metadata.js';
import { operations } from './expectations/operations.js';
import { reading } from './expectations/reading.js';
import { requests } from './expectations/requests.js';
import { values } from './expectations/values.js';
import { writing } from './expectations/writing.js';
import { serveModel, type ServedModel } from './serve-model.js';

const databases = [':memory:', ...[process.env['MOCKGRAPH_POSTGRES'] ?? []].flat()];
const CHAPTERS: readonly ((client: Client) => void)[] = [
  requests,
  metadata,
  reading,
  values,
  aggregation,
  writing,
  operations,
  batches,
  background,
  errors,
];

describe.each(databases)('what the suite expects, on %s', (database) => {
  let served: ServedModel;
  const client = clientOf(() => served);

  beforeAll(async () => {
    served = await serveModel('test/conformance/reference-model', database);
  });
  beforeEach(() => client.restore());
  afterAll(() => served.close());

  for (const chapter of CHAPTERS) chapter(client);

  it('is met without a fault of the service', () => {
    expect(served.faults).toEqual([]);
  });
});
