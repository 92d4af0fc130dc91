// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { readdirSync } from 'node:fs';

import { beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT, type TechnicalService } from '../query/technical-service.js';

import { matched, readScenario, withVariables, type Exchange, type Variables } from './scenario.js';

const FOLDER = 'test/scenarios';
const SEED = 'seed.http';
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.http') && file !== SEED);

async function hold(exchange: Exchange, service: TechnicalService, variables: Variables): Promise<void> {
  const { method, headers, status, answeredHeaders, answer } = exchange;
  const url = withVariables(exchange.url, variables).replace(`${ROOT}/`, '');
  const answered = await service.send(method, url, {
    headers,
    ...(exchange.body === undefined ? {} : { body: exchange.body }),
  });
  expect([status, answered.text]).toEqual([answered.status, answered.text]);
  expect(Object.fromEntries(answered.headers)).toMatchObject(answeredHeaders);
  if (answer === undefined) return;
  if (!answer.startsWith('{')) expect(answered.text).toBe(withVariables(answer, variables));
  else expect(answered.json).toEqual(matched(JSON.parse(answer), answered.json, variables));
}

for (const file of FILES) {
  onEachDatabase(
    `scenario ${file}`,
    (service) => {
      const variables: Variables = new Map([['root', ROOT]]);
      beforeAll(async () => {
        for (const exchange of readScenario(`${FOLDER}/${SEED}`)) await hold(exchange, service, variables);
      });

      it.each(readScenario(`${FOLDER}/${file}`).map((exchange) => [exchange.title, exchange] as const))(
        '%s',
        (_title, exchange) => hold(exchange, service, variables),
      );
    },
    { etags: 'declared' },
  );
}
