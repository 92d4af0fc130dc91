import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Libsql from 'libsql';

import { writeJson } from '../src/edm/index.js';
import { openStore, type Space } from '../src/store/index.js';
import { createValidator } from '../src/validation/index.js';

import { AUDIT } from './audit.js';
import { model } from './plan-of.js';

const COUNT = 100_000;
const ROWS_OF_UNIT = 2000;
const COLLECTION = 'deviceManagement/remoteActionAudits';
const STATES = ['none', 'pending', 'canceled', 'active', 'done', 'failed', 'notSupported'];

const folder = mkdtempSync(join(tmpdir(), 'mockgraph-benchmark-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const stored = join(folder, 'stored.db');
const copied = join(folder, 'copied.db');

await fill();
copyFileSync(stored, copied);

/** The audits as the service reads them. */
export const audits: Space = (await openStore({ database: stored, ignoreCase: true })).space('default');

/** The same rows for SQL that was written by hand. */
export const sql = new Libsql(copied);
sql.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768');

async function fill(): Promise<void> {
  const store = await openStore({ database: stored, ignoreCase: true });
  const space = store.space('default');
  const validator = createValidator(model, { missing: 'default' });
  const type = model.structuredType('microsoft.graph.remoteActionAudit')!;
  for (let first = 0; first < COUNT; first += ROWS_OF_UNIT) {
    await space.write(async (unit) => {
      for (let index = first; index < first + ROWS_OF_UNIT; index++) {
        const { document, sent } = validator.read(type, auditOf(index), { kind: 'create' });
        await unit.insert({
          collection: COLLECTION,
          key: String(document['id']),
          type: type.qualifiedName,
          document: writeJson(document),
          sent: writeJson(Object.fromEntries(sent)),
        });
      }
    });
  }
  await store.close();
}

/** Names, states and times that have nothing to do with the order of creation. */
function auditOf(index: number) {
  const mixed = (index * 7919) % COUNT;
  const time = new Date(Date.UTC(2020, 0, 1) + ((index * 104_729) % COUNT) * 60_000).toISOString();
  return {
    ...AUDIT,
    id: `00000000-0000-4000-8000-${String(mixed).padStart(12, '0')}`,
    deviceDisplayName: `Device ${String(mixed).padStart(5, '0')}`,
    actionState: STATES[index % STATES.length]!,
    requestDateTime: time,
  };
}
