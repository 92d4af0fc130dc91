import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';

import { createApplication } from '../../../src/index.js';
import { referenceModel } from '../reference-model/index.js';

import { conformanceProfile } from './leniencies.js';

export interface ServedModel {
  readonly url: string;
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** The service over the reference model, at the root of a free loopback port. */
export async function serveModel(directory: string, database: string): Promise<ServedModel> {
  const { metadata, behaviors } = referenceModel(directory);
  const faults: string[] = [];
  const application: INestApplication = await createApplication({
    services: [
      {
        root: '',
        files: [metadata],
        profile: conformanceProfile,
        behaviors: () => behaviors,
        space: 'conformance',
        onFault: (error, { method, url }) => {
          const reason = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
          faults.push(`${method} ${url}: ${reason}`);
        },
      },
    ],
    store: { database },
  });
  await application.listen(0, '127.0.0.1');
  const { port } = application.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}`, faults, close: () => application.close() };
}
