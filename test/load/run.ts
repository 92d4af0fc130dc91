// npm run load -- [--seconds 60] [--clients 64] [--database FILE|postgres://…]

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { checkTables } from './check-tables.js';
import { runLoad } from './run-load.js';
import { openTables } from './tables.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '64' },
    database: { type: 'string' },
  },
});
const directory = await mkdtemp(join(tmpdir(), 'mockgraph-load-'));
const database = values.database ?? join(directory, 'load.db');
const space = `load-${randomUUID()}`;
const server = spawn(process.execPath, [fileURLToPath(new URL('serving.js', import.meta.url)), database, space], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
const root = String((await lines.next()).value);
const seconds = Number(values.seconds);
const { ledger, faults } = await runLoad({ root, clients: Number(values.clients), seconds });

server.stdin.end();
const failures: string[] = [];
for (let line = await lines.next(); line.done !== true; line = await lines.next()) failures.push(line.value);
const tables = await openTables(database);
const leftovers = await checkTables(tables.query, space);
await tables.close();
await rm(directory, { recursive: true });

for (const [name, count] of [...ledger.answers].toSorted()) say(`${String(count).padStart(8)} ${name}`);
say(
  `${String(ledger.requests)} requests of ${values.clients} clients in ${values.seconds} s, ` +
    `half of them within ${ledger.percentile(0.5).toFixed(1)} ms, 99 % within ${ledger.percentile(0.99).toFixed(1)} ms`,
);
const all = [...faults, ...leftovers, ...failures];
for (const fault of all.slice(0, 50)) say(fault);
say(all.length === 0 ? 'Nothing is lost and nothing left over.' : `${String(all.length)} faults.`);
process.exitCode = all.length === 0 ? 0 : 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
