import type { Values } from './databases.js';

/** A thing of the generated tests; `D` counts hundredths. */
export interface Thing {
  readonly id: string;
  readonly S: string | null;
  readonly I: number | null;
  readonly D: number | null;
  readonly B: boolean | null;
}

export type Key = 'S' | 'I' | 'B';
export type Measure = 'I' | 'D';
export type Method = 'sum' | 'min' | 'max' | 'countdistinct';

/** Transformations that the interpreter below understands. */
export type Chain = readonly Piece[];
export type Piece =
  | { readonly kind: 'filter'; readonly measure: Measure; readonly least: number }
  | { readonly kind: 'these'; readonly measure: Measure; readonly method: 'sum' | 'min' | 'max' }
  | { readonly kind: 'orderby'; readonly measure: Measure; readonly isDescending: boolean }
  | { readonly kind: 'top' | 'skip'; readonly count: number }
  | { readonly kind: 'topcount' | 'bottomcount'; readonly count: number; readonly measure: Measure }
  | { readonly kind: 'topsum' | 'bottomsum'; readonly amount: number; readonly measure: Measure }
  | { readonly kind: 'groupby'; readonly keys: readonly Key[]; readonly inner: Chain }
  | { readonly kind: 'concat'; readonly left: Chain; readonly right: Chain };

/** How a chain ends: with the things that are left, or with groups of them. */
export interface Query {
  readonly chain: Chain;
  readonly end: { readonly keys: readonly Key[]; readonly method: Method; readonly measure: Measure } | undefined;
}

export function print({ chain, end }: Query): string {
  const parts = chain.map(printPiece);
  if (end !== undefined) {
    const aggregate = `aggregate(${end.measure} with ${end.method} as X,$count as N)`;
    parts.push(end.keys.length === 0 ? aggregate : `groupby((${end.keys.join(',')}),${aggregate})`);
  }
  return parts.length === 0 ? 'identity' : parts.join('/');
}

function printPiece(piece: Piece): string {
  switch (piece.kind) {
    case 'filter':
      return `filter(${piece.measure} ge ${literal(piece.measure, piece.least)})`;
    case 'these':
      return `filter(${piece.measure} ge $these/aggregate(${piece.measure} with ${piece.method}))`;
    case 'orderby':
      return `orderby(${piece.measure}${piece.isDescending ? ' desc' : ''})`;
    case 'top':
    case 'skip':
      return `${piece.kind}(${piece.count})`;
    case 'topcount':
    case 'bottomcount':
      return `${piece.kind}(${piece.count},${piece.measure})`;
    case 'topsum':
    case 'bottomsum':
      return `${piece.kind}(${literal(piece.measure, piece.amount)},${piece.measure})`;
    case 'groupby':
      return `groupby((${piece.keys.join(',')}),${print({ chain: piece.inner, end: undefined })})`;
    case 'concat':
      return `concat(${print({ chain: piece.left, end: undefined })},${print({ chain: piece.right, end: undefined })})`;
  }
}

function literal(measure: Measure, number: number): string {
  return measure === 'I' ? String(number) : hundredths(number);
}

/** `-5` is `-0.05`. */
export function hundredths(number: number): string {
  const digits = String(Math.abs(number)).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return number < 0 ? `-${text}` : text;
}

/** What the specification says of a chain, word by word. */
export function evaluate({ chain, end }: Query, things: readonly Thing[]): Values[] {
  const left = run(chain, things);
  if (end === undefined) return left.map(({ id }) => ({ id }));
  const groups = end.keys.length === 0 ? [left] : groupsOf(left, end.keys);
  return groups.map((group) => {
    const keys = end.keys.map((key) => [key, shownKey(group[0]![key])]);
    return { ...Object.fromEntries(keys), X: aggregate(group, end.method, end.measure), N: String(group.length) };
  });
}

function run(chain: Chain, things: readonly Thing[]): readonly Thing[] {
  return chain.reduce((rows, piece) => step(piece, rows), things);
}

function step(piece: Piece, rows: readonly Thing[]): readonly Thing[] {
  switch (piece.kind) {
    case 'filter':
      return rows.filter((row) => row[piece.measure] !== null && row[piece.measure]! >= piece.least);
    case 'these': {
      const values = rows.flatMap((row) => row[piece.measure] ?? []);
      const least = { sum: values.reduce((a, b) => a + b, 0), min: Math.min(...values), max: Math.max(...values) };
      return rows.filter((row) => row[piece.measure] !== null && row[piece.measure]! >= least[piece.method]);
    }
    case 'orderby':
      return sorted(rows, piece.measure, piece.isDescending);
    case 'top':
      return rows.slice(0, piece.count);
    case 'skip':
      return rows.slice(piece.count);
    case 'topcount':
    case 'bottomcount':
      return sorted(rows, piece.measure, piece.kind === 'topcount').slice(0, piece.count);
    case 'topsum':
    case 'bottomsum':
      return untilSum(sorted(rows, piece.measure, piece.kind === 'topsum'), piece.measure, piece.amount);
    case 'groupby':
      return groupsOf(rows, piece.keys).flatMap((group) => run(piece.inner, group));
    case 'concat':
      return [...run(piece.left, rows), ...run(piece.right, rows)];
  }
}

function untilSum(rows: readonly Thing[], measure: Measure, amount: number): Thing[] {
  const taken: Thing[] = [];
  let sum = 0;
  for (const row of rows) {
    if (sum >= amount) break;
    taken.push(row);
    sum += row[measure] ?? 0;
  }
  return taken;
}

/** Null is less than all numbers; what is equal keeps its order. */
function sorted(rows: readonly Thing[], measure: Measure, isDescending: boolean): readonly Thing[] {
  const rank = (row: Thing): number => row[measure] ?? -Infinity;
  const compare = (a: Thing, b: Thing): number => (rank(a) === rank(b) ? 0 : rank(a) < rank(b) ? -1 : 1);
  return rows.toSorted((a, b) => (isDescending ? compare(b, a) : compare(a, b)));
}

function groupsOf(rows: readonly Thing[], keys: readonly Key[]): readonly (readonly Thing[])[] {
  const groups = new Map<string, Thing[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((each) => row[each]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function aggregate(rows: readonly Thing[], method: Method, measure: Measure): string | null {
  const values = rows.flatMap((row) => row[measure] ?? []);
  if (method === 'countdistinct') return String(new Set(values).size);
  if (values.length === 0) return null;
  const text = (value: number): string => (measure === 'I' ? String(value) : hundredths(value));
  switch (method) {
    case 'sum':
      return text(values.reduce((a, b) => a + b));
    case 'min':
      return text(Math.min(...values));
    case 'max':
      return text(Math.max(...values));
  }
}

function shownKey(value: Thing[Key]): unknown {
  return typeof value === 'number' ? String(value) : value;
}
