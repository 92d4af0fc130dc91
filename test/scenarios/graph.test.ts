// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { readdirSync } from 'node:fs';

import { afterAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from '../graph/directory-service.js';

import { holder } from './hold.js';
import { readScenario } from './scenario.js';

const FOLDER = 'test/scenarios/graph';

for (const file of readdirSync(FOLDER)) {
  onEachDatabase(`scenario graph/${file}`, (service) => {
    const hold = holder(service, ROOT);
    afterAll(() => expect(service.faults).toEqual([]));

    it.each(readScenario(`${FOLDER}/${file}`).map((exchange) => [exchange.title, exchange] as const))(
      '%s',
      (_title, exchange) => hold(exchange),
    );
  });
}
