// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { readdirSync } from 'node:fs';

import { beforeAll, it } from '@jest/globals';

import { onEachDatabase, ROOT, type Changes } from '../query/technical-service.js';

import { holder } from './hold.js';
import { readScenario } from './scenario.js';

const FOLDER = 'test/scenarios';
const SEED = 'seed.http';
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.http') && file !== SEED);

/** What the service of a file does differently from that of the others, whose entities have no ETags. */
const CHANGES: Readonly<Record<string, Changes>> = { 'conditional-requests.http': { etags: 'always' } };

for (const file of FILES) {
  onEachDatabase(
    `scenario ${file}`,
    (service) => {
      const hold = holder(service, ROOT);
      beforeAll(async () => {
        for (const exchange of readScenario(`${FOLDER}/${SEED}`)) await hold(exchange);
      });

      it.each(readScenario(`${FOLDER}/${file}`).map((exchange) => [exchange.title, exchange] as const))(
        '%s',
        (_title, exchange) => hold(exchange),
      );
    },
    CHANGES[file] ?? { etags: 'declared' },
  );
}
