import { defaultUrlLimits, type UrlLimits } from './limits.js';
import { newOptions } from './option-builder.js';
import { parseSystemOption, type SystemOptionName } from './system-options.js';
import { type QueryOptions } from './tree.js';
import { parseWhole } from './url.js';

/** What the value of an option is read into: an `Expression` for `filter`, `OrderItem`s for `orderby`. */
export type OptionValue<Name extends SystemOptionName> = NonNullable<QueryOptions[Name]>['value'];

/** Reads the decoded value of one system query option: `parseOptionValue('orderby', 'Name desc')`. */
export function parseOptionValue<Name extends SystemOptionName>(
  name: Name,
  text: string,
  limits: UrlLimits = defaultUrlLimits,
): OptionValue<Name> {
  const builder = newOptions();
  parseWhole(text, `$${name}`, (cursor) => parseSystemOption(cursor, name, builder), limits);
  return (builder[name] as NonNullable<QueryOptions[Name]>).value;
}
