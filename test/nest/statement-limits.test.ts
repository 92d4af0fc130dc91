// Runs where MOCKGRAPH_POSTGRES says where a PostgreSQL is.

import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { createApplication } from '../../src/nest/index.js';
import { odataProfile } from '../../src/protocol/index.js';
import { RawConnection } from '../e2e/raw.js';
import { send } from '../e2e/send.js';

const { MOCKGRAPH_POSTGRES } = process.env;
/** The roots of two services on one store: statements of the first have a second, those of the other as long as they want. */
const [HASTY, PATIENT] = ['hasty', 'patient'] as const;
const MANY = 10;

(MOCKGRAPH_POSTGRES === undefined ? describe.skip : describe)('statements that take long on PostgreSQL', () => {
  const name = `mockgraph_${randomUUID().replaceAll('-', '')}`;
  const administrator = new Client(MOCKGRAPH_POSTGRES);
  const blocker = new Client(
    Object.assign(new URL(MOCKGRAPH_POSTGRES ?? 'postgres://'), { pathname: `/${name}` }).href,
  );
  const faults: unknown[] = [];
  let application: INestApplication;
  let origin: string;

  beforeAll(async () => {
    await administrator.connect();
    await administrator.query(`CREATE DATABASE ${name}`);
    const files = ['test/fixtures/technical.csdl.xml'];
    const onFault = (error: unknown) => faults.push(error);
    const services = [
      { root: HASTY, files, profile: odataProfile, limits: { maxStatementSeconds: 1 }, onFault },
      { root: PATIENT, files, profile: odataProfile, limits: { maxStatementSeconds: 1_000_000_000 }, onFault },
    ];
    const database = Object.assign(new URL(MOCKGRAPH_POSTGRES!), { pathname: `/${name}` }).href;
    application = await createApplication({ services, store: { database } });
    await application.listen(0, '127.0.0.1');
    origin = `http://127.0.0.1:${String(((application.getHttpServer() as Server).address() as AddressInfo).port)}`;
    await blocker.connect();
    for (let id = 1; id <= 3; id++)
      expect((await ask(HASTY, 'POST', 'Bags', { Id: `b${id}`, Label: 'old' })).status).toBe(201);
  }, 60_000);
  afterAll(async () => {
    await application.close();
    await blocker.end();
    await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await administrator.end();
  });

  const ask = (root: string, method: string, path: string, json?: unknown) =>
    send(origin, method, `/${root}/${path}`, json === undefined ? {} : { json });
  const labels = async () =>
    (
      JSON.parse((await ask(PATIENT, 'GET', 'Bags?$select=Label&$orderby=Id')).text) as { value: { Label: string }[] }
    ).value.map(({ Label }) => Label);
  /** Keeps statements waiting as long as some work takes. */
  async function whileLocked<T>(lock: string, work: () => Promise<T>): Promise<T> {
    await blocker.query('BEGIN');
    await blocker.query(lock);
    try {
      return await work();
    } finally {
      await blocker.query('ROLLBACK');
    }
  }
  const TABLE = 'LOCK TABLE entity IN ACCESS EXCLUSIVE MODE';
  const ROW = "SELECT 1 FROM entity WHERE key = 'b2' FOR UPDATE";

  /** Resolves when so many statements of the services run. */
  async function running(count: number): Promise<void> {
    const statement = `SELECT 1 FROM pg_stat_activity
      WHERE datname = $1 AND application_name = 'mockgraph' AND state = 'active'`;
    while ((await administrator.query(statement, [name])).rowCount !== count)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const tooLong = {
    status: 504,
    error: {
      code: 'GatewayTimeout',
      message: expect.stringContaining('did not finish in the time that the service gives'),
    },
  };
  const told = ({ status, text }: { status: number; text: string }) => ({
    status,
    error: (JSON.parse(text) as { error: unknown }).error,
  });

  it('are ended with 504, and their sessions go on', async () => {
    const answers = await whileLocked(TABLE, () =>
      Promise.all(Array.from({ length: MANY }, () => ask(HASTY, 'GET', 'Bags'))),
    );
    expect(answers.map(told)).toEqual(Array.from({ length: MANY }, () => tooLong));
    const later = await Promise.all(Array.from({ length: MANY }, () => ask(HASTY, 'GET', 'Bags/$count')));
    expect(later.map(({ text }) => text)).toEqual(Array(MANY).fill('3'));
  }, 20_000);

  it('are ended while they are planned', async () => {
    const $filter = Array.from({ length: 200 }, () => 'Friends/any(f:f/Id gt 0)').join(' and ');
    const answer = await ask(HASTY, 'GET', `Things?$filter=${encodeURIComponent($filter)}`);
    if (answer.status !== 200) expect(told(answer)).toEqual(tooLong);
    expect((await ask(HASTY, 'GET', 'Bags/$count')).text).toBe('3');
  }, 20_000);

  it('have the time that their own service gives them', async () => {
    const waiting = await whileLocked(TABLE, async () => {
      const answers = Array.from({ length: MANY / 2 }, () => ask(PATIENT, 'GET', 'Bags/$count'));
      expect(told(await ask(HASTY, 'GET', 'Bags'))).toEqual(tooLong);
      return answers;
    });
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(Array(MANY / 2).fill('3'));
  }, 20_000);

  it('leave nothing half written', async () => {
    const change = { Label: 'new' };
    const all = await whileLocked(ROW, () => ask(HASTY, 'PATCH', 'Bags/$filter(true)/$each', change));
    expect(told(all)).toEqual(tooLong);
    const requests = ['b1', 'b2', 'b3'].map((id) => ({
      id,
      method: 'PATCH',
      url: `Bags('${id}')`,
      body: change,
      atomicityGroup: 'g',
      headers: { 'if-match': '*' },
    }));
    const batch = await whileLocked(ROW, () => ask(HASTY, 'POST', '$batch', { requests }));
    const { responses } = JSON.parse(batch.text) as { responses: { status: number }[] };
    expect(responses.map(({ status }) => status)).toEqual([424, 504, 424]);
    expect(await labels()).toEqual(['old', 'old', 'old']);
    expect((await ask(HASTY, 'PATCH', 'Bags/$filter(true)/$each', change)).status).toBe(204);
    expect(await labels()).toEqual(['new', 'new', 'new']);
  }, 20_000);

  it('are ended when their client goes away, and no others', async () => {
    const request = `GET /${PATIENT}/Bags HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const staying = await whileLocked(TABLE, async () => {
      const leaving = Array.from({ length: MANY / 2 }, () => new RawConnection(origin).write(request));
      const others = Array.from({ length: MANY / 2 }, () => ask(PATIENT, 'GET', 'Bags/$count'));
      await running(MANY);
      for (const connection of leaving) connection.abort();
      await running(MANY / 2);
      return others;
    });
    expect((await Promise.all(staying)).map(({ text }) => text)).toEqual(Array(MANY / 2).fill('3'));
    expect(await labels()).toHaveLength(3);
  }, 20_000);

  it('do not wait for a session when their client has gone', async () => {
    const request = `GET /${PATIENT}/Bags HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    await whileLocked(TABLE, async () => {
      const leaving = Array.from({ length: MANY * 3 }, () => new RawConnection(origin).write(request));
      await running(MANY);
      for (const connection of leaving) connection.abort();
      await running(0);
    });
    expect(await labels()).toHaveLength(3);
  }, 20_000);

  it('write to their end when their client goes away', async () => {
    const body = '{"Label":"last"}';
    const request = `PATCH /${PATIENT}/Bags('b2') HTTP/1.1\r\nHost: localhost\r\nIf-Match: *\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${body}`;
    await whileLocked(ROW, async () => {
      const leaving = new RawConnection(origin).write(request);
      await running(1);
      leaving.abort();
    });
    await running(0);
    while ((await labels())[1] !== 'last') await new Promise((resolve) => setTimeout(resolve, 10));
  }, 20_000);

  it('are no faults of the service', () => expect(faults).toEqual([]));
});
