import type { EntityType, NavigationProperty, StructuredType } from '../../edm/index.js';
import {
  isOrdinal,
  keyPredicate,
  schemaPath,
  type Embed,
  type ReadPlan,
  type Result,
  type Selection,
} from '../../plan/index.js';
import type { AggregatedRow, Row } from '../../store/index.js';

import { countAnnotation } from './count-annotation.js';
import { hangingAt } from './hanging.js';
import { resourcePath } from './resource-path.js';
import type { WriteOptions } from './write-options.js';

/** An entity or a complex value in one, of which navigation properties are written. */
export interface NavigationPlace {
  readonly type: StructuredType;
  readonly row: Row;
  readonly options: WriteOptions;
  /** Names of the complex properties that lead to it, and indexes between them. */
  readonly steps: readonly string[];
  readonly select: Selection | undefined;
  /** What links begin with. */
  readonly url: string;
}

/** How what hangs on an entity is written within it. */
export interface RelatedWriter {
  entity(row: Row, plan: ReadPlan, options: WriteOptions): string;
  /** A row of what `$apply` made. */
  aggregated(row: AggregatedRow, result: Result, options: WriteOptions): string;
}

/** Links at `odata.metadata=full`, and what is expanded behind those of its property. [OData-JSON 8.1 to 8.3] */
export function navigationMembers(place: NavigationPlace, writer: RelatedWriter): string {
  const { embed = [], format } = place.options;
  if (embed.length === 0 && format.metadata !== 'full') return '';
  const expanded = embed.filter((each) => standsAt(each, place));
  let text = '';
  if (format.metadata === 'full')
    for (const property of place.type.navigationProperties.values())
      if (isSelected(property, place) && !expanded.some((each) => each.property === property))
        text += links(property, place);
  for (const each of expanded) text += expandedMember(each, place, writer);
  return text;
}

function isSelected({ name }: NavigationProperty, { select }: NavigationPlace): boolean {
  return select === undefined || select.has(name);
}

/** Casts in the path leave out values of other types. */
function standsAt({ within, property }: Embed, { type, steps }: NavigationPlace): boolean {
  const names = schemaPath(steps);
  return (
    within.length === names.length &&
    within.every((step, index) => step.property.name === names[index]) &&
    type.navigationProperties.get(property.name) === property &&
    (within.at(-1)?.cast === undefined || type.isOrDerivesFrom(within.at(-1)!.cast!))
  );
}

function expandedMember(embed: Embed, place: NavigationPlace, writer: RelatedWriter): string {
  const { property, as, count, plan, apply } = embed;
  const { options } = place;
  const embedded = hangingAt(place.row.embedded?.get(embed.name), place.steps);
  if (embedded === undefined) return '';
  const key = JSON.stringify(property.name).slice(0, -1);
  let text = options.format.metadata === 'full' ? links(property, place) : '';
  if (as === 'count' || count) text += countAnnotation(embedded.count, options.format, property.name);
  if (as === 'count') return text;
  const below = contextBelow(embed, place);
  const { contextPath, ...others } = options;
  const within = below === undefined ? others : { ...others, contextPath: below };
  if (below !== undefined && as === 'entities' && options.format.metadata !== 'none')
    text += `${key}@odata.context":${JSON.stringify(`${options.root}/$metadata#${below}${property.isCollection ? '' : '/$entity'}`)},`;
  const rows =
    apply === undefined
      ? embedded.rows.map((row) =>
          as === 'references' ? reference(row, plan, options) : writer.entity(row, plan, within),
        )
      : (embedded.aggregated ?? []).map((row) => writer.aggregated(row, apply.result, within));
  return `${text}${key}":${property.isCollection ? `[${rows.join(',')}]` : (rows[0] ?? 'null')},`;
}

/**
 * `users('1')/messages`, `users('1')/home/rooms`: contained entities belong to the one that they stand in; what is expanded
 * in an item of a collection of complex values has no context of its own. [OData-Protocol 10.2]
 */
function contextBelow({ property, within }: Embed, { row, options, type, steps }: NavigationPlace): string | undefined {
  const { contextPath, declaredType } = options;
  if (contextPath === undefined || !property.containsTarget || steps.some(isOrdinal)) return undefined;
  let text = row.key === '' ? contextPath : `${contextPath}(${keyPredicate(declaredType, row.key)})`;
  let [expected, present]: [StructuredType, string] = [declaredType, row.type];
  for (const step of within) {
    text += `${castFor(step.property, expected, present)}/${step.property.name}`;
    if (step.property.type.kind === 'complex') expected = step.property.type;
    present = type.qualifiedName;
  }
  return `${text}${castFor(property, expected, present)}/${property.name}`;
}

/** Only what the expected type does not have needs a cast in front of it. */
function castFor(
  { declaringType }: { readonly declaringType: StructuredType },
  expected: StructuredType,
  present: string,
): string {
  return expected.isOrDerivesFrom(declaringType) ? '' : `/${present}`;
}

function reference(row: Row, plan: ReadPlan, { root }: WriteOptions): string {
  return `{"@odata.id":${JSON.stringify(`${root}/${resourcePath(plan.type as EntityType, row)}`)}}`;
}

/** Items of collections of complex values have no URL, and so no links. [OData-JSON 8.1, 8.2] */
function links({ name }: NavigationProperty, { url, steps }: NavigationPlace): string {
  if (steps.some(isOrdinal)) return '';
  const key = JSON.stringify(name).slice(0, -1);
  return `${key}@odata.associationLink":${JSON.stringify(`${url}/${name}/$ref`)},${key}@odata.navigationLink":${JSON.stringify(`${url}/${name}`)},`;
}
