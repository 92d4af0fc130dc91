import type { Model, StructuredType } from '../../edm/index.js';
import { schemaPath, type ExpandedStream, type ReadPlan } from '../../plan/index.js';
import type { Embedded, Reader, Row, StreamHead } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import { mayHaveStreams } from '../payload/media-members.js';

const BATCH = 200;
/** Of rows whose streams are read with their content, which may be long. */
const BATCH_WITH_CONTENT = 10;

/** What rows are and what is embedded in them; by its shape, which streams are read with their content. */
type StreamPlan = Pick<ReadPlan, 'type' | 'embed'> & Partial<Pick<ReadPlan, 'shape'>>;

const known = new WeakMap<StructuredType, boolean>();

/** Rows with what is known of their streams, asked for in batches; the rows as they are where no type has streams. */
export function withStreams(rows: AsyncIterable<Row>, plan: StreamPlan, exchange: Exchange): AsyncIterable<Row> {
  return isAbout(plan, exchange) ? inBatches(rows, plan, exchange) : rows;
}

/** The same for some rows at once. */
export async function withStreamsOfAll(
  rows: readonly Row[],
  plan: StreamPlan,
  exchange: Exchange,
  reader: Reader = exchange.space,
): Promise<readonly Row[]> {
  return isAbout(plan, exchange) ? attached(rows, plan, exchange, reader) : rows;
}

function isAbout(plan: StreamPlan, { format, parts: { model } }: Exchange): boolean {
  return (format.metadata !== 'none' && involvesStreams(plan, model)) || expandsStreams(plan);
}

function expandsStreams({ shape, embed }: StreamPlan): boolean {
  return shape?.streams !== undefined || embed.some((each) => expandsStreams(each.plan));
}

function involvesStreams({ type, embed }: StreamPlan, model: Model): boolean {
  return hasStreams(type, model) || embed.some((each) => involvesStreams(each.plan, model));
}

function hasStreams(type: StructuredType, model: Model): boolean {
  let has = known.get(type);
  if (has === undefined) {
    has = [type, ...model.derivedTypes(type)].some((each) => each.kind === 'entity' && mayHaveStreams(each, model));
    known.set(type, has);
  }
  return has;
}

async function* inBatches(rows: AsyncIterable<Row>, plan: StreamPlan, exchange: Exchange): AsyncGenerator<Row> {
  const size = expandsStreams(plan) ? BATCH_WITH_CONTENT : BATCH;
  let batch: Row[] = [];
  for await (const row of rows) {
    if (batch.push(row) < size) continue;
    yield* await attached(batch, plan, exchange, exchange.space);
    batch = [];
  }
  yield* await attached(batch, plan, exchange, exchange.space);
}

async function attached(
  rows: readonly Row[],
  plan: StreamPlan,
  { parts: { model, profile } }: Exchange,
  reader: Reader,
): Promise<Row[]> {
  const stored = rows.flatMap((row) => [...rowsWithStreams(row, plan, model)]).filter(({ row }) => row.version > 0);
  const heads = new Map(await reader.streamHeads(stored.map(({ row }) => row)));
  const asking = new Map<readonly ExpandedStream[], Asking[]>();
  for (const each of stored) asking.set(each.expanded, [...(asking.get(each.expanded) ?? []), each]);
  for (const [properties, of] of asking) {
    const found = new Set(of.flatMap(({ row }) => heads.get(row.sequence) ?? []).map(({ property }) => property));
    const names = [...found].filter((name) => {
      const path = schemaPath(name.split('/')).join('/');
      return properties.some(({ property }) => property === path);
    });
    if (names.length === 0) continue;
    const contents = await reader.streamContents(
      of.map(({ row }) => row),
      names,
      profile.limits.maxBatchAnswer,
    );
    for (const [sequence, each] of contents) heads.set(sequence, withContents(heads.get(sequence) ?? [], each));
  }
  return rows.map((row) => withHeads(row, plan, heads));
}

/** The same entity may be asked for with different streams at different places. */
function withContents(heads: readonly StreamHead[], contents: readonly StreamHead[]): readonly StreamHead[] {
  const others = heads.filter(({ property }) => !contents.some((each) => each.property === property));
  return [...others, ...contents];
}

interface Asking {
  readonly row: Row;
  readonly expanded: readonly ExpandedStream[];
}

const NONE: readonly ExpandedStream[] = [];

function* rowsWithStreams(row: Row, { type, embed, shape }: StreamPlan, model: Model): Iterable<Asking> {
  if (hasStreams(type, model)) yield { row, expanded: shape?.streams ?? NONE };
  for (const { name, plan } of embed)
    for (const each of rowsIn(row.embedded?.get(name))) yield* rowsWithStreams(each, plan, model);
}

function* rowsIn(embedded: Embedded | undefined): Iterable<Row> {
  if (embedded === undefined) return;
  yield* embedded.rows;
  for (const { entity } of embedded.aggregated ?? []) if (entity !== undefined) yield entity;
  for (const item of embedded.items ?? []) yield* rowsIn(item);
}

function withHeads(row: Row, { embed, shape }: StreamPlan, heads: ReadonlyMap<number, readonly StreamHead[]>): Row {
  const streams = heads.get(row.sequence) ?? (shape?.streams === undefined ? undefined : []);
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
  plan: StreamPlan,
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
