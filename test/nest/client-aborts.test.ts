// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../src/protocol/index.js';
import { createApplication } from '../../src/nest/index.js';
import { RawConnection } from '../e2e/raw.js';
import { send } from '../e2e/send.js';

const { MOCKGRAPH_POSTGRES } = process.env;
const databases: readonly (readonly [name: string, database: string])[] = [
  ['SQLite', ':memory:'],
  ...(MOCKGRAPH_POSTGRES === undefined ? [] : [['PostgreSQL', MOCKGRAPH_POSTGRES] as const]),
];

/** More than the sessions that a database keeps open. */
const ABORTS = 40;
const BAGS = 3000;

describe.each(databases)('clients that go away while they are answered, on %s', (_name, database) => {
  const root = `aborts-${randomUUID()}`;
  const faults: unknown[] = [];
  let application: INestApplication;
  let origin: string;
  const ask = (method: string, path: string, json?: unknown) =>
    send(origin, method, `/${root}/${path}`, json === undefined ? {} : { json });

  beforeAll(async () => {
    application = await createApplication({
      services: [
        {
          root,
          space: root,
          files: ['test/fixtures/technical.csdl.xml'],
          profile: { ...odataProfile, limits: { ...odataProfile.limits, pageSize: BAGS } },
          onFault: (error) => faults.push(error),
        },
      ],
      store: { database },
    });
    await application.listen(0, '127.0.0.1');
    const { port } = (application.getHttpServer() as Server).address() as AddressInfo;
    origin = `http://127.0.0.1:${String(port)}`;
    const value = Array.from({ length: BAGS }, (_, index) => ({ Id: `b${String(index)}`, Label: 'x'.repeat(1000) }));
    expect((await ask('PUT', 'Bags', { value })).status).toBe(204);
  }, 60_000);
  afterAll(() => application.close());

  /** Sends a request, and is gone when the first bytes of the answer come. */
  async function abort(request: string): Promise<void> {
    const connection = new RawConnection(origin).write(request);
    await connection.until(/HTTP\/1\.1 \d+/);
    connection.abort();
  }

  const head = (method: string, path: string, body = '') =>
    `${method} /${root}/${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;

  it.each([
    ['pages', head('GET', 'Bags')],
    [
      'batches',
      head('POST', '$batch', JSON.stringify({ requests: [{ id: '1', method: 'GET', url: 'Bags?$top=2000' }] })),
    ],
  ])(
    '%s: all others are answered',
    async (_what, request) => {
      for (let round = 0; round < 4; round++)
        await Promise.all(Array.from({ length: ABORTS / 4 }, () => abort(request)));
      const counts = await Promise.all(Array.from({ length: ABORTS }, () => ask('GET', 'Bags/$count')));
      expect(counts.map(({ text }) => text)).toEqual(Array(ABORTS).fill(String(BAGS)));
      const whole = await ask('GET', 'Bags?$select=Id');
      expect(JSON.parse(whole.text).value).toHaveLength(BAGS);
      expect((await ask('DELETE', "Bags('b0')")).status).toBe(204);
      expect((await ask('POST', 'Bags', { Id: 'b0' })).status).toBe(201);
      expect(faults).toEqual([]);
    },
    60_000,
  );
});
