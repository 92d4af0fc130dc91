import type { ScalarType } from '../edm/index.js';

import type { Expression } from './expression.js';

/** One term of `$orderby`. [OData-URL 5.1.5] */
export interface OrderTerm {
  readonly expression: Expression;
  readonly direction: 'asc' | 'desc';
}

/** A result of `$compute`; it has no type where it is null throughout. */
export interface Computed {
  readonly alias: string;
  readonly expression: Expression;
  readonly type?: ScalarType | undefined;
}
