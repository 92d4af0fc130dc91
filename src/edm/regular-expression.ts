/** An ECMAScript regular expression, read with Unicode in mind where it can be; undefined where it is none. [ECMA-262 22.2] */
export function regularExpression(source: string): RegExp | undefined {
  return compiled(source, 'u') ?? compiled(source, '');
}

function compiled(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
