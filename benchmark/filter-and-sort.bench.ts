import type { Benchmark } from './benchmark.js';
import { audits, sql } from './hundred-thousand-audits.js';
import { planOf } from './plan-of.js';

const plan = planOf(
  "deviceManagement/remoteActionAudits?$filter=startswith(deviceDisplayName,'device 4') and actionState eq 'pending'&$orderby=requestDateTime desc&$top=20",
  { limit: 20, skip: 0 },
);

const byHand = sql.prepare(`
  SELECT sequence, key, type, version, json(document) AS document, sent
  FROM entity
  WHERE space = ? AND collection = ?
    AND document ->> '$.deviceDisplayName' LIKE ? AND document ->> '$.actionState' = ?
  ORDER BY document ->> '$.requestDateTime' DESC, sequence
  LIMIT ?`);

async function compiled(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of audits.read(plan)) keys.push(key);
  return keys;
}

function written(): string[] {
  const rows = byHand.all('default', 'deviceManagement/remoteActionAudits', 'device 4%', 'pending', 20);
  return (rows as { key: string }[]).map(({ key }) => key);
}

if (String(await compiled()) !== String(written())) throw new Error('The two statements give different rows.');

export const filterAndSort: Benchmark = {
  name: 'startswith, enumeration, order by date and $top=20 of 100,000 rows',
  count: 1,
  measure: compiled,
  reference: { name: 'SQL by hand', measure: written },
  aim: { ratio: 3 },
};
