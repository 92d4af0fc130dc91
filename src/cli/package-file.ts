import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { UsageError } from './usage-error.js';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The document that ships for a version of Graph. */
export function shippedDocument(version: string): string {
  const file = join(PACKAGE, 'metadata', `${version}.csdl.xml`);
  if (existsSync(file)) return file;
  const shipped = readdirSync(join(PACKAGE, 'metadata'))
    .filter((name) => name.endsWith('.csdl.xml'))
    .map((name) => name.slice(0, -'.csdl.xml'.length));
  throw new UsageError(
    `No document for Graph ${version} ships with mockgraph (only ${shipped.join(', ')}); name one: --graph ${version}=FILE.`,
  );
}
