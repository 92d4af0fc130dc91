import { COLLECTION } from './audit.js';
import type { ServerBenchmark } from './benchmark.js';
import { load, requestText } from './load.js';

export const readByKey: ServerBenchmark = {
  name: 'GET by key',
  count: 6000,
  measure: ({ port, keys }, count) => {
    const requests = keys.map((key) => requestText('GET', `${COLLECTION}/${key}`));
    return load({ port, count, expectedStatus: 200, request: (index) => requests[index % requests.length]! });
  },
  aim: { 'node:http': 0.35, nest: 1 },
};
