import { printAggregateItem, printArguments, printExpression } from './print-expression.js';
import { printComputeItems, printOrderItems } from './print-items.js';
import { printSearch } from './print-search.js';
import {
  type ExpandItem,
  type GroupItem,
  type HierarchyArgument,
  type NestedApply,
  type Transformation,
} from './tree.js';

/** The text of `$apply`, decoded. */
export function printApply(apply: readonly Transformation[], printExpandItem: (item: ExpandItem) => string): string {
  const print = (nested: readonly Transformation[]): string => printApply(nested, printExpandItem);
  const behind = (nested: readonly Transformation[]) => (nested.length === 0 ? '' : `,${print(nested)}`);
  const printNested = (nested: readonly NestedApply[]): string =>
    nested.map((each) => `${print(each.apply)} as ${each.alias}`).join(',');
  return apply
    .map((transformation) => {
      if (transformation.kind === 'identity') return 'identity';
      const name = 'name' in transformation ? transformation.name : transformation.kind;
      return `${name}(${printParameters(transformation)})`;
    })
    .join('/');

  function printParameters(transformation: Exclude<Transformation, { readonly kind: 'identity' }>): string {
    switch (transformation.kind) {
      case 'aggregate':
        return transformation.items.map(printAggregateItem).join(',');
      case 'groupby':
        return `(${transformation.properties.map((item) => printGroupItem(item, print)).join(',')})${behind(transformation.apply)}`;
      case 'filter':
        return printExpression(transformation.expression);
      case 'search':
        return printSearch(transformation.expression);
      case 'compute':
        return printComputeItems(transformation.items);
      case 'orderby':
        return printOrderItems(transformation.items);
      case 'top':
      case 'skip':
        return printExpression(transformation.count);
      case 'expand':
        return printExpandItem(transformation.item);
      case 'concat':
        return transformation.branches.map(print).join(',');
      case 'join':
      case 'outerjoin':
        return `${transformation.path.join('/')} as ${transformation.alias}${behind(transformation.apply)}`;
      case 'nest':
        return printNested(transformation.nested);
      case 'addnested':
        return `${transformation.path.join('/')},${printNested(transformation.nested)}`;
      case 'hierarchy':
        return printHierarchy(transformation.arguments, print);
      case 'function':
        return printArguments(transformation.arguments);
      default:
        return `${printExpression(transformation.amount)},${printExpression(transformation.measure)}`;
    }
  }
}

type Print = (apply: readonly Transformation[]) => string;

function printGroupItem(item: GroupItem, print: Print): string {
  if (item.kind === 'path') return item.path.join('/');
  if (item.kind === 'rolluprecursive') return `rolluprecursive(${printHierarchy(item.arguments, print)})`;
  return `rollup(${[...(item.total ? ['null'] : []), ...item.paths.map((path) => path.join('/'))].join(',')})`;
}

function printHierarchy(items: readonly HierarchyArgument[], print: Print): string {
  return items.map((argument) => printHierarchyArgument(argument, print)).join(',');
}

function printHierarchyArgument(argument: HierarchyArgument, print: Print): string {
  switch (argument.kind) {
    case 'expression':
      return printExpression(argument.expression);
    case 'apply':
      return print(argument.apply);
    case 'order':
      return argument.items.map(({ expression, direction }) => `${printExpression(expression)} ${direction}`).join(',');
    case 'keep':
      return 'keep start';
    default:
      return argument satisfies never;
  }
}
