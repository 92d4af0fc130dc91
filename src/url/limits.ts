/** What a request may ask of the parser; everything beyond is refused before it costs anything. */
export interface UrlLimits {
  /** Characters of the text that is parsed; a longer URL is answered with 414. */
  readonly maxLength: number;
  /** Parentheses, lambdas, unary operators and nested options within each other. */
  readonly maxDepth: number;
  /** Operands and path steps of one query option. */
  readonly maxNodes: number;
  /** Items of one list, such as the right side of `in`. */
  readonly maxItems: number;
}

export const defaultUrlLimits: UrlLimits = { maxLength: 16384, maxDepth: 100, maxNodes: 2000, maxItems: 1000 };
