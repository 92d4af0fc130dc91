import type { Operation } from '../edm/index.js';
import type { Profile } from '../protocol/index.js';

const ROOT = 'microsoft.graph.reportRoot';
const FILES: ReadonlySet<string> = new Set(['microsoft.graph.report', 'Edm.Stream']);

/**
 * Usage reports are files of comma-separated values, to which a 302 leads the client; those whose columns the schema
 * declares can be had as JSON too. [Graph: Working with Microsoft 365 usage reports]
 */
export function usageReport({ name, bindingParameter, returnType }: Operation): ReturnType<Profile['reportOf']> {
  if (bindingParameter?.reference.typeName !== ROOT || returnType === undefined || !name.startsWith('get'))
    return undefined;
  return FILES.has(returnType.typeName) ? 'file' : 'either';
}
