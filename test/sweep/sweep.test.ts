import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { loadModel } from '../../src/csdl/index.js';
import { BETA, useService } from '../e2e/start-service.js';

import { placesOf } from './places.js';
import { Sweep } from './sweep.js';
import { totalsOf, worse } from './tally.js';

const { model } = loadModel(BETA);

async function sweepOf(base: string): Promise<Sweep> {
  const sweep = new Sweep(base, model);
  for (const place of placesOf(model, 3)) await sweep.visit(place);
  return sweep;
}

describe('the sweep', () => {
  const service = useService();

  it('finds every place of the schema that ships, readable, writable and guarded', async () => {
    const { checks } = await sweepOf(`${service.origin}/beta`);
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(totalsOf(checks)).toEqual({
      'create: passed': 2,
      'read back: passed': 2,
      'read: passed': 3,
      'refuse: passed': 2,
    });
    expect(checks.map(({ path }) => path)).toContain('deviceManagement/remoteActionAudits');
  });
});

describe('the sweep of a service that takes everything and knows nothing', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const isList = request.method === 'GET' && !/\w{2}\/1$/.test(request.url!);
      response.writeHead(request.method === 'POST' ? 201 : 200).end(isList ? '{"value":[]}' : '{"id":"1"}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => void server.close());

  it('fails', async () => {
    const { checks } = await sweepOf(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    expect(totalsOf(checks)).toMatchObject({ 'refuse: failed': 2, 'read back: failed': 2 });
  });
});

describe('totals', () => {
  it.each([
    [{ 'create: passed': 2 }, { 'create: passed': 2 }, []],
    [{ 'create: passed': 2 }, { 'create: passed': 3 }, []],
    [{ 'create: passed': 2 }, { 'create: passed': 1 }, ['create: passed was 2 and is 1.']],
    [{ 'create: passed': 2 }, {}, ['create: passed was 2 and is 0.']],
    [{}, { 'create: failed': 1 }, ['create: failed was 0 and is 1.']],
    [{ 'create: failed': 1 }, {}, []],
    [{ 'create: refused': 1 }, { 'create: refused': 2 }, []],
  ])('worse than %j: %j', (kept, totals, faults) => {
    expect(worse(kept, totals)).toEqual(faults);
  });
});
