import { createHmac, timingSafeEqual } from 'node:crypto';

import { isJsonObject, parseJson, writeJson, type JsonValue, type Scalar } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

/** Where a page ended: what `$skiptoken` carries. */
export interface PagePosition {
  /** Order values of the last row, in the order of the plan. */
  readonly values: readonly (Scalar | null)[];
  readonly sequence: number;
  /** Rows that `$top` still allows; undefined without `$top`. */
  readonly remaining: number | undefined;
}

/**
 * An opaque, tamper-evident token for the next page. It belongs to one query: `query` is the text of all other options
 * and the path, and a token of another query is refused. [OData-Protocol 11.2.6.7]
 */
export function writeSkipToken(position: PagePosition, query: string, secret: string): string {
  const payload = Buffer.from(
    writeJson([position.sequence, position.remaining ?? null, ...position.values] as JsonValue[]),
  ).toString('base64url');
  return `${payload}.${sign(payload, query, secret)}`;
}

/** 400 for a token that this service did not make for this query. */
export function readSkipToken(token: string, query: string, secret: string): PagePosition {
  const payload = token.slice(0, Math.max(0, token.lastIndexOf('.')));
  if (!isSignature(token.slice(payload.length + 1), payload, query, secret)) {
    throw badRequest('The $skiptoken is not valid for this request; follow the next link as it was given.', {
      target: '$skiptoken',
    });
  }
  const [sequence, remaining, ...values] = parseJson(Buffer.from(payload, 'base64url').toString('utf8')) as JsonValue[];
  return {
    sequence: Number(sequence),
    remaining: remaining === null ? undefined : Number(remaining),
    values: values.map((value) => (isJsonObject(value) || Array.isArray(value) ? null : (value ?? null))),
  };
}

/** Whether a token's signature is what `sign` makes for it. */
export function isSignature(signature: string, payload: string, query: string, secret: string): boolean {
  const expected = Buffer.from(sign(payload, query, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function sign(payload: string, query: string, secret: string): string {
  return createHmac('sha256', secret).update(payload).update('\n').update(query).digest('base64url').slice(0, 16);
}
