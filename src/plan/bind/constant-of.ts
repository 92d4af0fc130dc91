import type { JsonNumber } from '../../edm/index.js';
import type { Literal } from '../../url/index.js';

/** A JSON constant as a literal of a URL, which takes the type of what it stands beside. */
export function constantOf(value: string | number | boolean | JsonNumber, at: number): Literal {
  const text = String(value);
  switch (typeof value) {
    case 'string':
      return { kind: 'literal', type: 'string', text, at };
    case 'boolean':
      return { kind: 'literal', type: 'boolean', text, at };
    default:
      return {
        kind: 'literal',
        type: /^-?\d+$/.test(text) ? 'integer' : /e/i.test(text) ? 'double' : 'decimal',
        text,
        at,
      };
  }
}
