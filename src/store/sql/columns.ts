import type { Embed, OrderTerm, PropertyStep, ReadPlan, Refinement } from '../../plan/index.js';
import type { Chosen } from './refinement.js';

/** What a row of the statement consists of, in this order; `readRow` and the compiler agree on it. */
export type Column =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'order'; readonly name: string; readonly term: OrderTerm }
  | { readonly kind: 'computed'; readonly name: string; readonly compute: ReadPlan['compute'][number] }
  /** Rows as a JSON array of arrays of their columns. */
  | { readonly kind: 'rows'; readonly name: string; readonly embed: Embed }
  /** What `$apply` makes of rows, as a JSON array of arrays of the columns of its result. */
  | { readonly kind: 'aggregated'; readonly name: string; readonly embed: Embed }
  | { readonly kind: 'count'; readonly name: string; readonly embed: Embed }
  /** Which items of a collection are written; see `chosenItems`. */
  | { readonly kind: 'choice'; readonly name: string; readonly refinement: Chosen }
  /** What is computed of complex values, as a JSON array of an array of it. */
  | { readonly kind: 'values'; readonly name: string; readonly refinement: Refinement };

/** How many collections of complex values steps lead into: so often what hangs there is in an array of arrays of one. */
export function collectionsAmong(steps: readonly PropertyStep[]): number {
  return steps.filter(mayHaveItems).length;
}

/** Whether a step leads to a collection; a dynamic value that is none stands as the only item of one. */
export function mayHaveItems({ property }: PropertyStep): boolean {
  return property.isCollection || property.isDynamic;
}

/** How many collections of complex values an embed stands in. */
export function collectionsAround({ within }: Embed): number {
  return collectionsAmong(within);
}

/** Whether the value of a column is JSON rather than a scalar. */
export function isJson(column: Column): boolean {
  return (
    column.kind === 'rows' ||
    column.kind === 'aggregated' ||
    column.kind === 'choice' ||
    column.kind === 'values' ||
    (column.kind === 'count' && collectionsAround(column.embed) > 0)
  );
}

/** The columns of the table that a row has; the first of all columns. */
const FIELDS: readonly Column[] = ['sequence', 'collection', 'key', 'type', 'version', 'document', 'sent'].map(
  (name) => ({
    kind: 'field',
    name,
  }),
);

export function columnsOf(plan: ReadPlan): readonly Column[] {
  const { refined = [] } = plan.shape;
  if (plan.order.length + plan.compute.length + plan.embed.length + refined.length === 0) return FIELDS;
  return [
    ...FIELDS,
    ...plan.order.map((term, index): Column => ({ kind: 'order', name: `order_${index}`, term })),
    ...plan.compute.map((compute, index): Column => ({ kind: 'computed', name: `computed_${index}`, compute })),
    ...plan.embed.flatMap((embed, index) => embedColumns(embed, index)),
    ...refined.flatMap((refinement, index) => refinedColumns(refinement, index)),
  ];
}

function embedColumns(embed: Embed, index: number): readonly Column[] {
  const rows: Column = { kind: 'rows', name: `rows_${index}`, embed };
  const count: Column = { kind: 'count', name: `count_${index}`, embed };
  if (embed.as === 'count') return [count];
  const hanging: Column = embed.apply === undefined ? rows : { kind: 'aggregated', name: `aggregated_${index}`, embed };
  return embed.count ? [hanging, count] : [hanging];
}

function refinedColumns(refinement: Refinement, index: number): readonly Column[] {
  const { choice, compute } = refinement;
  return [
    ...(choice === undefined
      ? []
      : [{ kind: 'choice', name: `choice_${index}`, refinement: { ...refinement, choice } } as const]),
    ...(compute.length === 0 ? [] : [{ kind: 'values', name: `values_${index}`, refinement } as const]),
  ];
}
