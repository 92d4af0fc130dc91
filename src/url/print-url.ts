import { printKey, printExpression } from './print-expression.js';
import { printOptions } from './print-options.js';
import { type QueryOptions, type ResourcePath, type Segment, type UrlTree } from './tree.js';

const readableInPath = /%(?:24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g;
const readableInQuery = /%(?:24|27|28|29|2A|2C|2F|3A|3D|3F|40)/g;

/** A URL relative to the service root, percent-encoded: the inverse of `parseUrl`. */
export function printUrl({ path, options }: UrlTree): string {
  const query = printQuery(options);
  return printPath(path) + (query === '' ? '' : `?${query}`);
}

/** Segments with slashes between them, percent-encoded. */
export function printPath(path: ResourcePath): string {
  return path.map((segment) => encode(printSegment(segment), readableInPath)).join('/');
}

/** `$filter=Price%20gt%205&$top=5`, in an order of its own; custom query options come last. */
export function printQuery(options: QueryOptions): string {
  const custom = options.custom.map(({ name, value }) => [name, value] as const);
  return [...printOptions(options), ...custom]
    .map(([name, value]) => `${encodeQuery(name).replaceAll('=', '%3D')}=${encodeQuery(value)}`)
    .join('&');
}

/** Percent-encodes what would end a query option or change its meaning, and what no URL may contain. */
export function encodeQuery(text: string): string {
  return encode(text, readableInQuery);
}

function printSegment(segment: Segment): string {
  switch (segment.kind) {
    case 'name':
    case 'text':
      return segment.text;
    case 'filter':
      return `$filter(${printExpression(segment.expression)})${printKey(segment.key)}`;
    case 'crossjoin':
      return `$crossjoin(${segment.names.join(',')})`;
    default:
      return `$${segment.kind}`;
  }
}

/** Lone surrogates, which no UTF-8 can carry, become replacement characters. */
function encode(text: string, readable: RegExp): string {
  const wellFormed = text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replaceAll(readable, decodeURIComponent);
}
