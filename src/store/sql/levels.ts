import type { ReadPlan } from '../../plan/index.js';
import { collectionsAround, columnsOf, type Column } from './columns.js';

export type RowsColumn = Extract<Column, { kind: 'rows' }>;

/**
 * Where rows hang on rows that hang on others themselves. Where they would be nested too deep for a database's parser, they are
 * read level by level: each level is a table beside those of the others, with what hangs on the rows of one column of a level above.
 */
export interface Level {
  readonly number: number;
  /** The level above; undefined for the rows of the plan itself. */
  readonly above: Level | undefined;
  /** The column above in which the rows stand that this level is about. */
  readonly column: RowsColumn;
  /** What hangs on these. */
  readonly hanging: readonly RowsColumn[];
}

/** All levels of a plan, those above first. What hangs in collections of complex values has none: it stays where it is. */
export function levelsOf(plan: ReadPlan): readonly Level[] {
  const levels: Level[] = [];
  const enter = (above: Level | undefined, columns: readonly RowsColumn[]): void => {
    for (const column of columns) {
      const hanging = rowsColumnsOf(column.embed.plan);
      if (hanging.length === 0 || collectionsAround(column.embed) > 0) continue;
      const level = { number: levels.length, above, column, hanging };
      levels.push(level);
      enter(level, hanging);
    }
  };
  enter(undefined, rowsColumnsOf(plan));
  return levels;
}

function rowsColumnsOf(plan: ReadPlan): readonly RowsColumn[] {
  return columnsOf(plan).filter((column) => column.kind === 'rows');
}

type DatabaseRecord = Readonly<Record<string, unknown>>;

/** The records of a plan's own rows, with all that the levels below have put where it belongs; see `selectInLevels`. */
export function withHanging(records: readonly DatabaseRecord[], plan: ReadPlan): readonly DatabaseRecord[] {
  if (records[0] === undefined || !('level' in records[0])) return records;
  const levels = levelsOf(plan);
  const hanging = new Map<string, unknown>();
  for (const record of records)
    if (record['level'] !== null)
      hanging.set(placeOf(record['level'], record['place'], record['root'], record['path']), record['hanging']);
  const filled = (level: Level, value: unknown, root: unknown, path: string): unknown => {
    if (typeof value !== 'string') return value;
    const columns = columnsOf(level.column.embed.plan).map(({ name }) => name);
    const rows = JSON.parse(value) as unknown[][];
    for (const [index, row] of rows.entries()) {
      const here = path === '' ? String(index) : `${path}.${index}`;
      for (const [place, column] of level.hanging.entries()) {
        const found = hanging.get(placeOf(level.number, place, root, here)) ?? null;
        const below = levels.find((other) => other.above === level && other.column === column);
        row[columns.indexOf(column.name)] = below === undefined ? found : filled(below, found, root, here);
      }
    }
    return rows;
  };
  const first = levels.filter(({ above }) => above === undefined);
  return records
    .filter(({ level }) => level === null)
    .map((record) => {
      const own = first.map((level) => [
        level.column.name,
        filled(level, record[level.column.name], record['sequence'], ''),
      ]);
      return { ...record, ...(Object.fromEntries(own) as DatabaseRecord) };
    });
}

/** Positions are numbers in one place and texts in another. */
function placeOf(level: unknown, place: unknown, root: unknown, path: unknown): string {
  return [level, place, root, path].join(' ');
}
