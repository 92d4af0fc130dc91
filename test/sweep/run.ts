// npm run sweep: every set, singleton and navigation path of Graph's v1.0 schema, three segments deep.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { loadModel } from '../../src/csdl/index.js';
import { startService } from '../faithfulness/service.js';

import { placesOf } from './places.js';
import { Sweep } from './sweep.js';
import { totalsOf, worse, type Totals } from './tally.js';

const SCHEMA = join('..', 'shared', 'csdl', 'graph-v1.0-2026-08.csdl.gz');
const DEPTH = 3;
const TOTALS = join('test', 'sweep', 'totals.json');
const FAILURES = join('node_modules', '.cache', 'sweep', 'failures.jsonl');

process.exitCode = await main(process.argv.includes('--update'));

async function main(isUpdate: boolean): Promise<number> {
  if (!existsSync(SCHEMA)) {
    say(`Skipped: the schema is not on this machine (${SCHEMA}).`);
    return 0;
  }
  const checks = await sweep();
  const failures = checks.filter(({ outcome }) => outcome === 'failed');
  mkdirSync(join('node_modules', '.cache', 'sweep'), { recursive: true });
  writeFileSync(FAILURES, failures.map((check) => `${JSON.stringify(check)}\n`).join(''));
  const totals = totalsOf(checks);
  for (const [name, count] of Object.entries(totals)) say(`${name.padEnd(20)} ${String(count).padStart(6)}`);
  if (failures.length > 0) say(`Failures, one a line: ${FAILURES}`);
  if (isUpdate) {
    writeFileSync(TOTALS, `${JSON.stringify(totals, undefined, 2)}\n`);
    return 0;
  }
  const faults = worse(existsSync(TOTALS) ? (JSON.parse(readFileSync(TOTALS, 'utf8')) as Totals) : {}, totals);
  for (const fault of faults) say(fault);
  return faults.length === 0 ? 0 : 1;
}

async function sweep() {
  const { model } = loadModel(SCHEMA);
  const service = await startService({ 'v1.0': SCHEMA });
  try {
    const walk = new Sweep(`${service.origin}/v1.0`, model);
    const places = placesOf(model, DEPTH);
    for (const [index, place] of places.entries()) {
      if (process.stderr.isTTY)
        process.stderr.write(`\r\u001B[K${String(index + 1)} of ${String(places.length)}: ${place.path}`);
      await walk.visit(place);
    }
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    return walk.checks;
  } finally {
    await service.stop();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
