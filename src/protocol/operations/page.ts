import { badRequest } from '../../error/index.js';
import type { Page, Source, Target } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import type { Limits } from '../limits.js';
import { canonicalQuery } from '../payload/next-link.js';
import { readSkipToken, writeSkipToken } from '../payload/skip-token.js';

/** One page of a collection: what to ask the store for, and the link to the next one. [OData-Protocol 11.2.6.7] */
export interface Paging {
  /** One row more than the page has, to see whether there is a next one. */
  readonly page: Page;
  /** Rows of this page. */
  readonly size: number;
  nextLink(last: Pick<Row, 'sequence' | 'order'>): string;
  /** The skip token of that link. */
  nextToken(last: Pick<Row, 'sequence' | 'order'>): string;
  /** Where the changes from then on are told, for the end of the last page. */
  deltaLink?(): string;
}

export function pagingOf(exchange: Exchange): Paging {
  const { request, tree, parts, preferences, target } = exchange;
  const { topIsPageSize, tokenSecret } = parts.profile;
  const limits = limitsOf(exchange);
  const { top, skip, skiptoken } = tree.options;
  if (top !== undefined && top.value > limits.maxTop) {
    throw badRequest(`$top must be at most ${String(limits.maxTop)}.`, { target: '$top', position: top.at });
  }
  const isResult = isListed(target);
  if (isResult && request.method === 'POST') return wholeResult(exchange);
  const [path = '', rawQuery = ''] = splitOnce(request.url, '?');
  const query = canonicalQuery(tree.options, rawQuery);
  const after = skiptoken === undefined ? undefined : readSkipToken(skiptoken.value, `${path}?${query}`, tokenSecret);
  const allowed = topIsPageSize ? undefined : after === undefined ? top?.value : after.remaining;
  const size = Math.min(
    pageSize(preferences.get('maxpagesize'), topIsPageSize ? top?.value : undefined, limits.pageSize),
    allowed ?? Infinity,
  );
  const offset = (isResult ? after?.sequence : undefined) ?? skip?.value ?? 0;
  const nextToken = (last: Pick<Row, 'sequence' | 'order'>): string => {
    const remaining = allowed === undefined ? undefined : allowed - size;
    const end = isResult
      ? { values: [], sequence: offset + size }
      : { values: last.order ?? [], sequence: last.sequence };
    return writeSkipToken({ ...end, remaining }, `${path}?${query}`, tokenSecret);
  };
  return {
    size,
    page: {
      limit: allowed === size ? size : size + 1,
      skip: isResult || after === undefined ? offset : 0,
      ...(isResult || after === undefined ? {} : { after }),
    },
    nextLink: (last) => `${request.root}/${path}?${query === '' ? '' : `${query}&`}$skiptoken=${nextToken(last)}`,
    nextToken,
  };
}

function limitsOf({ target, parts: { profile } }: Exchange): Pick<Limits, 'pageSize' | 'maxTop'> {
  const of = target.kind === 'reference' || target.kind === 'delta' ? target.of : target;
  return of.kind === 'collection' ? { ...profile.limits, ...profile.pagesOf(of.type) } : profile.limits;
}

/**
 * Whether the items are those that an operation or a view gave. Its next page comes from another call, which may give others, so
 * that it begins where so many have been shown, rather than behind the last of them.
 */
function isListed(target: Target): boolean {
  if (target.kind === 'result') return true;
  let source: Source | undefined = target.kind === 'collection' ? target.source : undefined;
  while (source?.kind === 'matching' || source?.kind === 'keyed') source = source.of;
  return source?.kind === 'listed' || source?.kind === 'given';
}

/** All rows at once, but for what `$top` and `$skip` leave out: an action is not called again for the rest. [OData-Protocol 11.5.5] */
function wholeResult({ tree }: Exchange): Paging {
  const { top, skip, skiptoken } = tree.options;
  if (skiptoken !== undefined)
    throw badRequest('The result of an action has no pages.', { target: '$skiptoken', position: skiptoken.at });
  const noPage = (): never => {
    throw new Error('The result of an action has no pages.');
  };
  return {
    size: top?.value ?? Infinity,
    page: { limit: top?.value, skip: skip?.value ?? 0 },
    nextLink: noPage,
    nextToken: noPage,
  };
}

/** Says that pages have the size that the client prefers. [OData-Protocol 8.2.8.5] */
export function appliedPageSize({ preferences }: Exchange, { size }: Paging): string[] {
  const preferred = preferences.get('maxpagesize');
  return preferred !== undefined && String(size) === preferred ? [`odata.maxpagesize=${preferred}`] : [];
}

/** The client's preference, within what the service allows. [OData-Protocol 8.2.8.5] */
function pageSize(preferred: string | undefined, top: number | undefined, standard: number): number {
  if (top !== undefined) return top;
  if (preferred === undefined || !/^[1-9]\d{0,8}$/.test(preferred)) return standard;
  return Math.min(Number(preferred), standard);
}

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
