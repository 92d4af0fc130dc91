import { badRequest } from '../../error/index.js';

import { sign, isSignature } from './skip-token.js';

/** How far a client has come who follows the changes of a collection. Positions are those of the store's change log. */
export type DeltaState =
  /** It reads the collection itself, page by page: the skip token of the next page, and the position from before the first. */
  | { readonly kind: 'load'; readonly position: number; readonly page: string }
  /** It knows everything up to a position. */
  | { readonly kind: 'since'; readonly position: number }
  /** It reads changes, page by page: those between two positions, from behind a third; then it knows all up to `next`. */
  | {
      readonly kind: 'changes';
      readonly since: number;
      readonly until: number;
      readonly after: number;
      readonly next: number;
    }
  /** It knows what a snapshot of a computed collection says. */
  | { readonly kind: 'shown'; readonly known: string }
  /**
   * It reads, page by page, what makes one snapshot of another, and has read so much of it; then it knows what a third
   * says. Undefined is the snapshot of nothing.
   */
  | {
      readonly kind: 'showing';
      readonly known: string | undefined;
      readonly next: string;
      readonly told: number;
      readonly end: string;
    };

/** Tokens of this kind are told from ordinary skip tokens by their first character. */
const MARK = '~';

export function isDeltaToken(token: string): boolean {
  return token.startsWith(MARK);
}

/**
 * An opaque, tamper-evident token, good for one query alone; `issued` is in milliseconds. [OData-Protocol 11.3]
 * It holds all there is to know, so it outlives the process that made it.
 */
export function writeDeltaToken(state: DeltaState, issued: number, query: string, secret: string): string {
  const payload = Buffer.from(JSON.stringify([issued, state])).toString('base64url');
  return `${MARK}${payload}.${sign(`${MARK}${payload}`, query, secret)}`;
}

/** 400 for a token that this service did not make for this query. */
export function readDeltaToken(
  token: string,
  query: string,
  secret: string,
): { readonly state: DeltaState; readonly issued: number } {
  const [payload = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || !isDeltaToken(token) || !isSignature(signature, payload, query, secret)) {
    throw foreignToken();
  }
  const text = Buffer.from(payload.slice(MARK.length), 'base64url').toString('utf8');
  const [issued, state] = JSON.parse(text) as [number, DeltaState];
  return { state, issued };
}

/** 400 for a token that is not one of the collection that is asked for. */
export function foreignToken(): Error {
  return badRequest('The token is not valid for this request; follow links as they were given.', {
    target: '$deltatoken',
  });
}
