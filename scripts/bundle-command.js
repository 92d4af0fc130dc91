/**
 * Makes one file, and a few that load on demand, of the compiled command and the packages it needs: starting then reads ten files
 * instead of two thousand (docs/decisions/0027-bundled-command.md). Runs after `tsc`, over `dist/main.js`.
 */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
const COMMAND = join(PACKAGE, 'dist', 'command');

/** What loads a binary, what is loaded only where PostgreSQL is, and what Nest looks for and need not find. */
const NOT_BUNDLED = ['libsql', 'pg', '@nestjs/microservices', '@nestjs/websockets'];

await rm(COMMAND, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: PACKAGE,
  entryPoints: ['dist/main.js'],
  outdir: 'dist',
  chunkNames: 'command/[name]-[hash]',
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  keepNames: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: NOT_BUNDLED,
  // Packages in CommonJS ask for Node's own modules by `require`.
  banner: { js: "import nodeModule from 'node:module';\nconst require = nodeModule.createRequire(import.meta.url);" },
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
});
await writeFile(join(COMMAND, 'LICENSES.txt'), await licensesOf(packagesIn(Object.keys(metafile.inputs))));

/** The folders of the packages that files are in, from the folder of this package on. */
function packagesIn(files) {
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** The licences of packages, which demand to be copied along with what they cover. */
async function licensesOf(folders) {
  const texts = await Promise.all(folders.map(licenseOf));
  return `The files beside this one hold copies of these packages.\n\n${texts.join('\n\n')}\n`;
}

async function licenseOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(PACKAGE, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(PACKAGE, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? `Licence: ${license}` : await readFile(join(PACKAGE, folder, file), 'utf8');
  return `=== ${name} ${version}\n\n${text.trim()}`;
}
