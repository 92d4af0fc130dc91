import {
  type Argument,
  type Expression,
  type PathStep,
  printExpression,
  type SearchExpression,
} from '../../src/url/index.js';

/** The shape of a tree in one line: `a or b and c` is `(or a (and b c))`. */
export function outline(expression: Expression): string {
  switch (expression.kind) {
    case 'binary':
      return `(${expression.operator} ${outline(expression.left)} ${outline(expression.right)})`;
    case 'unary':
      return `(${expression.operator} ${outline(expression.operand)})`;
    case 'call':
      return `(call ${[expression.name, ...expression.arguments.map(outline)].join(' ')})`;
    case 'list':
      return `[${expression.items.map(outline).join(' ')}]`;
    case 'object':
      return `{${expression.members.map(({ name, value }) => `${name}: ${outline(value)}`).join(', ')}}`;
    case 'path':
      return expression.steps.map(outlineStep).join('/');
    case 'case':
      return `(case ${expression.branches.map(({ condition, value }) => `${outline(condition)} -> ${outline(value)}`).join(', ')})`;
    case 'cast':
    case 'isof':
      return `(${expression.kind} ${expression.operand ? `${outline(expression.operand)} ` : ''}<${expression.type}>)`;
    case 'literal':
      return `${expression.type}:${expression.enumType ?? ''}${expression.text}`;
    case 'alias':
      return printExpression(expression);
    default:
      return expression satisfies never;
  }
}

export function outlineArguments(items: readonly Argument[] | undefined): string {
  if (items === undefined) return '';
  return `(${items.map(({ name, value }) => (name === undefined ? '' : `${name}=`) + outline(value)).join(', ')})`;
}

function outlineStep(step: PathStep): string {
  switch (step.kind) {
    case 'name':
      return step.name;
    case 'text':
      return `"${step.text}"`;
    case 'alias':
      return `@${step.name}`;
    case 'annotation':
      return `<@${step.term}>`;
    case 'arguments':
      return step.name + outlineArguments(step.arguments) + outlineArguments(step.key);
    case 'filter':
      return `filter{${outline(step.expression)}}${outlineArguments(step.key)}`;
    case 'any':
    case 'all':
      return `${step.kind}{${step.variable ?? ''}:${step.condition ? outline(step.condition) : ''}}`;
    case '$count':
      return `$count${step.filter ? `{${outline(step.filter)}}` : ''}${step.search ? `{${outlineSearch(step.search)}}` : ''}`;
    default:
      return step.kind;
  }
}

export function outlineSearch(search: SearchExpression): string {
  switch (search.kind) {
    case 'and':
    case 'or':
      return `(${search.kind} ${outlineSearch(search.left)} ${outlineSearch(search.right)})`;
    case 'not':
      return `(not ${outlineSearch(search.operand)})`;
    case 'word':
      return search.text;
    case 'phrase':
      return JSON.stringify(search.text);
    default:
      return search satisfies never;
  }
}
