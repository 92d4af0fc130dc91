import { gone } from '../error/index.js';
import type { ReadPlan } from '../plan/index.js';

import { changedAddresses, type ChangedAddress } from './changed-addresses.js';
import type { RowAccess, Run } from './row-access.js';
import { toStatement } from './sql/sql.js';
import type { Change, ChangeRange, Row } from './store.js';

const batchSize = 200;

export interface ChangeAccess {
  readonly space: string;
  readonly access: RowAccess;
  readonly run: Run;
  readonly select: (plan: ReadPlan) => Promise<readonly Row[]>;
}

/** What has changed in a plan: the log says which entities may have, the plan says what they are now. */
export async function* changesOf(
  plan: ReadPlan,
  range: ChangeRange,
  access: ChangeAccess,
): AsyncGenerator<Change, void, void> {
  await refuseForgotten(range, access);
  let after = range.after ?? range.since;
  for (;;) {
    const changed = await readChanged(plan, { ...range, after }, access);
    if (changed.length > 0) yield* changesAmong(plan, changed, access);
    if (changed.length < batchSize) return;
    after = changed.at(-1)!.position;
  }
}

async function refuseForgotten({ since, until }: ChangeRange, { space, access, run }: ChangeAccess): Promise<void> {
  const mark = await run((connection) => connection.row(access.statements.logMark, [space, since, until]));
  if (mark !== undefined || since > until) throw gone('The changes since then are not known any more; start again.');
}

function readChanged(
  plan: ReadPlan,
  range: Required<ChangeRange>,
  access: ChangeAccess,
): Promise<readonly ChangedAddress[]> {
  const { dialect } = access.access;
  return access.run(async (connection) => {
    const { text, parameters } = toStatement(
      changedAddresses(plan, range, { space: access.space, dialect, limit: batchSize }),
      dialect.placeholder,
    );
    return (await connection.records(text, parameters)).map((record) => ({
      collection: String(record['collection']),
      key: String(record['key']),
      type: String(record['type']),
      position: Number(record['position']),
      isDeleted: record['kind'] === 'deleted',
      leavesTrace: Number(record['leaves_trace']) === 1,
    }));
  });
}

async function* changesAmong(
  plan: ReadPlan,
  changed: readonly ChangedAddress[],
  { select }: ChangeAccess,
): AsyncGenerator<Change, void, void> {
  const present = changed.filter((each) => !each.isDeleted);
  const rows = new Map<string, Row>();
  if (present.length > 0) {
    const among: ReadPlan = {
      ...plan,
      from: { kind: 'among', of: plan.from, addresses: present },
      order: [],
      page: { limit: undefined, skip: 0 },
    };
    for (const row of await select(among)) rows.set(`${row.collection}/${row.key}`, row);
  }
  for (const { collection, key, type, position, isDeleted, leavesTrace } of changed) {
    const row = rows.get(`${collection}/${key}`);
    if (row === undefined && !leavesTrace) continue;
    yield { collection, key, type: row?.type ?? type, position, row, isDeleted };
  }
}
