import { fileURLToPath } from 'node:url';

import { COLLECTION } from './audit.js';
import type { ServerKind } from './running-server.js';

/** This package's root, seen from `benchmark/dist/benchmark`. */
export const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));

/** The servers that are compared: mockgraph first. */
export const SERVERS: readonly ServerKind[] = [
  mockgraph('mockgraph', PACKAGE),
  { name: 'nest', command: [compiled('servers/nest.js')], firstPath: `${COLLECTION}/first` },
  { name: 'node:http', command: [compiled('servers/node-http.js')], firstPath: `${COLLECTION}/first` },
];

/** mockgraph as it was built in a folder. */
export function mockgraph(name: string, folder: string): ServerKind {
  return { name, command: [`${folder}/dist/main.js`, 'serve', '--port', '0', '--auth', 'any'], firstPath: '/beta' };
}

function compiled(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
