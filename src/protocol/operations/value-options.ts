import type { PropertyTarget, ResultTarget } from '../../plan/index.js';

import type { OptionName } from './operation.js';

const OF_COLLECTIONS: readonly OptionName[] = ['filter', 'search', 'orderby', 'top', 'skip', 'count'];

/** What may mean something to a primitive or complex value, or a collection of them. */
export const VALUE_OPTIONS: readonly OptionName[] = ['format', 'select', 'expand', 'skiptoken', ...OF_COLLECTIONS];

/** What does, by the type of the value; what belongs to no entity leads nowhere. */
export function optionsOfValue({ kind, reference, type }: PropertyTarget | ResultTarget): readonly OptionName[] {
  return [
    'format',
    ...(reference.isCollection ? OF_COLLECTIONS : []),
    ...(reference.isCollection && kind === 'result' ? (['skiptoken'] as const) : []),
    ...(type === undefined ? [] : (['select'] as const)),
    ...(type === undefined || kind === 'result' ? [] : (['expand'] as const)),
  ];
}
