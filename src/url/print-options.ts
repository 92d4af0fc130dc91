import { printApply } from './print-apply.js';
import { printExpression } from './print-expression.js';
import { printComputeItems, printOrderItems } from './print-items.js';
import { printSearch } from './print-search.js';
import { type ExpandItem, type QueryOptions, type SelectItem } from './tree.js';

/** Names and decoded values of the options in a query, such as `['$top', '5']`, from the tree alone. */
export function printOptions(options: QueryOptions): readonly (readonly [name: string, value: string])[] {
  const printed: [string, string][] = [];
  const add = <T>(name: string, option: { readonly value: T } | undefined, print: (value: T) => string) => {
    if (option !== undefined) printed.push([name, print(option.value)]);
  };
  add('$apply', options.apply, (value) => printApply(value, printExpandItem));
  add('$compute', options.compute, printComputeItems);
  add('$filter', options.filter, printExpression);
  add('$search', options.search, printSearch);
  add('$orderby', options.orderby, printOrderItems);
  add('$select', options.select, (value) => value.map(printSelectItem).join(','));
  add('$expand', options.expand, (value) => value.map(printExpandItem).join(','));
  add('$levels', options.levels, String);
  add('$count', options.count, String);
  add('$skip', options.skip, String);
  add('$top', options.top, String);
  add('$index', options.index, (value) => (value === undefined ? '' : String(value)));
  add('$format', options.format, String);
  add('$id', options.id, String);
  add('$skiptoken', options.skiptoken, String);
  add('$deltatoken', options.deltatoken, String);
  add('$schemaversion', options.schemaversion, String);
  for (const [name, value] of options.aliases) printed.push([`@${name}`, printExpression(value)]);
  return printed;
}

function printSelectItem({ path, parameters, options }: SelectItem): string {
  const behind = parameters === undefined ? printNested(options) : `(${parameters.join(',')})`;
  return path.join('/') + behind;
}

/** `Items($top=5;$filter=Price gt 5)` */
export function printExpandItem({ path, as, options }: ExpandItem): string {
  const suffix = as === 'references' ? '/$ref' : as === 'count' ? '/$count' : '';
  return path.join('/') + suffix + printNested(options);
}

function printNested(options: QueryOptions | undefined): string {
  if (options === undefined) return '';
  const printed = printOptions(options).map(([name, value]) => `${name}=${value}`);
  return printed.length === 0 ? '' : `(${printed.join(';')})`;
}
