import type { Option, QueryOptions } from '../../url/index.js';

/**
 * The query of a request from its parsed options, always in the same order and spelling, so that all ways to write a
 * query make the same link. [OData-Protocol 11.2.6.7]
 */
export function canonicalQuery(options: QueryOptions, rawQuery: string): string {
  const { aliases, custom, skiptoken, ...system } = options;
  const parts = Object.entries(system as Record<string, Option<unknown>>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, option]) => `$${name}=${encode(option.text)}`);
  for (const { name, value } of custom) parts.push(`${encode(name)}=${encode(value)}`);
  return [...parts, ...aliasTexts(aliases, rawQuery)].join('&');
}

/** Aliases keep the text they came with; their values are trees by now. */
function aliasTexts(aliases: QueryOptions['aliases'], rawQuery: string): string[] {
  if (aliases.size === 0) return [];
  return rawQuery.split('&').filter((part) => part.startsWith('@') || part.startsWith('%40'));
}

/** Encodes what would end an option, and braces, which some clients read as a template. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(?:27|28|29|2C|2F|3A|24|3D|20|3B)/g, (code) =>
    code === '%20' || code === '%3B' ? code : decodeURIComponent(code),
  );
}
