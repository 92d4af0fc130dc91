import type { GivenRow, Source } from '../plan/index.js';

import type { Row } from './store.js';

/** Given rows are read where what hangs on them stands; here each gets the place back that it has itself. */
export function withOwnPlaces(rows: readonly Row[], source: Source): readonly Row[] {
  const given = givenIn(source).filter(({ hangsAt }) => hangsAt !== undefined);
  if (given.length === 0) return rows;
  const own = new Map(given.map((row) => [row.sequence, row]));
  return rows.map((row) => {
    const { collection, key } = own.get(row.sequence) ?? row;
    return { ...row, collection, key };
  });
}

function givenIn(source: Source): readonly GivenRow[] {
  if (source.kind === 'given') return source.rows;
  return source.kind === 'matching' || source.kind === 'keyed' ? givenIn(source.of) : [];
}
