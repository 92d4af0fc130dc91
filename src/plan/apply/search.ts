import type { SearchExpression } from '../../url/index.js';

import { bindSearch } from '../bind/index.js';
import { edm } from '../bind/primitives.js';
import type { Expression, Place, SearchTerm } from '../expression.js';
import { searchOf } from '../search-of.js';
import type { Step } from './apply-plan.js';
import { baseOf, membersOf, type Planner, type RowType } from './row-type.js';

/** In entities as `$search` does it, else in the strings that there are. */
export function planSearch(tree: SearchExpression, rows: RowType, { context }: Planner): Step {
  if (baseOf(rows.place) !== undefined) return { kind: 'filter', condition: searchOf(rows.type, tree, context.model) };
  const members = membersOf(rows.place);
  return {
    kind: 'filter',
    condition: occurs(bindSearch(tree), { texts: textsOf(members), entities: entitiesOf(members) }),
  };
}

/** Where words are looked for. */
interface Searched {
  readonly texts: readonly Place[];
  readonly entities: readonly Place[];
}

function entitiesOf(members: ReadonlyMap<string, Place>): Place[] {
  return [...members.values()].filter(({ kind, type }) => kind === 'column' && type.type.kind === 'entity');
}

function textsOf(members: ReadonlyMap<string, Place>): Place[] {
  return [...members.values()].flatMap((place) =>
    place.kind === 'record' ? textsOf(place.members) : place.type.type.qualifiedName === 'Edm.String' ? [place] : [],
  );
}

function occurs(term: SearchTerm, searched: Searched): Expression {
  switch (term.kind) {
    case 'and':
    case 'or':
      return {
        kind: 'logic',
        operator: term.kind,
        left: occurs(term.left, searched),
        right: occurs(term.right, searched),
      };
    case 'not':
      return { kind: 'not', operand: occurs(term.operand, searched) };
    default:
      return [
        ...searched.texts.map((place) => contains(place, term.text)),
        ...searched.entities.map((place): Expression => ({ kind: 'search', place, expression: term })),
      ].reduce(either, NEVER);
  }
}

function contains(place: Place, text: string): Expression {
  const type = edm('String');
  const lower = (value: Expression): Expression => ({ kind: 'call', function: 'tolower', arguments: [value], type });
  const condition: Expression = {
    kind: 'call',
    function: 'contains',
    arguments: [lower({ kind: 'value', place, type }), lower({ kind: 'literal', value: text, type })],
    type: edm('Boolean'),
  };
  return {
    kind: 'case',
    branches: [
      { condition, value: boolean(true) },
      { condition: boolean(true), value: NEVER },
    ],
    type: edm('Boolean'),
  };
}

function either(left: Expression, right: Expression): Expression {
  return { kind: 'logic', operator: 'or', left, right };
}

function boolean(value: boolean): Expression {
  return { kind: 'literal', value, type: edm('Boolean') };
}

const NEVER = boolean(false);
