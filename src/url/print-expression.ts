import { precedences } from './operators.js';
import { printSearch } from './print-search.js';
import { type AggregateItem, type Argument, type Expression, type Literal, type PathStep } from './tree.js';

/**
 * The text of an expression, decoded; reading it again gives the same tree but for positions.
 * Parentheses stand only where precedence needs them.
 */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression);
    case 'path':
      return expression.steps.map(printStep).join('/');
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(',')})`;
    case 'binary':
      return printBinary(expression);
    case 'unary':
      return printUnary(expression);
    case 'list':
      return `[${expression.items.map(printExpression).join(',')}]`;
    case 'object':
      return `{${expression.members.map(({ name, value }) => `${JSON.stringify(name)}:${printExpression(value)}`).join(',')}}`;
    case 'alias':
      return `@${expression.name}`;
    case 'case':
      return `case(${expression.branches.map(printBranch).join(',')})`;
    case 'cast':
    case 'isof':
      return `${expression.kind}(${expression.operand ? `${printExpression(expression.operand)},` : ''}${expression.type})`;
    default:
      return expression satisfies never;
  }
}

/** `a=1,b=@p` or a lone `1`. */
export function printArguments(items: readonly Argument[]): string {
  return items.map(({ name, value }) => (name === undefined ? '' : `${name}=`) + printExpression(value)).join(',');
}

function printBinary(expression: Expression & { readonly kind: 'binary' }): string {
  const { operator, left, right } = expression;
  const precedence = precedences[operator];
  const isList = operator === 'in' && right.kind === 'list' && right.items.every(({ kind }) => kind === 'literal');
  const members = isList ? `(${right.items.map(printExpression).join(',')})` : within(right, precedence + 1);
  return `${within(left, precedence)} ${operator} ${members}`;
}

function printUnary({ operator, operand }: Expression & { readonly kind: 'unary' }): string {
  if (operator === 'not') return `not ${within(operand, precedences.unary)}`;
  const text = within(operand, precedences.unary);
  return /^(?:\d|INF)/.test(text) ? `-(${text})` : `-${text}`;
}

function within(expression: Expression, minimum: number): string {
  const text = printExpression(expression);
  return precedenceOf(expression) < minimum ? `(${text})` : text;
}

function precedenceOf(expression: Expression): number {
  if (expression.kind === 'binary') return precedences[expression.operator];
  return expression.kind === 'unary' ? precedences.unary : Infinity;
}

/** A blank keeps `10:11` from being read as a time. */
function printBranch({ condition, value }: { readonly condition: Expression; readonly value: Expression }): string {
  return `${printExpression(condition)} : ${printExpression(value)}`;
}

function printLiteral({ type, text, enumType }: Literal): string {
  switch (type) {
    case 'string':
      return quoted(text);
    case 'enum':
      return enumType + quoted(text);
    case 'duration':
    case 'binary':
    case 'geography':
    case 'geometry':
      return type + quoted(text);
    case 'double':
      return /e|INF|NaN/i.test(text) ? text : `${text}d`;
    case 'decimal':
      return /^[^e]*\.[^e]*$/i.test(text) ? text : `${text}m`;
    default:
      return text;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function printStep(step: PathStep): string {
  switch (step.kind) {
    case 'name':
      return step.name;
    case 'text':
      return step.text;
    case 'alias':
      return `@${step.name}`;
    case 'annotation':
      return `@${step.term}`;
    case 'arguments':
      return `${step.name}(${printArguments(step.arguments)})${printKey(step.key)}`;
    case 'filter':
      return `$filter(${printExpression(step.expression)})${printKey(step.key)}`;
    case 'any':
    case 'all':
      return `${step.kind}(${step.condition === undefined ? '' : `${step.variable}:${printExpression(step.condition)}`})`;
    case '$count':
      return `$count${printCountOptions(step)}`;
    case 'aggregate':
      return `aggregate(${printAggregateItem(step.item)})`;
    default:
      return step.kind;
  }
}

export function printKey(key: readonly Argument[] | undefined): string {
  return key === undefined ? '' : `(${printArguments(key)})`;
}

function printCountOptions({ filter, search }: PathStep & { readonly kind: '$count' }): string {
  const options = [
    ...(filter === undefined ? [] : [`$filter=${printExpression(filter)}`]),
    ...(search === undefined ? [] : [`$search=${printSearch(search)}`]),
  ];
  return options.length === 0 ? '' : `(${options.join(';')})`;
}

export function printAggregateItem({ expression, method, alias, from }: AggregateItem): string {
  const levels = from
    .map(({ paths, method }) => ` from ${paths.map((path) => path.join('/')).join(',')}${printMethod(method)}`)
    .join('');
  return printExpression(expression) + printMethod(method) + levels + (alias === undefined ? '' : ` as ${alias}`);
}

function printMethod(method: string | undefined): string {
  return method === undefined ? '' : ` with ${method}`;
}
