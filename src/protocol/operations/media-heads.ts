import type { Model, StructuredType } from '../../edm/index.js';
import type { ReadPlan } from '../../plan/index.js';
import type { Embedded, Reader, Row, StreamHead } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import { streamPropertiesOf } from '../payload/media-members.js';

const BATCH = 200;
const known = new WeakMap<StructuredType, boolean>();

/** Rows with what is known of their streams, asked for in batches; the rows as they are where no type has streams. */
export function withStreams(
  rows: AsyncIterable<Row>,
  plan: Pick<ReadPlan, 'type' | 'embed'>,
  exchange: Exchange,
): AsyncIterable<Row> {
  return isAbout(plan, exchange) ? inBatches(rows, plan, exchange) : rows;
}

/** The same for some rows at once. */
export async function withStreamsOfAll(
  rows: readonly Row[],
  plan: Pick<ReadPlan, 'type' | 'embed'>,
  exchange: Exchange,
  reader: Reader = exchange.space,
): Promise<readonly Row[]> {
  return isAbout(plan, exchange) ? attached(rows, plan, exchange.parts.model, reader) : rows;
}

function isAbout(plan: Pick<ReadPlan, 'type' | 'embed'>, { format, parts: { model } }: Exchange): boolean {
  return format.metadata !== 'none' && involvesStreams(plan, model);
}

function involvesStreams({ type, embed }: Pick<ReadPlan, 'type' | 'embed'>, model: Model): boolean {
  return hasStreams(type, model) || embed.some((each) => involvesStreams(each.plan, model));
}

function hasStreams(type: StructuredType, model: Model): boolean {
  let has = known.get(type);
  if (has === undefined) {
    has = [type, ...model.derivedTypes(type)].some(
      (each) => each.kind === 'entity' && (each.hasStream || streamPropertiesOf(each).length > 0),
    );
    known.set(type, has);
  }
  return has;
}

async function* inBatches(
  rows: AsyncIterable<Row>,
  plan: Pick<ReadPlan, 'type' | 'embed'>,
  { parts: { model }, space }: Exchange,
): AsyncGenerator<Row> {
  let batch: Row[] = [];
  for await (const row of rows) {
    if (batch.push(row) < BATCH) continue;
    yield* await attached(batch, plan, model, space);
    batch = [];
  }
  yield* await attached(batch, plan, model, space);
}

async function attached(
  rows: readonly Row[],
  plan: Pick<ReadPlan, 'type' | 'embed'>,
  model: Model,
  reader: Reader,
): Promise<Row[]> {
  const stored = rows.flatMap((row) => [...rowsWithStreams(row, plan, model)]).filter((row) => row.version > 0);
  const heads = await reader.streamHeads(stored);
  return rows.map((row) => withHeads(row, plan, heads));
}

function* rowsWithStreams(row: Row, { type, embed }: Pick<ReadPlan, 'type' | 'embed'>, model: Model): Iterable<Row> {
  if (hasStreams(type, model)) yield row;
  for (const { name, plan } of embed)
    for (const each of rowsIn(row.embedded?.get(name))) yield* rowsWithStreams(each, plan, model);
}

function* rowsIn(embedded: Embedded | undefined): Iterable<Row> {
  if (embedded === undefined) return;
  yield* embedded.rows;
  for (const { entity } of embedded.aggregated ?? []) if (entity !== undefined) yield entity;
  for (const item of embedded.items ?? []) yield* rowsIn(item);
}

function withHeads(
  row: Row,
  { embed }: Pick<ReadPlan, 'type' | 'embed'>,
  heads: ReadonlyMap<number, readonly StreamHead[]>,
): Row {
  const streams = heads.get(row.sequence);
  const own = streams === undefined ? row : { ...row, streams };
  if (row.embedded === undefined) return own;
  const embedded = new Map(row.embedded);
  for (const { name, plan } of embed) {
    const present = embedded.get(name);
    if (present !== undefined) embedded.set(name, withHeadsOfAll(present, plan, heads));
  }
  return { ...own, embedded };
}

function withHeadsOfAll(
  embedded: Embedded,
  plan: Pick<ReadPlan, 'type' | 'embed'>,
  heads: ReadonlyMap<number, readonly StreamHead[]>,
): Embedded {
  return {
    ...embedded,
    rows: embedded.rows.map((each) => withHeads(each, plan, heads)),
    ...(embedded.aggregated && {
      aggregated: embedded.aggregated.map((each) =>
        each.entity === undefined ? each : { ...each, entity: withHeads(each.entity, plan, heads) },
      ),
    }),
    ...(embedded.items && { items: embedded.items.map((each) => withHeadsOfAll(each, plan, heads)) }),
  };
}
