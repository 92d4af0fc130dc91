import { notFound, preconditionFailed } from '../../error/index.js';
import type { Row } from '../../store/index.js';
import type { ServiceRequest } from '../request.js';
import { isComputed } from '../row-kind.js';

/**
 * Weak, since it stands for a version of the entity and not for the bytes of an answer. What is computed has the version of
 * what it is computed from, which is told from that of its own row, should it get one. [OData-Protocol 8.3.2]
 */
export function etagOf(row: Row): string {
  return `W/"${isComputed(row) ? 'c' : ''}${String(row.version)}"`;
}

/**
 * Holds a write to its conditions: 412 where `If-Match` names another version or `If-None-Match` names this one.
 * [OData-Protocol 11.4.1.1]
 */
export function checkConditions(request: ServiceRequest, row: Row): void {
  checkMatch(request, row);
  const noneMatch = request.headers.get('if-none-match');
  if (noneMatch !== undefined && matches(noneMatch, row)) {
    throw preconditionFailed(`The entity exists with the ETag ${etagOf(row)}, which If-None-Match excludes.`);
  }
}

/** Holds the change of an entity to the ETag that stands in the payload. [OData-Protocol 11.4.1.1] */
export function checkPayloadEtag(etag: string, row: Row, target: string): void {
  if (matches(etag, row)) return;
  throw preconditionFailed(`The entity has changed: its ETag is ${etagOf(row)}, not ${etag.slice(0, 100)}.`, {
    target,
  });
}

/** Whether a read can be answered with 304; 412 where `If-Match` names another version. [OData-Protocol 8.2.4, 8.2.5] */
export function isUnchanged(request: ServiceRequest, row: Row): boolean {
  checkMatch(request, row);
  const noneMatch = request.headers.get('if-none-match');
  return noneMatch !== undefined && matches(noneMatch, row);
}

function checkMatch(request: ServiceRequest, row: Row): void {
  const match = request.headers.get('if-match');
  if (match !== undefined && !matches(match, row))
    throw preconditionFailed(`The entity has changed: its ETag is ${etagOf(row)}, not ${match.slice(0, 100)}.`);
}

export function noSuchEntity(text: string): Error {
  return notFound(`Resource '${text}' does not exist.`);
}

function matches(header: string, row: Row): boolean {
  const strong = etagOf(row).slice(2);
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === strong);
}
