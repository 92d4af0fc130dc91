import { badRequest, ServiceError } from '../error/index.js';
import type { AskedQuery } from '../protocol/index.js';

import { isDirectoryObject } from './directory-links.js';

/** What a query of objects of the directory needs the header, or the header and `$count=true` for. */
interface Rule {
  readonly concerns: (query: AskedQuery) => boolean;
  readonly needsCount: boolean;
  readonly code: string;
  readonly message: string;
}

const UNSUPPORTED = 'Request_UnsupportedQuery';

/** [Graph: Advanced query capabilities on Microsoft Entra ID objects] */
const RULES: readonly Rule[] = [
  {
    concerns: ({ isCount }) => isCount,
    needsCount: false,
    code: 'Request_BadRequest',
    message: '$count is not currently supported.',
  },
  {
    concerns: ({ options }) => options.has('search'),
    needsCount: false,
    code: UNSUPPORTED,
    message: "Request with $search query parameter only works with the request header 'ConsistencyLevel: eventual'.",
  },
  {
    concerns: ({ options }) => options.has('orderby') && options.has('filter'),
    needsCount: true,
    code: UNSUPPORTED,
    message: 'Sorting not supported for current query.',
  },
  {
    concerns: ({ operators }) => ['ne', 'not', 'endswith'].some((name) => operators.has(name)),
    needsCount: true,
    code: UNSUPPORTED,
    message: 'Unsupported Query.',
  },
  {
    concerns: ({ isCast, options }) => isCast && ['filter', 'orderby'].some((name) => options.has(name)),
    needsCount: true,
    code: UNSUPPORTED,
    message: 'Unsupported Query.',
  },
];

/** Refuses what objects of the directory answer to advanced queries alone, and what those do not combine with. */
export function refuseAdvanced(query: AskedQuery): void {
  if (!isDirectoryObject(query.type)) return;
  const broken = RULES.filter((rule) => rule.concerns(query));
  const isComplete = (rule: Rule): boolean =>
    isEventual(query) && (!rule.needsCount || query.isCount || query.options.has('count'));
  const rule = broken.find((each) => !isComplete(each));
  if (rule !== undefined) throw new ServiceError(400, rule.code, rule.message);
  if (broken.length > 0 && query.options.has('expand'))
    throw badRequest('$expand cannot be combined with an advanced query.', { target: '$expand' });
}

/** Without the header `$count=true` is left unanswered; with it, the first page alone tells the count. [Graph: Paging] */
export function tellsDirectoryCount(query: AskedQuery): boolean {
  return !isDirectoryObject(query.type) || (isEventual(query) && !query.options.has('skiptoken'));
}

function isEventual({ headers }: AskedQuery): boolean {
  return headers.get('consistencylevel')?.trim().toLowerCase() === 'eventual';
}
