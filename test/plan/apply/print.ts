import type { ApplyPlan, Column, Field, Form, Step } from '../../../src/plan/index.js';

import { print, printPlace } from '../bind/print.js';

/** Steps in short: `group c1=Name { aggregate c2=sum(Price:Double) }`. */
export function printSteps(steps: readonly Step[]): string {
  return steps.map(printStep).join(' / ');
}

function printStep(step: Step): string {
  switch (step.kind) {
    case 'filter':
      return `filter ${print(step.condition)}`;
    case 'compute':
      return `compute ${step.columns.map(printColumn).join(', ')}`;
    case 'order':
      return `order ${step.terms.map(({ expression, direction }) => `${print(expression)} ${direction}`).join(', ')}`;
    case 'page':
      return `page ${String(step.limit)} from ${String(step.skip)}`;
    case 'rank':
      return `rank ${step.direction} ${print(step.measure)} until ${step.until} ${step.amount.kind === 'literal' ? String(step.amount.value) : print(step.amount)}`;
    case 'group':
      return `group ${step.keys.map(printColumn).join(', ')} ${block(step.steps)}`;
    case 'aggregate': {
      const values = step.values.map((value) => `${value.column}=${printAggregate(value)}`);
      const parts = step.parts.map((part) => `${part.column}=${block(part.steps)}`);
      return `aggregate ${[...values, ...parts].join(', ')}`.trim();
    }
    case 'flatten': {
      const path = step.path.map(({ collection, variable }) => `${String(variable)}:${printPlace(collection)}`);
      return `flatten ${path.join(' ')}${step.columns.map((each) => ` ${printColumn(each)}`).join('')}`;
    }
    case 'concat':
      return `concat ${step.columns.map(({ column }) => column).join(',')} ${step.branches.map((branch) => block(branch.steps)).join(' ')}`;
    case 'join':
      return `${step.isOuter ? 'outer join' : 'join'} ${step.column}=${printPlace(step.collection)} ${block(step.steps)}`;
    case 'beside':
      return `beside ${step.columns.join(',')} ${block(step.steps)}`;
    case 'nest':
      return `nest ${step.nested.map((each) => `${each.column}=${block(each.steps)}`).join(', ')}`;
    case 'addnested':
      return `addnested ${printPlace(step.collection)} ${step.nested.map((each) => `${each.column}=${block(each.steps)}`).join(', ')}`;
    case 'rollup':
      return `rollup ${step.sequence},${step.identifier} ${print(step.value)} in ${print(step.node)} below ${printPlace(step.parent)} ${block(step.steps)}`;
    case 'hierarchy':
      return `${step.take.kind} ${print(step.value)} in ${print(step.node)} below ${printPlace(step.parent)}`;
  }
}

function printAggregate(value: Extract<Step, { kind: 'aggregate' }>['values'][number]): string {
  if (value.method === 'count') return 'count';
  const of = 'entity' in value ? printPlace(value.entity) : print(value.value);
  const type = 'type' in value ? `:${value.type.qualifiedName.replace('Edm.', '')}` : '';
  return `${value.method}(${of})${type}`;
}

function printColumn(column: Column): string {
  if ('value' in column) return `${column.column}=${print(column.value)}`;
  return `${column.column}=${printPlace('same' in column ? column.same : column.entity)}`;
}

function block(steps: readonly Step[]): string {
  return steps.length === 0 ? '{}' : `{ ${printSteps(steps)} }`;
}

/** The forms of the rows: `Name=c1,Category(Label=c2)?c3`, with the entity in front where they still are entities. */
export function printResult({ result }: ApplyPlan): string {
  return result.forms.map(printForm).join(' | ');
}

function printForm({ entity, fields }: Form): string {
  return [...(entity === undefined ? [] : [entity.type.name]), ...fields.map(printField)].join(',');
}

function printField(field: Field): string {
  switch (field.kind) {
    case 'value':
      return `${field.name}=${field.column}`;
    case 'record':
      return `${field.name}(${field.fields.map(printField).join(',')})${field.presence === undefined ? '' : `?${field.presence}`}`;
    case 'entity':
      return `${field.name}=${field.column}:${printForm(field.form)}`;
    case 'rows':
      return `${field.name}=${field.column}:[${field.result.forms.map(printForm).join(' | ')}]`;
  }
}
