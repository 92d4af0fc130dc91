import type { SearchExpression } from '../../url/index.js';

import { searchTexts } from '../bind/index.js';
import type { Place } from '../expression.js';
import { searchOf } from '../search-of.js';
import type { Step } from './apply-plan.js';
import { baseOf, membersOf, type Planner, type RowType } from './row-type.js';

/** In entities as `$search` does it, else in the strings that there are. */
export function planSearch(tree: SearchExpression, rows: RowType, { context }: Planner): Step {
  const { model, rules } = context;
  const base = baseOf(rows.place);
  if (base !== undefined)
    return { kind: 'filter', condition: searchOf(rows.type, tree, model, { searchedOf: rules.searchedOf }, base) };
  const members = membersOf(rows.place);
  return { kind: 'filter', condition: searchTexts(tree, textsOf(members), entitiesOf(members)) };
}

function entitiesOf(members: ReadonlyMap<string, Place>): Place[] {
  return [...members.values()].filter(({ kind, type }) => kind === 'column' && type.type.kind === 'entity');
}

function textsOf(members: ReadonlyMap<string, Place>): Place[] {
  return [...members.values()].flatMap((place) =>
    place.kind === 'record' ? textsOf(place.members) : place.type.type.qualifiedName === 'Edm.String' ? [place] : [],
  );
}
