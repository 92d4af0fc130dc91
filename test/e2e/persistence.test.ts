import { setTimeout } from 'node:timers/promises';

import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { startProcess, type CommandProcess } from '../cli/start-process.js';
import { temporaryDirectory } from '../store/temporary-directory.js';
import { AUDITS, DOCUMENTED_BODY, REQUIRED } from './audits.js';
import { send, type Sent } from './send.js';

// Processes take their time to start where many others run.
jest.setTimeout(60_000);

const pathOf = temporaryDirectory();
const started: CommandProcess[] = [];

afterEach(async () => {
  for (const command of started.splice(0)) {
    command.kill('SIGKILL');
    await command.ended;
  }
});

async function serve(database: string) {
  const command = startProcess('serve', '--port', '0', '--db', database);
  started.push(command);
  const { origin } = new URL(await command.address());
  const headers = { Authorization: 'Bearer token' };
  return {
    command,
    send: (method: string, path: string, sent: Sent = {}) =>
      send(origin, method, `/beta/${AUDITS}${path}`, { ...sent, headers: { ...headers, ...sent.headers } }),
    async kill() {
      command.kill('SIGKILL');
      expect(await command.ended).toBe('SIGKILL');
    },
  };
}

describe('with a database file', () => {
  it('an object is still there, exactly, after a restart', async () => {
    const database = await pathOf('restart.db');
    const first = await serve(database);
    const { json: created } = await first.send('POST', '', {
      body: DOCUMENTED_BODY,
      headers: { 'Content-Type': 'application/json' },
    });
    first.command.kill('SIGINT');
    expect(await first.command.ended).toBe(0);

    const second = await serve(database);
    const { '@odata.context': context, ...object } = created;
    const { json } = await second.send('GET', `/${created.id}`);
    expect({ ...json, '@odata.context': undefined }).toEqual({ ...object, '@odata.context': undefined });
    expect(json.requestDateTime).toBe('2017-01-01T00:03:07.1589002-08:00');
    expect(new URL(json['@odata.context']).pathname).toBe(new URL(context).pathname);
  });

  it('every acknowledged write is there after kill -9, and what was not acknowledged is whole or absent', async () => {
    const database = await pathOf('killed.db');
    const acknowledged = new Map<string, string | undefined>();
    const service = await serve(database);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let count = 0; ; count++) {
        const id = `${writer}-${count}`;
        const { status } = await service.send('POST', '', { json: { ...REQUIRED, id, userName: 'created' } });
        if (status === 201) acknowledged.set(id, 'created');
        if (count % 3 === 1) {
          const patched = await service.send('PATCH', `/${id}`, { json: { userName: 'changed' } });
          if (patched.status === 200) acknowledged.set(id, 'changed');
        }
        if (count % 3 === 2) {
          const deleted = await service.send('DELETE', `/${id}`);
          if (deleted.status === 204) acknowledged.set(id, undefined);
        }
      }
    });
    const ended = Promise.allSettled(writers);
    while (acknowledged.size < 400) await setTimeout(5);
    await service.kill();
    await ended;
    const { send: ask } = await serve(database);
    for (const [id, userName] of acknowledged) {
      const { status, json } = await ask('GET', `/${id}`);
      // The one after the last acknowledged write may have come through as well.
      const seen = status === 200 ? json.userName : undefined;
      expect([id, seen === userName || isNext(id, userName, seen)]).toEqual([id, true]);
    }
    const { text } = await ask('GET', '/$count');
    expect(Number(text)).toBeGreaterThanOrEqual(
      [...acknowledged.values()].filter((each) => each !== undefined).length - 16,
    );
  });

  it('a second process is refused, and told why', async () => {
    const database = await pathOf('taken.db');
    const first = await serve(database);
    const second = startProcess('serve', '--port', '0', '--db', database);
    started.push(second);
    expect([await second.ended, second.output]).toEqual([2, '']);
    expect(second.errors.split('\n')[0]).toBe(
      `mockgraph: The database file '${database}' is in use by another process.`,
    );
    expect((await first.send('POST', '', { json: REQUIRED })).status).toBe(201);
  });
});

/** Whether a write that was under way when the process died would lead from one state to the other. */
function isNext(id: string, before: string | undefined, after: string | undefined): boolean {
  const step = Number(id.split('-')[1]) % 3;
  return before === 'created' && ((step === 1 && after === 'changed') || (step === 2 && after === undefined));
}
