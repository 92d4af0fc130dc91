import { oncePer, type EntityType, type Model, type StructuredType } from '../../edm/index.js';
import { isOrdinal, schemaPath, selectionFor, type ExpandedStream } from '../../plan/index.js';
import type { Row, StreamContent } from '../../store/index.js';

import { contentText } from './content-text.js';
import type { NavigationPlace } from './navigation-writer.js';
import { resourcePath } from './resource-path.js';
import type { WriteOptions } from './write-options.js';

/** Names of a type's stream properties. */
const streamPropertiesOf = oncePer((type: StructuredType): readonly string[] =>
  [...type.properties.values()].flatMap(({ name, type: { qualifiedName }, isCollection }) =>
    qualifiedName === 'Edm.Stream' && !isCollection ? [name] : [],
  ),
);

/** Whether entities of a type may have streams, by properties of complex values too. */
export function mayHaveStreams(type: EntityType, model: Model): boolean {
  const seen = new Set<StructuredType>();
  const has = (each: StructuredType): boolean => {
    if (seen.has(each)) return false;
    seen.add(each);
    return streamPropertiesOf(each).length > 0 || complexTypesIn(each).some(hasAny);
  };
  const hasAny = (each: StructuredType): boolean => [each, ...model.derivedTypes(each)].some(has);
  return type.hasStream || has(type);
}

function complexTypesIn({ properties }: StructuredType): readonly StructuredType[] {
  return [...properties.values()].flatMap(({ type }) => (type.kind === 'complex' ? [type] : []));
}

/**
 * Control information of an entity's streams: links can be computed, so those of properties are written at
 * `odata.metadata=full` alone; content type and ETag tell that there is a stream. What is expanded stands behind it.
 * [OData-JSON 4.6.14, 9, 10]
 * Example: `"@odata.mediaReadLink":"…/Images(1)/$value","@odata.mediaContentType":"image/png",`
 */
export function mediaMembers(
  type: EntityType,
  row: Row,
  options: WriteOptions,
  made: () => StreamContent | undefined,
): string {
  if (!type.hasStream && streamPropertiesOf(type).length === 0) return '';
  const { format, root, shape } = options;
  const isAnnotated = format.metadata !== 'none';
  const url = `${root}/${resourcePath(type, row)}`;
  let text = '';
  if (type.hasStream) {
    if (isAnnotated) text += linkMembers('', `${url}/$value`) + headMembers('', row, '');
    const isExpanded = shape.streams?.some((stream) => stream.property === '' && isOfRow(stream, row));
    if (isExpanded === true) text += contentMembers('$value', row, '', isAnnotated, made);
  }
  return text + streamMembers({ type, row, options, steps: [], select: selectionFor(shape.select, type), url });
}

/** The same of the stream properties of an entity, or of a complex value in it; items of collections have no links. */
export function streamMembers(place: NavigationPlace): string {
  const { type, row, options, steps, select, url } = place;
  const { format, shape } = options;
  const isAnnotated = format.metadata !== 'none';
  let text = '';
  for (const name of streamPropertiesOf(type)) {
    const property = [...steps, name].join('/');
    const path = [...schemaPath(steps), name].join('/');
    const isExpanded = shape.streams?.some((stream) => stream.property === path && standsAt(stream, place)) ?? false;
    if (!isExpanded && select !== undefined && !select.has(name)) continue;
    if (format.metadata === 'full' && !steps.some(isOrdinal)) text += linkMembers(name, `${url}/${name}`);
    if (isAnnotated) text += headMembers(name, row, property);
    if (isExpanded) text += contentMembers(name, row, property, isAnnotated, () => undefined);
  }
  return text;
}

/** Casts in the path of an expand item leave out entities, and complex values, of other types. */
function standsAt(stream: ExpandedStream, { row, type }: NavigationPlace): boolean {
  const cast = stream.within.at(-1)?.cast;
  return isOfRow(stream, row) && (cast === undefined || type.isOrDerivesFrom(cast));
}

function isOfRow({ onlyFor }: ExpandedStream, row: Row): boolean {
  return onlyFor?.includes(row.type) !== false;
}

/** The content with what it takes to read it; null where there is none. [OData-JSON 9, 10] */
function contentMembers(
  name: string,
  row: Row,
  property: string,
  isTyped: boolean,
  made: () => StreamContent | undefined,
): string {
  if (row.streams === undefined) throw new Error('The streams of this entity were not read.');
  const stored = row.streams.find((each) => each.property === property);
  const content = stored ?? made();
  const key = JSON.stringify(name);
  if (content?.bytes === undefined) return `${key}:null,`;
  const prefix = property === '' ? '' : name;
  const contentType = stored !== undefined && isTyped ? '' : member(prefix, 'mediaContentType', content.contentType);
  return `${contentType}${key}:${contentText(content.contentType, content.bytes)},`;
}

/** The ETag of a stream; like that of an entity it stands for a version. */
export function mediaEtag(version: number): string {
  return `W/"${String(version)}"`;
}

function linkMembers(name: string, url: string): string {
  return member(name, 'mediaReadLink', url) + member(name, 'mediaEditLink', url);
}

function headMembers(name: string, { streams }: Row, property: string): string {
  const head = streams?.find((each) => each.property === property);
  if (head === undefined) return '';
  return member(name, 'mediaContentType', head.contentType) + member(name, 'mediaEtag', mediaEtag(head.version));
}

function member(name: string, term: string, value: string): string {
  return `${JSON.stringify(`${name}@odata.${term}`)}:${JSON.stringify(value)},`;
}
