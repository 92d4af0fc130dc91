import type { PropertyTarget, ResultTarget } from '../../plan/index.js';

import type { OptionName } from './operation.js';

const OF_COLLECTIONS: readonly OptionName[] = ['filter', 'orderby', 'top', 'skip', 'count'];

/** What may mean something to a primitive or complex value, or a collection of them. */
export const VALUE_OPTIONS: readonly OptionName[] = ['format', 'select', 'skiptoken', ...OF_COLLECTIONS];

/** What does, by the type of the value. */
export function optionsOfValue({ kind, reference, type }: PropertyTarget | ResultTarget): readonly OptionName[] {
  return [
    'format',
    ...(reference.isCollection ? OF_COLLECTIONS : []),
    ...(reference.isCollection && kind === 'result' ? (['skiptoken'] as const) : []),
    ...(type === undefined ? [] : (['select'] as const)),
  ];
}
