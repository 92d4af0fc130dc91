import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll } from '@jest/globals';

import { graphProfile } from '../../src/graph/index.js';
import { createApplication, type ODataModuleOptions } from '../../src/nest/index.js';

import { send, type Answer, type Sent } from './send.js';

export interface StartedService {
  /** `http://127.0.0.1:41234` */
  readonly origin: string;
  readonly server: Server;
  close(): Promise<void>;
}

export const BETA = 'metadata/beta.csdl.xml';

/** The service of the documented API, as `mockgraph serve` has it. */
export const GRAPH: ODataModuleOptions = {
  root: 'beta',
  files: [BETA],
  profile: graphProfile({ authentication: 'any' }),
};

/** An application on a free port, with a database of its own in memory unless one is given. */
export async function startService(
  services: readonly ODataModuleOptions[] = [GRAPH],
  database = ':memory:',
): Promise<StartedService> {
  const application = await createApplication({ services, store: { database, ignoreCase: true } });
  await application.listen(0, '127.0.0.1');
  const server = application.getHttpServer() as Server;
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${String(port)}`, server, close: () => application.close() };
}

export interface ServiceInTest {
  readonly origin: string;
  readonly server: Server;
  /** The path below the root of the first service; from the host's root where it begins with a slash. */
  send(method: string, path: string, sent?: Sent): Promise<Answer>;
  /** The same without the headers that every request otherwise has. */
  sendBare(method: string, path: string, sent?: Sent): Promise<Answer>;
}

/** A service that lasts for the tests of a file; `headers` go with every request. */
export function useService(
  services: readonly ODataModuleOptions[] = [GRAPH],
  headers: Readonly<Record<string, string>> = { Authorization: 'Bearer token' },
  database?: string,
): ServiceInTest {
  let started: StartedService;
  beforeAll(async () => {
    started = await startService(services, database);
  });
  afterAll(() => started.close());
  const { root } = services[0]!;
  const absolute = (path: string) => (path.startsWith('/') ? path : `${root === '' ? '' : `/${root}`}/${path}`);
  return {
    get origin() {
      return started.origin;
    },
    get server() {
      return started.server;
    },
    send: (method, path, sent = {}) =>
      send(started.origin, method, absolute(path), { ...sent, headers: { ...headers, ...sent.headers } }),
    sendBare: (method, path, sent) => send(started.origin, method, absolute(path), sent),
  };
}
