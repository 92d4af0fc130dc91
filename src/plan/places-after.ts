import {
  isJsonObject,
  oncePer,
  writeJson,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
  type Property,
  type StructuredType,
} from '../edm/index.js';

/** What a write is about: the names and ordinals that lead to it, and where the items go if that is a collection. */
export interface WrittenPath {
  readonly path: readonly string[];
  placeOf?(index: number): number | undefined;
}

/**
 * Where what hangs on items of ordered collections goes when a document changes: references, streams and contained entities
 * are kept under paths such as `Places/1/Photo`, and go where their items go. These keep them when they are changed by their
 * ordinals; of a collection that is replaced as a whole those stay that equal an earlier one, in their order. Undefined where
 * nothing can hang on what has changed. [OData-Protocol 11.4.9.4, OData-URL 4.10]
 */
export function placesAfter(
  type: EntityType,
  model: Model,
  before: JsonObject,
  after: JsonObject,
  written?: WrittenPath,
): ((path: string) => string | undefined) | undefined {
  const names = hangingCollections(type, model).filter((name) => textOf(before[name]) !== textOf(after[name]));
  return names.length === 0 ? undefined : (path) => placeAfter(path.split('/'), before, after, written);
}

/** Properties of an entity type within whose values something may hang on items. */
function hangingCollections(type: EntityType, model: Model): readonly string[] {
  return namesOf(model)(type);
}

const namesOf = oncePer((model: Model) =>
  oncePer((type: EntityType): readonly string[] =>
    [...type.properties.values()]
      .filter((property) => mayHangBelow(property, false, model, { single: new Set(), item: new Set() }))
      .map(({ name }) => name),
  ),
);

/** Types that were looked at, by whether their values are, or stand in, items. */
type Seen = Readonly<Record<'single' | 'item', Set<StructuredType>>>;

function mayHangBelow({ type, isCollection }: Property, isWithinItem: boolean, model: Model, seen: Seen): boolean {
  return type.kind === 'complex' && mayHang(type, isWithinItem || isCollection, model, seen);
}

function mayHang(type: StructuredType, isItem: boolean, model: Model, seen: Seen): boolean {
  const alike = seen[isItem ? 'item' : 'single'];
  if (alike.has(type)) return false;
  alike.add(type);
  return [type, ...model.derivedTypes(type)].some(
    (each) =>
      (isItem && (each.navigationProperties.size > 0 || hasStreams(each))) ||
      [...each.properties.values()].some((property) => mayHangBelow(property, isItem, model, seen)),
  );
}

function hasStreams({ properties }: StructuredType): boolean {
  return [...properties.values()].some(({ type }) => type.qualifiedName === 'Edm.Stream');
}

/** The path from now on; undefined where the item that it leads through has gone. */
function placeAfter(
  steps: readonly string[],
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  written: WrittenPath | undefined,
): string | undefined {
  const place: string[] = [];
  let [old, next] = [before, after];
  for (const [at, step] of steps.entries()) {
    if (Array.isArray(old)) {
      const items = Array.isArray(next) ? next : [];
      const index = placeOfItem(Number(step), { path: steps.slice(0, at), old, items, written });
      if (index === undefined) return undefined;
      place.push(String(index));
      [old, next] = [old[Number(step)], items[index]];
    } else {
      place.push(step);
      [old, next] = [memberOf(old, step), memberOf(next, step)];
    }
  }
  return place.join('/');
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

interface Items {
  readonly path: readonly string[];
  readonly old: readonly JsonValue[];
  readonly items: readonly JsonValue[];
  readonly written: WrittenPath | undefined;
}

function placeOfItem(index: number, { path, old, items, written }: Items): number | undefined {
  if (written !== undefined && path.every((step, at) => step === written.path[at])) {
    if (path.length < written.path.length) return index;
    if (path.length === written.path.length && written.placeOf !== undefined) return written.placeOf(index);
  }
  return placesOf(old, items)[index];
}

/** Where items have gone: those at the beginning and at the end that are alike stay, and between them the next that is. */
function placesOf(old: readonly JsonValue[], items: readonly JsonValue[]): (number | undefined)[] {
  const [one, other] = [old.map(textOf), items.map(textOf)];
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const last = other.length - end;
  let next = start;
  return one.map((text, index) => {
    if (index < start) return index;
    if (index >= one.length - end) return index - one.length + other.length;
    const found = other.indexOf(text, next);
    if (found < 0 || found >= last) return undefined;
    next = found + 1;
    return found;
  });
}

/** The same for equal values, in whatever order their members come. */
function textOf(value: JsonValue | undefined): string {
  return writeJson(ordered(value ?? null));
}

function ordered(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, ordered(member)]));
}
