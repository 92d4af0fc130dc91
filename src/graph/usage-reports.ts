import type { Operation } from '../edm/index.js';
import type { Profile } from '../protocol/index.js';

import { reportText } from './report-text.js';

const ROOT = 'microsoft.graph.reportRoot';
const FILES: ReadonlySet<string> = new Set(['microsoft.graph.report', 'Edm.Stream']);
/** The query option that carries what stands for a token. */
const TOKEN = 'tempauth';

/**
 * Usage reports are files of comma-separated values, to which a 302 leads the client; those whose columns the schema
 * declares can be had as JSON too. [Graph: Working with Microsoft 365 usage reports]
 */
export const usageReports: Profile['files'] = {
  kindOf({ name, bindingParameter, returnType }: Operation) {
    if (bindingParameter?.reference.typeName !== ROOT || returnType === undefined || !name.startsWith('get'))
      return undefined;
    return FILES.has(returnType.typeName) ? 'file' : 'either';
  },
  options: [TOKEN],
  answer(operation, result, { url, root, id }) {
    if (!carriesToken(url)) {
      const location = `${root}/${url}${url.includes('?') ? '&' : '?'}${TOKEN}=${id}`;
      return { status: 302, headers: new Map([['Location', location]]) };
    }
    return {
      status: 200,
      headers: new Map([
        ['Content-Type', 'text/csv; charset=utf-8'],
        ['Content-Disposition', `attachment; filename="${operation.name}.csv"`],
      ]),
      body: reportText(operation, result),
    };
  },
};

/** Whether a URL is that of a file, which needs no other token: `reports/getUsers(period='D7')?tempauth=…`. */
export function carriesToken(url: string): boolean {
  return /[?&]tempauth=[^&]/i.test(url);
}
