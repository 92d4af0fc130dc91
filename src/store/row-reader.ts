import type { Scalar } from '../edm/index.js';
import type { ApplyPlan, CrossjoinPlan, Expression, ItemsPlan, ReadPlan } from '../plan/index.js';

import { changesOf } from './changes.js';
import type { Parameter } from './connection/connection.js';
import { inBatches } from './in-batches.js';
import { logEnd } from './log-end.js';
import { withOwnPlaces } from './own-places.js';
import type { RowAccess, Run } from './row-access.js';
import {
  compileApply,
  compileApplyCount,
  compileCount,
  compileCrossjoin,
  compileCrossjoinCount,
  compileItemCount,
  compileItems,
  compileSelect,
  compileValue,
  readAggregatedRow,
  readCrossjoinRow,
  readRows,
  readValue,
  type CompileContext,
  type Statement,
} from './sql/index.js';
import type {
  Address,
  AggregatedRow,
  Change,
  ChangeRange,
  CrossjoinRow,
  LogEnd,
  Reader,
  Row,
  StreamContent,
  StreamHead,
} from './store.js';
import { storedRow } from './stored-row.js';
import { streamContents, streamHeads, streamOf } from './streams.js';

/** Reads rows of one space, each statement with the connection that `run` finds for it. */
export class RowReader implements Reader {
  protected readonly space: string;
  protected readonly access: RowAccess;
  readonly #run: Run;

  constructor(space: string, access: RowAccess, run: Run) {
    this.space = space;
    this.access = access;
    this.#run = run;
  }

  read(plan: ReadPlan): AsyncIterable<Row> {
    return inBatches(plan, (batch) => this.#select(batch));
  }

  async first(plan: ReadPlan): Promise<Row | undefined> {
    if (plan.page.limit === 0) return undefined;
    const rows = await this.#select({ ...plan, page: { ...plan.page, limit: 1 } });
    return rows[0];
  }

  count(plan: ReadPlan): Promise<number> {
    return this.#countBy(() => compileCount(plan, this.#compiling));
  }

  async *aggregate(plan: ApplyPlan): AsyncGenerator<AggregatedRow, void, void> {
    if (plan.page.limit === 0) return;
    const { text, parameters } = compileApply(plan, this.#compiling);
    const records = await this.#run((connection) => connection.records(text, parameters));
    for (const record of records) {
      const row = readAggregatedRow(record, plan);
      const [entity] =
        row.entity === undefined || !('source' in plan.from) ? [] : withOwnPlaces([row.entity], plan.from.source);
      yield entity === undefined ? row : { ...row, entity };
    }
  }

  countAggregated(plan: ApplyPlan): Promise<number> {
    return this.#countBy(() => compileApplyCount(plan, this.#compiling));
  }

  crossjoin(plan: CrossjoinPlan): Promise<readonly CrossjoinRow[]> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileCrossjoin(plan, this.#compiling);
      const records = await connection.records(text, parameters);
      return records.map((record) => readCrossjoinRow(record, plan));
    });
  }

  evaluate(expression: Expression): Promise<Scalar | null> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileValue(expression, { dialect: this.access.dialect, space: this.space });
      const [record] = await connection.records(text, parameters);
      return readValue(record!, expression);
    });
  }

  countCrossjoin(plan: CrossjoinPlan): Promise<number> {
    return this.#countBy(() => compileCrossjoinCount(plan, this.#compiling));
  }

  items(plan: ItemsPlan): Promise<readonly number[]> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileItems(plan, this.#compiling);
      const records = await connection.records(text, parameters);
      return records.map((record) => Number(record['position']));
    });
  }

  countItems(plan: ItemsPlan): Promise<number> {
    return this.#countBy(() => compileItemCount(plan, this.#compiling));
  }

  get(address: Address): Promise<Row | undefined> {
    return this.#run(async (connection) => {
      const values = await connection.row(this.access.statements.get, [this.space, address.collection, address.key]);
      return values && storedRow(address, values);
    });
  }

  logEnd(): Promise<LogEnd> {
    return this.#run((connection) => logEnd(this.access.statements, connection));
  }

  changes(plan: ReadPlan, range: ChangeRange): AsyncIterable<Change> {
    return changesOf(plan, range, {
      space: this.space,
      access: this.access,
      run: this.#run,
      select: (among) => this.#select(among),
    });
  }

  async snapshot(key: string): Promise<string | undefined> {
    const [content] =
      (await this.#run((connection) => connection.row(this.access.statements.snapshot, [this.space, key]))) ?? [];
    return content === undefined ? undefined : String(content);
  }

  hasLost({ collection, key }: { readonly collection: string; readonly key?: string }): Promise<boolean> {
    const { lostFrom, lostAt } = this.access.statements;
    return key === undefined
      ? this.#finds(lostFrom, [this.space, collection])
      : this.#finds(lostAt, [this.space, collection, key]);
  }

  hasUnlinked({ collection, key }: Address, storedAs: string): Promise<boolean> {
    return this.#finds(this.access.statements.unlinkedAt, [this.space, collection, key, storedAs]);
  }

  holdsMore(most: number): Promise<boolean> {
    return this.#finds(this.access.statements.entityBehind, [this.space, most]);
  }

  streamHeads(rows: readonly Row[]): Promise<ReadonlyMap<number, readonly StreamHead[]>> {
    return rows.length === 0
      ? Promise.resolve(new Map())
      : this.#run((connection) => streamHeads(rows, this.access.dialect, connection));
  }

  streamContents(
    rows: readonly Row[],
    properties: readonly string[],
    most: number,
  ): Promise<ReadonlyMap<number, readonly StreamHead[]>> {
    return rows.length === 0
      ? Promise.resolve(new Map())
      : this.#run((connection) => streamContents(rows, properties, most, this.access.dialect, connection));
  }

  stream({ sequence }: Row, property: string): Promise<{ readonly version: number; readonly content?: StreamContent }> {
    return this.#run(async (connection) =>
      streamOf(await connection.row(this.access.statements.stream, [sequence, property])),
    );
  }

  get #compiling(): CompileContext {
    return { dialect: this.access.dialect, space: this.space };
  }

  /** Compiles within the unit, so that a refusal is an answer of its promise. */
  #countBy(compile: () => Statement): Promise<number> {
    return this.#run(async (connection) => {
      const { text, parameters } = compile();
      const [record] = await connection.records(text, parameters);
      return Number(record!['count']);
    });
  }

  #finds(statement: string, parameters: readonly Parameter[]): Promise<boolean> {
    return this.#run(async (connection) => (await connection.row(statement, parameters)) !== undefined);
  }

  #select(plan: ReadPlan): Promise<readonly Row[]> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileSelect(plan, this.#compiling);
      const records = await connection.records(text, parameters);
      return withOwnPlaces(readRows(records, plan), plan.from);
    });
  }
}
