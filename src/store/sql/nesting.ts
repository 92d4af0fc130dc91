/**
 * How many places a statement takes on the stack of SQLite's parser, which has a fixed size; rather too many than too few.
 * Example: within `lower(x || (…` stand a name, a bracket and what distinguishes an aggregate, then an operand and an operator.
 */
export function nestingOf(text: string): number {
  const open: Bracket[] = [{ depth: 0, places: 5, end: 0, isFunction: false, hasOr: false }];
  let deepest = 0;
  for (const { 0: token, 1: next, index } of text.matchAll(TOKEN)) {
    const inner = open.at(-1)!;
    switch (token) {
      case '(':
      case 'CASE': {
        const depth = inner.depth + (inner.end === index ? 1 : inner.places);
        const isFunction = token === '(' && index > 0 && /\w/.test(text[index - 1]!);
        const places = token === 'CASE' || next !== undefined ? 5 : 3;
        open.push({ depth, places, end: index + token.length, isFunction, hasOr: false });
        if (depth > deepest) deepest = depth;
        break;
      }
      case ')':
      case 'END':
        open.pop();
        break;
      case ',':
        if (inner.isFunction) inner.places = 5;
        break;
      case ' OR ':
        inner.hasOr = true;
        break;
      case ' AND ':
        if (inner.hasOr) inner.places = Math.max(inner.places, 5);
        break;
      default:
        inner.places = token === ' FROM ' ? 7 : 10;
    }
  }
  return deepest;
}

/** A bracket, or `CASE`, and what stands on the stack before a part of it. */
interface Bracket {
  readonly depth: number;
  readonly end: number;
  readonly isFunction: boolean;
  places: number;
  hasOr: boolean;
}

/** Names of the schema, the only foreign texts, hold neither brackets nor spaces. */
const TOKEN = /\((?=(SELECT\b|WITH\b)?)|[),]|(?<=[ (])CASE\b|(?<= )END\b| (?:OR|AND|FROM|WHERE|ORDER BY) /g;
