import { parseJson, writeJson, type JsonObject, type JsonValue } from '../edm/index.js';

/** How many entities references lead to, kept in the documents of those that have the references; nobody else writes it. */
export interface CountRule {
  /** The name under which the references are kept. */
  readonly storedAs: string;
  /** Qualified names of the types that have them. */
  readonly holders: ReadonlySet<string>;
  /** Qualified names of the types that they lead to. */
  readonly counted: ReadonlySet<string>;
  /** Properties of the holder, each with the values by which an entity counts. */
  readonly members: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;
}

/** What is added to properties that count. */
export type Growth = Readonly<Record<string, number>>;

/** What an entity with this document adds to each count. */
export function growthBy({ members }: CountRule, document: string): Growth {
  const entity = parseJson(document) as JsonObject;
  const counts = Object.entries(members).map(([member, values]) => [member, countsAs(entity, values) ? 1 : 0]);
  return Object.fromEntries(counts) as Growth;
}

function countsAs(entity: JsonObject, values: Readonly<Record<string, JsonValue>>): boolean {
  return Object.entries(values).every(([name, value]) => entity[name] === value);
}

export function difference(growth: Growth, before: Growth): Growth {
  return Object.fromEntries(Object.entries(growth).map(([member, count]) => [member, count - (before[member] ?? 0)]));
}

export function negative(growth: Growth): Growth {
  return Object.fromEntries(Object.entries(growth).map(([member, count]) => [member, -count]));
}

export function grown(document: string, growth: Growth): string {
  const holder = parseJson(document) as JsonObject;
  const counts = Object.entries(growth).map(([member, count]) => [member, Number(holder[member] ?? 0) + count]);
  return writeJson({ ...holder, ...(Object.fromEntries(counts) as JsonObject) });
}

/** A row that is about to be written, with its counts as they are: those of the present document, or none where it is new. */
export function withCounts<R extends { readonly type: string; readonly document: string }>(
  row: R,
  rules: readonly CountRule[],
  present?: string,
): R {
  const members = rules.flatMap((rule) => (rule.holders.has(row.type) ? Object.keys(rule.members) : []));
  if (members.length === 0) return row;
  const before = present === undefined ? {} : (parseJson(present) as JsonObject);
  const counts = Object.fromEntries(members.map((member) => [member, before[member] ?? 0]));
  return { ...row, document: writeJson({ ...(parseJson(row.document) as JsonObject), ...counts }) };
}
