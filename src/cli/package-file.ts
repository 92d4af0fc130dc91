import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The document that ships with mockgraph: a small part of Graph's beta version. */
export const SHIPPED_DOCUMENT = join(PACKAGE, 'metadata', 'beta.csdl.xml');
