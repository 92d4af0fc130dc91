import { regularExpression } from '../../edm/index.js';

import type { Part, Report } from './report.js';

const PATTERN = 'Org.OData.Validation.V1.Pattern';

/** Patterns that values will be matched against must be regular expressions. [Validation Pattern] */
export function checkPatterns(report: Report, { json, document }: Part): void {
  for (const [member, value] of Object.entries(json)) {
    const at = member.indexOf('@');
    if (at < 0 || typeof value !== 'string') continue;
    const [term = ''] = member.slice(at + 1).split('#');
    if (report.catalog.expand(term) === PATTERN && regularExpression(value) === undefined)
      report.error({ json, member, document }, `The pattern '${value}' is not a regular expression.`);
  }
}
