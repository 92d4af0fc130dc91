import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = packageAround(dirname(fileURLToPath(import.meta.url)));

export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The document that ships with mockgraph: a small part of Graph's beta version. */
export const SHIPPED_DOCUMENT = join(PACKAGE, 'metadata', 'beta.csdl.xml');

/** The folder of this package, which holds this file at one place compiled and at another bundled. */
function packageAround(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageAround(dirname(folder));
}
