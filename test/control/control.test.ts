import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { temporaryDirectory } from '../store/temporary-directory.js';

import { startControlled, type Controlled } from './application.js';

describe('the control plane', () => {
  let controlled: Controlled;
  beforeAll(async () => void (controlled = await startControlled()));
  beforeEach(async () => void (await controlled.send('POST', '/__admin/reset')));
  afterAll(() => controlled.close());

  it('says that the services are there', async () => {
    const { status, json } = await controlled.send('GET', '/__admin/health');
    expect([status, json]).toEqual([200, { status: 'ok', services: ['/beta', '/v1.0', '/'] }]);
  });

  it('seeds what every service over the tenant reads', async () => {
    const { status, json } = await controlled.seed('users/1', { displayName: 'Ada' });
    expect([status, json]).toEqual([200, { stored: ['users/1'], dropped: [] }]);
    for (const version of ['beta', 'v1.0']) {
      const answer = await controlled.send('GET', `/${version}/users/1`);
      expect(answer.json).toMatchObject({ id: '1', displayName: 'Ada' });
    }
    expect((await controlled.send('GET', '/users/1')).status).toBe(404);
  });

  it('seeds the service at the host root, whose name is empty', async () => {
    await controlled.seed('users/1', { displayName: 'Ada' }, { version: '' });
    expect((await controlled.send('GET', '/users/1')).json).toMatchObject({ displayName: 'Ada' });
  });

  it('takes seeds away again, and everything', async () => {
    const seed = { version: 'beta', path: '/users', body: { value: [{ id: '1' }, { displayName: 'without key' }] } };
    await controlled.send('PUT', '/__admin/seed', seed);
    await controlled.seed('users/3', {});
    expect((await controlled.send('GET', '/beta/users')).json.value).toHaveLength(3);
    expect((await controlled.send('DELETE', '/__admin/seed', seed)).json).toEqual({ removed: 2 });
    expect((await controlled.send('DELETE', '/__admin/seed', seed)).json).toEqual({ removed: 0 });
    expect((await controlled.send('GET', '/beta/users')).json.value).toHaveLength(1);
    expect((await controlled.send('POST', '/__admin/reset')).status).toBe(204);
    expect((await controlled.send('GET', '/beta/users')).json.value).toHaveLength(0);
  });

  it.each([
    ['no object', [], /must be a JSON object/, []],
    ['a missing path', { version: 'beta', body: {} }, /path/, ['path']],
    ['a body that is no object', { version: 'beta', path: 'users/1', body: 1 }, /body/, ['body']],
    ['a mode of another name', { version: 'beta', path: 'users/1', body: {}, mode: 'put' }, /mode/, ['mode']],
    ['an unknown member', { version: 'beta', path: 'users/1', body: {}, colour: 1 }, /colour/, ['colour']],
    ['an unknown version', { version: 'v2', path: 'users/1', body: {} }, /'beta', 'v1\.0'/, []],
    ['no version among several', { path: 'users/1', body: {} }, /version/, []],
    ['a path that leads nowhere', { version: 'beta', path: 'usres/1', body: {} }, /Did you mean 'users'/, []],
    ['a path of something else', { version: 'beta', path: '$metadata', body: {} }, /names no entity/, []],
    ['a collection without a value', { version: 'beta', path: 'users', body: {} }, /\{"value": \[…\]\}/, []],
    [
      'what the schema does not know, when strict',
      { version: 'beta', path: 'users/1', body: { age: 7 }, strict: true },
      /'age' does not exist/,
      ['age'],
    ],
  ])('refuses %s', async (_name, seed, message, targets) => {
    const { status, json } = await controlled.send('PUT', '/__admin/seed', seed);
    expect([status, json.error.code, json.error.message]).toEqual([400, 'BadRequest', expect.stringMatching(message)]);
    expect(json.error.innerError['request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((json.error.details ?? []).map(({ target }: { target: string }) => target)).toEqual(targets);
  });

  it.each([
    ['that is not JSON', '{"path":', 400],
    ['that is empty', '', 400],
    ['that is too large', `"${'x'.repeat(17 * 1024 * 1024)}"`, 413],
  ])('refuses a body %s', async (_name, body, status) => {
    const health = await controlled.send('GET', '/__admin/health');
    expect(health.status).toBe(200);
    const answer = await controlled.sendText('PUT', '/__admin/seed', body);
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toMatch(/body/);
  });

  it('keeps every digit of a number', async () => {
    const path = 'users/1/messages/1/attachments/1';
    await controlled.sendText(
      'PUT',
      '/__admin/seed',
      `{"version":"beta","path":"${path}","type":"microsoft.graph.fileAttachment","body":{"bytes":9007199254740993}}`,
    );
    expect((await controlled.send('GET', `/beta/${path}`)).text).toContain('"bytes":9007199254740993');
  });
});

describe('without a control plane', () => {
  it('its paths are those of the services', async () => {
    const controlled = await startControlled(':memory:', false);
    const { status, json } = await controlled.send('GET', '/__admin/health');
    expect([status, json.error.message]).toEqual([404, expect.stringContaining('__admin')]);
    await controlled.close();
  });
});

const inDirectory = temporaryDirectory();

describe('on a file', () => {
  it('seeds stay', async () => {
    const database = await inDirectory('seeds.db');
    const first = await startControlled(database);
    await first.seed('users/1/messages/2', { subject: 'kept' });
    await first.close();
    const second = await startControlled(database);
    expect((await second.send('GET', '/beta/users/1/messages/2')).json).toMatchObject({ subject: 'kept' });
    await second.close();
  });
});
