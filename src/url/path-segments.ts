import { qualifiedNameEnd } from './characters.js';

/** A stretch of the raw path between two slashes. */
export interface RawSegment {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a raw path at its slashes. A key such as `('a%2Fb')` must have its slashes percent-encoded; within the
 * named parameters of a function and the condition of `$filter` literal slashes are tolerated, because many clients
 * write them: `search(q='a/b')`, `$filter(Address/City eq 'X')`. [OData-URL 2]
 */
export function splitPath(raw: string, pathStart: number, pathEnd: number): readonly RawSegment[] {
  const segments: RawSegment[] = [];
  let start = pathStart;
  let isBalanced = true;
  for (let index = pathStart; index < pathEnd; index++) {
    const code = raw.charCodeAt(index);
    if (code === 47) {
      segments.push({ start, end: index });
      start = index + 1;
    } else if (code === 40 && isBalanced && protectsSlashes(raw, start, index)) {
      const close = closingParenthesis(raw, index, pathEnd);
      if (close < 0) isBalanced = false;
      else index = close;
    }
  }
  if (start < pathEnd) segments.push({ start, end: pathEnd });
  return segments;
}

/** Whether the parenthesis belongs to `$filter(` or opens parameters with names, `name(name=`. */
function protectsSlashes(raw: string, start: number, parenthesis: number): boolean {
  const first = raw.charCodeAt(start);
  if (first === 36 || first === 37) {
    const word = raw.slice(start, parenthesis);
    return word === '$filter' || word === '%24filter';
  }
  if (qualifiedNameEnd(raw, start) !== parenthesis) return false;
  const name = qualifiedNameEnd(raw, parenthesis + 1);
  return name > parenthesis + 1 && raw.charCodeAt(name) === 61;
}

/** The matching parenthesis; what stands in single quotes, `'` or `%27`, does not count. -1 where there is none. */
function closingParenthesis(raw: string, start: number, end: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let index = start; index < end; index++) {
    const code = raw.charCodeAt(index);
    if (code === 39 || (code === 37 && raw.startsWith('27', index + 1))) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (code === 40) depth++;
    else if (code === 41 && --depth === 0) return index;
  }
  return -1;
}
