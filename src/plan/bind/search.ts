import type { SearchExpression } from '../../url/index.js';

import type { SearchTerm } from '../expression.js';

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
