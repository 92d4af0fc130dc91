import type { Expression } from '../expression.js';
import { edm } from './primitives.js';

/** What holds always. */
export const TRUE: Expression = { kind: 'literal', value: true, type: edm('Boolean') };

/** What holds never. */
export const FALSE: Expression = { kind: 'literal', value: false, type: edm('Boolean') };
