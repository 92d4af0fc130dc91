import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';

import { odataProfile } from '../../src/protocol/index.js';
import { createApplication } from '../../src/nest/index.js';

export interface LoadedService {
  readonly root: string;
  /** What was answered with 500, and why. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** The service of the load test on a free loopback port. */
export async function serve(database: string, space: string): Promise<LoadedService> {
  const faults: string[] = [];
  const application: INestApplication = await createApplication({
    services: [
      {
        root: 'load',
        files: ['test/load/accounts.csdl.xml'],
        profile: odataProfile,
        space,
        onFault: (error, { method, url }) => faults.push(`${method} ${url}: ${error.message} ${String(error.cause)}`),
      },
    ],
    store: { database },
  });
  await application.listen(0, '127.0.0.1');
  const { port } = application.getHttpServer().address() as AddressInfo;
  return { root: `http://127.0.0.1:${String(port)}/load`, faults, close: () => application.close() };
}
