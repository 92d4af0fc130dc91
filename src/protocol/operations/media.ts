import { parseJson, type JsonObject } from '../../edm/index.js';
import type { Annotations } from '../../behavior/index.js';
import { badRequest, changedMeanwhile, notFound, preconditionFailed } from '../../error/index.js';
import { EVERYTHING, stepNames, type MediaTarget } from '../../plan/index.js';
import type { Reader, Row, StreamContent, Unit } from '../../store/index.js';
import { noContent } from '../answer.js';
import type { Exchange, ServiceParts } from '../exchange.js';
import { refuseOtherFormat } from '../headers/accept.js';
import { checkConditions, isUnchanged } from '../headers/etag.js';
import { mediaEtag } from '../payload/media-members.js';
import { settledPath } from '../payload/property-value.js';
import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';
import { writeRow } from '../writes/change-entity.js';
import { locateOrCreate } from '../writes/create-named.js';
import { noteStream } from '../writes/note-stream.js';
import { writeContext } from '../writes/write-context.js';

import { entityAnswer } from './entity-answer.js';
import { locate } from '../locate.js';
import { readContent } from '../payload/media-content.js';
import type { Operation } from './operation.js';

/** `GET Images(1)/$value`, `GET Products(1)/Photo`: the bytes. [OData-Protocol 11.2.3, 11.2.4] */
export const readMedia: Operation<MediaTarget> = {
  options: ['format'],
  async run({ target, tree, request, space, parts }) {
    const row = await locate(target.of, space, parts);
    if (!parts.profile.path.hasMadeContent(typeOfRow(row, parts))) refuseWithoutStream(target, row, parts);
    const stored = await streamOf(target, row, space);
    const content = stored.content ?? madeContent(target, row, parts);
    if (content === undefined) return nothingThere(target);
    refuseOtherFormat(tree.options.format?.value, content.contentType);
    const version = stored.content === undefined ? row.version : stored.version;
    const headers = new Map([['ETag', mediaEtag(version)]]);
    if (isUnchanged(request, { ...row, version })) return { status: 304, headers };
    return { status: 200, headers: headers.set('Content-Type', content.contentType), body: content.bytes };
  },
};

/** `PUT …/$value`: other bytes, of any type that the schema accepts. [OData-Protocol 11.4.7.2, 11.4.8.1] */
export const writeMedia: Operation<MediaTarget> = {
  options: [],
  async run(exchange) {
    const { target, request, parts } = exchange;
    const content = await readContent(request, target.path.at(-1)?.property ?? target.of.type, parts);
    const { row, version, isNew, isDescribed } = await exchange.space.write((unit) => write(exchange, unit, content));
    if (!isDescribed) return noContent([['ETag', mediaEtag(version)]]);
    const entity = { ...target.of, source: { kind: 'entity', collection: row.collection, key: row.key } } as const;
    return entityAnswer(exchange, entity, row, EVERYTHING, { status: isNew ? 201 : 200 });
  },
};

/** `DELETE …/$value`: no bytes. [OData-Protocol 11.4.8.2] */
export const clearMedia: Operation<MediaTarget> = {
  options: [],
  async run(exchange) {
    const { target, parts } = exchange;
    await exchange.space.write(async (unit) => {
      const row = await locate(target.of, unit, parts);
      refuseWithoutStream(target, row, parts);
      const { content } = await streamOf(target, row, unit);
      if (content !== undefined) await store(exchange, row, unit, undefined);
      else nothingThere(target);
    });
    return noContent();
  },
};

interface Written {
  readonly row: Row;
  readonly version: number;
  readonly isNew: boolean;
  /** Whether the content says something about its entity, which is answered then. */
  readonly isDescribed: boolean;
}

/** Writes the bytes, and into their entity what they say about it. */
async function write(exchange: Exchange<MediaTarget>, unit: Unit, content: StreamContent): Promise<Written> {
  const { target, parts } = exchange;
  const context = writeContext(exchange, unit);
  const { row, isNew } = await locateOrCreate(target.of, context, exchange.request);
  const version = await store(exchange, row, unit, content, isNew ? undefined : exchange.request.annotations);
  const members = parts.profile.contentMembers(typeOfRow(row, parts), nameOf(target, row), content);
  if (members === undefined) return { row, version, isNew, isDescribed: false };
  // What stands above it may have changed with it.
  const present = (await unit.get(row)) ?? row;
  const document = { ...documentOf(present), ...members };
  const sent = present.sent === undefined ? {} : (parseJson(present.sent) as JsonObject);
  return { row: await writeRow(present, document, sent, context), version, isNew, isDescribed: true };
}

async function store(
  exchange: Exchange<MediaTarget>,
  row: Row,
  unit: Unit,
  content: StreamContent | undefined,
  annotations?: Annotations,
): Promise<number> {
  const { target, request, parts } = exchange;
  const held = (await unit.hold(row)) ?? row;
  refuseWithoutStream(target, row, parts);
  const name = nameOf(target, held);
  const present = await unit.stream(held, name);
  if (present.content !== undefined) checkConditions(request, { ...row, version: present.version });
  else if (request.headers.has('if-match'))
    throw preconditionFailed('There is no stream yet, which If-Match asks for.');
  const version = await unit.writeStream(row, name, content, present.version);
  if (version === undefined) throw changedMeanwhile('stream');
  await noteStream(row, { property: name, content }, writeContext(exchange, unit), annotations);
  return version;
}

/** Of a declared type only some derived ones may have streams. */
function refuseWithoutStream({ path }: MediaTarget, row: Row, parts: ServiceParts): void {
  const type = typeOfRow(row, parts);
  if (path.length === 0 && !type.hasStream)
    throw badRequest(`$value is for streams and primitive values; '${type.qualifiedName}' has no stream.`);
}

function madeContent({ path }: MediaTarget, row: Row, parts: ServiceParts): StreamContent | undefined {
  if (path.length > 0) return undefined;
  return parts.profile.contentOf(typeOfRow(row, parts), documentOf(row));
}

async function streamOf(target: MediaTarget, row: Row, reader: Reader): ReturnType<Reader['stream']> {
  return row.version === 0 ? { version: 0 } : reader.stream(row, nameOf(target, row));
}

/** A property without a stream is null; a media entity without one has no such resource. */
function nothingThere({ path }: MediaTarget) {
  if (path.length === 0) throw notFound('The stream does not exist: the media entity has no content.');
  return noContent();
}

/** The path under which a stream is kept; 404 where it is that of an item that is not there. [OData-URL 4.10] */
function nameOf({ path }: MediaTarget, row: Row): string {
  return stepNames(settledPath(path, row)).join('/');
}
