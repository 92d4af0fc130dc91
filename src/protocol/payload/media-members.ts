import { oncePer, type EntityType } from '../../edm/index.js';
import type { Row, StreamContent, StreamHead } from '../../store/index.js';

import { contentText } from './content-text.js';
import { resourcePath } from './resource-path.js';
import type { WriteOptions } from './write-options.js';

/** Names of a type's stream properties. */
export const streamPropertiesOf = oncePer((type: EntityType): readonly string[] =>
  [...type.properties.values()].flatMap(({ name, type: { qualifiedName }, isCollection }) =>
    qualifiedName === 'Edm.Stream' && !isCollection ? [name] : [],
  ),
);

/**
 * Control information of an entity's streams: links can be computed, so those of properties are written at
 * `odata.metadata=full` alone; content type and ETag tell that there is a stream. What is expanded stands behind it.
 * [OData-JSON 4.6.14, 9, 10]
 * Example: `"@odata.mediaReadLink":"…/Images(1)/$value","@odata.mediaContentType":"image/png",`
 */
export function mediaMembers(
  type: EntityType,
  row: Row,
  { format, root, shape }: WriteOptions,
  made: () => StreamContent | undefined,
): string {
  const properties = streamPropertiesOf(type);
  if (!type.hasStream && properties.length === 0) return '';
  const isAnnotated = format.metadata !== 'none';
  const path = `${root}/${resourcePath(type, row)}`;
  const expanded = (shape.streams ?? [])
    .filter(({ onlyFor }) => onlyFor?.includes(row.type) !== false)
    .map(({ property }) => property);
  let text = '';
  if (type.hasStream) {
    if (isAnnotated) text += linkMembers('', `${path}/$value`) + headMembers('', row.streams);
    if (expanded.includes('')) text += contentMembers('', row, isAnnotated, made);
  }
  for (const name of properties) {
    const isExpanded = expanded.includes(name);
    if (!isExpanded && shape.select !== undefined && !shape.select.has(name)) continue;
    if (format.metadata === 'full') text += linkMembers(name, `${path}/${name}`);
    if (isAnnotated) text += headMembers(name, row.streams);
    if (isExpanded) text += contentMembers(name, row, isAnnotated, () => undefined);
  }
  return text;
}

/** The content with what it takes to read it; null where there is none. [OData-JSON 9, 10] */
function contentMembers(name: string, row: Row, isTyped: boolean, made: () => StreamContent | undefined): string {
  if (row.streams === undefined) throw new Error('The streams of this entity were not read.');
  const stored = row.streams.find(({ property }) => property === name);
  const content = stored ?? made();
  const key = JSON.stringify(name === '' ? '$value' : name);
  if (content?.bytes === undefined) return `${key}:null,`;
  const contentType = stored !== undefined && isTyped ? '' : member(name, 'mediaContentType', content.contentType);
  return `${contentType}${key}:${contentText(content.contentType, content.bytes)},`;
}

/** The ETag of a stream; like that of an entity it stands for a version. */
export function mediaEtag(version: number): string {
  return `W/"${String(version)}"`;
}

function linkMembers(name: string, url: string): string {
  return member(name, 'mediaReadLink', url) + member(name, 'mediaEditLink', url);
}

function headMembers(name: string, streams: readonly StreamHead[] | undefined): string {
  const head = streams?.find((each) => each.property === name);
  if (head === undefined) return '';
  return member(name, 'mediaContentType', head.contentType) + member(name, 'mediaEtag', mediaEtag(head.version));
}

function member(name: string, term: string, value: string): string {
  return `${JSON.stringify(`${name}@odata.${term}`)}:${JSON.stringify(value)},`;
}
