import { oncePer, type EntityType } from '../../edm/index.js';
import type { Row, StreamHead } from '../../store/index.js';

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
 * `odata.metadata=full` alone; content type and ETag tell that there is a stream. [OData-JSON 4.6.14, 9]
 * Example: `"@odata.mediaReadLink":"…/Images(1)/$value","@odata.mediaContentType":"image/png",`
 */
export function mediaMembers(type: EntityType, row: Row, { format, root, shape }: WriteOptions): string {
  const properties = streamPropertiesOf(type);
  if (!type.hasStream && properties.length === 0) return '';
  const path = `${root}/${resourcePath(type, row)}`;
  let text = '';
  if (type.hasStream) text += linkMembers('', `${path}/$value`) + headMembers('', row.streams);
  for (const name of properties) {
    if (shape.select !== undefined && !shape.select.has(name)) continue;
    if (format.metadata === 'full') text += linkMembers(name, `${path}/${name}`);
    text += headMembers(name, row.streams);
  }
  return text;
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
