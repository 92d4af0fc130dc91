import type { SearchExpression } from '../../url/index.js';

import type { Expression, Place, SearchTerm } from '../expression.js';
import { edm } from './primitives.js';

/** A search expression without its places in the text. [OData-URL 5.1.8] */
export function bindSearch(tree: SearchExpression): SearchTerm {
  switch (tree.kind) {
    case 'word':
    case 'phrase':
      return { kind: tree.kind, text: tree.text };
    case 'and':
    case 'or':
      return { kind: tree.kind, left: bindSearch(tree.left), right: bindSearch(tree.right) };
    case 'not':
      return { kind: 'not', operand: bindSearch(tree.operand) };
  }
}

/**
 * Items of a collection that match: entities and complex values by the strings right below them, strings by themselves.
 * Other values have no words; dynamic ones may be either. [OData-Protocol 11.2.6.6]
 */
export function searchItem(tree: SearchExpression, place: Place): Expression {
  const { kind, qualifiedName } = place.type.type;
  if (kind === 'entity' || kind === 'complex') return { kind: 'search', place, expression: bindSearch(tree) };
  const isUntyped = qualifiedName === 'Edm.Untyped';
  return searchTexts(tree, isUntyped || qualifiedName === 'Edm.String' ? [place] : [], isUntyped ? [place] : []);
}

/** Words and phrases stand anywhere in some strings, in any case of letters, or in some entities. [OData-URL 5.1.8] */
export function searchTexts(
  tree: SearchExpression,
  texts: readonly Place[],
  entities: readonly Place[] = [],
): Expression {
  return occurs(bindSearch(tree), { texts, entities });
}

/** Where words are looked for. */
interface Searched {
  readonly texts: readonly Place[];
  readonly entities: readonly Place[];
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
