import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { isJsonObject, type JsonObject, type Scalar } from '../../../src/edm/index.js';
import { parseJson } from '../../../src/edm/json.js';
import { ServiceError } from '../../../src/error/index.js';
import type { Expression, OrderTerm, ReadPlan } from '../../../src/plan/index.js';
import { print } from '../../plan/bind/print.js';
import { databases, type TestDatabase } from './database.js';
import { compareRows, evaluate, type Thing } from './evaluate.js';
import { documents } from './generate-documents.js';
import { filters, orders } from './generate-plans.js';
import { plan } from './plans.js';

const ROWS = 12;
const RUNS = Number(process.env['MOCKGRAPH_RUNS'] ?? 60);

/** Rows with their relations, stored in all databases and held in memory. */
interface World {
  readonly things: readonly Thing[];
  readonly open: readonly TestDatabase[];
}

describe('generated plans give the rows that a naive evaluator gives', () => {
  const open: TestDatabase[] = [];
  beforeAll(async () => {
    for (const [, start] of databases) open.push(await start());
  });
  afterAll(() => Promise.all(open.map((database) => database.close())));

  it('on all databases, in the same order, page by page', async () => {
    for (let world = 0; world < 8; world++) {
      const things = await store(fc.sample(documents, { numRuns: ROWS, seed: 100 + world }), open);
      await fc.assert(
        fc.asyncProperty(cases, ({ where, order, limit }) => agree({ things, open }, where, order, limit)),
        { numRuns: RUNS, seed: world },
      );
    }
  }, 600_000);
});

/** Shown in short where they fail. */
const cases = fc.record({ where: filters, order: orders, limit: fc.integer({ min: 1, max: 5 }) }).map((given) => ({
  ...given,
  [fc.toStringMethod]: () =>
    `${print(given.where)} by ${given.order.map((term) => `${print(term.expression)} ${term.direction}`).join(', ')}, ${given.limit} a page`,
}));

async function store(texts: readonly string[], open: readonly TestDatabase[]): Promise<readonly Thing[]> {
  const things: Thing[] = [];
  for (const database of open) {
    await database.clear();
    const rows = texts.map((document, index) => ({ key: `k${index}`, document }));
    const sequences = await database.insert(rows);
    const links = texts.flatMap((_, index) => [
      ['Friend', index, (index * 5 + 1) % (ROWS + 4)] as const,
      ['Friends', index, (index * 7 + 2) % (ROWS + 2)] as const,
      ['Friends', index, (index * 3) % (ROWS + 2)] as const,
    ]);
    const existing = links.filter(([, , target]) => target < ROWS);
    const distinct = existing.filter(
      (link, index) => existing.findIndex((other) => String(other) === String(link)) === index,
    );
    for (const [property, source, target] of distinct)
      await database.link(sequences[source]!, `t.Thing/${property}`, sequences[target]!);
    things.length = 0;
    things.push(...thingsOf(rows, distinct));
  }
  return things;
}

function thingsOf(
  rows: readonly { key: string; document: string }[],
  links: readonly (readonly [string, number, number])[],
): readonly Thing[] {
  const related = rows.map(() => new Map<string, Thing[]>());
  const things = rows.map(({ key, document }, index): Thing => ({
    sequence: index,
    key,
    type: 't.Thing',
    document: objectOf(document),
    related: related[index]!,
  }));
  const add = (from: number, property: string, to: number) =>
    related[from]!.set(property, [...(related[from]!.get(property) ?? []), things[to]!]);
  for (const [property, source, target] of links) {
    add(source, property, target);
    if (property === 'Friend') add(target, 'Peers', source);
  }
  return things;
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`${text} is no object.`);
  return value;
}

async function agree({ things, open }: World, where: Expression, order: OrderTerm[], limit: number): Promise<void> {
  const expected = things
    .filter((row) => evaluate(where, new Map([[0, row]])) === true)
    .toSorted((a, b) => compareRows(order, a, b))
    .map(({ key }) => key);
  for (const database of open) {
    const filtered = plan({ where, order });
    let after: ReadPlan['page']['after'];
    const keys: string[] = [];
    try {
      expect([database.name, await database.count(filtered)]).toEqual([database.name, expected.length]);
      for (;;) {
        const rows = await database.read({ ...filtered, page: { limit, skip: 0, ...(after && { after }) } });
        keys.push(...rows.map(({ key }) => key));
        const last = rows.at(-1);
        if (rows.length < limit || last === undefined || keys.length > expected.length) break;
        after = { values: (last.order ?? []) as (Scalar | null)[], sequence: last.sequence };
      }
    } catch (error) {
      if (error instanceof ServiceError && error.status === 501) continue;
      throw error;
    }
    expect([database.name, keys]).toEqual([database.name, expected]);
  }
}
