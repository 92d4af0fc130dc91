import { describe, it } from '@jest/globals';

import { openStore } from '../../src/store/index.js';
import { storeConformance } from './conformance/index.js';

const database = process.env['MOCKGRAPH_POSTGRES'];

if (database === undefined)
  describe('PostgreSQL', () => {
    it.skip('needs the URL of a database in the environment variable MOCKGRAPH_POSTGRES', () => {});
  });
else storeConformance('PostgreSQL', () => openStore({ database }));
