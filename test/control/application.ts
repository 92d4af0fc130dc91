import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { graphProfile } from '../../src/graph/index.js';
import { createApplication } from '../../src/nest/index.js';
import { odataProfile } from '../../src/protocol/index.js';
import { send } from '../e2e/send.js';

const FILES = ['test/seed/directory.csdl.xml'];

export interface Controlled {
  send(method: string, path: string, json?: unknown): ReturnType<typeof send>;
  /** What is answered to a GET, byte by byte. */
  bytes(path: string): Promise<{ readonly status: number; readonly bytes: Buffer }>;
  /** With a body that need not be JSON. */
  sendText(method: string, path: string, body: string): ReturnType<typeof send>;
  seed(path: string, body: unknown, more?: object): ReturnType<typeof send>;
  close(): Promise<void>;
}

/** `/beta` and `/v1.0` over one tenant, and a plain service at the host's root, with the control plane beside them. */
export async function startControlled(database = ':memory:', control = true): Promise<Controlled> {
  const profile = graphProfile({ authentication: 'off' });
  const application = await createApplication({
    services: [
      { root: 'beta', files: FILES, profile },
      { root: 'v1.0', files: FILES, profile },
      { root: '', files: FILES, profile: odataProfile, space: 'plain' },
    ],
    store: { database, ignoreCase: true },
    control,
  });
  await application.listen(0, '127.0.0.1');
  const { port } = (application.getHttpServer() as Server).address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  return {
    send: (method, path, json) => send(origin, method, path, json === undefined ? {} : { json }),
    bytes: async (path) => {
      const response = await fetch(origin + path);
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
    },
    sendText: (method, path, body) =>
      send(origin, method, path, { body, headers: { 'Content-Type': 'application/json' } }),
    seed: (path, body, more = {}) =>
      send(origin, 'PUT', '/__admin/seed', { json: { version: 'beta', path, body, mode: 'upsert', ...more } }),
    close: () => application.close(),
  };
}
