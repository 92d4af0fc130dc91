import type { Expression, Place, SearchTerm } from '../../../src/plan/expression.js';
import type { Selection } from '../../../src/plan/shape.js';

/** A bound expression in short: `(Price:Double gt 5:Double)`; `v1` is a range variable, `!T` a cast, `>` a relation. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return expression.value === null ? 'null' : `${String(expression.value)}:${name(expression.type)}`;
    case 'value':
      return `${printPlace(expression.place)}:${name(expression.type)}`;
    case 'logic':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'comparison':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'arithmetic':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)}):${name(expression.type)}`;
    case 'not':
      return `not ${print(expression.operand)}`;
    case 'negate':
      return `-${print(expression.operand)}`;
    case 'in':
      return `(${print(expression.operand)} in [${expression.items.map(print).join(', ')}])`;
    case 'has':
      return `(${print(expression.operand)} has ${print(expression.flags)})`;
    case 'call':
      return `${expression.function}(${expression.arguments.map(print).join(', ')}):${name(expression.type)}`;
    case 'any':
    case 'all':
      return `${expression.kind}(${printPlace(expression.collection)}, v${expression.variable}${
        expression.condition ? `: ${print(expression.condition)}` : ''
      })`;
    case 'count':
      return `count(${printPlace(expression.collection)}, v${expression.variable}${
        expression.filter ? `: ${print(expression.filter)}` : ''
      })`;
    case 'case':
      return `case(${expression.branches.map((b) => `${print(b.condition)} ? ${print(b.value)}`).join(', ')})`;
    case 'cast':
      return `cast(${print(expression.operand)}, ${name(expression.type)})`;
    case 'isof':
      return `isof(${printPlace(expression.place)}, ${expression.typeNames.map(short).join('|')})`;
    case 'exists':
      return `exists(${printPlace(expression.place)})`;
    case 'joined':
      return `joined(${printPlace(expression.collection)}, v${expression.variable}, ${print(expression.item)})`;
    case 'whole':
    case 'document':
      return printPlace(expression.place);
    case 'object':
      return `{${[...expression.members].map(([member, value]) => `${member}: ${print(value)}`).join(', ')}}`;
    case 'sequence':
      return `${expression.function}(${printPlace(expression.left)}, ${printPlace(expression.right)}):${name(expression.type)}`;
    case 'aggregated':
      return `total(${printPlace(expression.collection)}, ${expression.column})`;
    case 'hierarchy':
      return `${expression.test}(${printPlace(expression.nodes)}, v${expression.variable}, ${[expression.value, expression.other].flatMap((each) => (each ? print(each) : [])).join(', ')})`;
    case 'same':
      return `same(${printPlace(expression.left)}, ${printPlace(expression.right)})`;
    case 'search':
      return `search(${printPlace(expression.place)}, ${printSearch(expression.expression)})`;
  }
}

export function printPlace(place: Place): string {
  switch (place.kind) {
    case 'variable':
      return place.variable === 0 ? '$it' : `v${place.variable}`;
    case 'member':
      return `${before(place.of)}${place.property.name}`;
    case 'dynamic':
      return `${before(place.of)}?${place.name}`;
    case 'related':
      return `${before(place.of)}>${place.relation.property.name}`;
    case 'computed':
      return `=${place.alias}`;
    case 'cast':
      return `${before(place.of)}!${place.typeNames.map(short).join('|')}`;
    case 'column':
      return `#${place.column}`;
    case 'part':
      return `${before(place.of)}#${place.pointer}`;
    case 'record':
      return place.of === undefined ? 'record' : printPlace(place.of);
    case 'root':
      return '$root';
    case 'resource':
      return '$resource';
    case 'within':
      return `v${place.variable}~${printPlace(place.place)}`;
    case 'made':
      return `[${place.items.map(print).join(', ')}]`;
    case 'concat':
      return `concat(${printPlace(place.first)}, ${printPlace(place.second)})`;
    case 'slice':
      return `slice(${[printPlace(place.of), print(place.start), ...(place.length ? [print(place.length)] : [])].join(', ')})`;
    case 'mapped':
      return `${printPlace(place.of)}[v${place.variable} → ${print(place.item)}]`;
    case 'item':
      return `${printPlace(place.of)}[${place.index}]`;
    case 'keyed':
      return `${printPlace(place.of)}(${place.key})`;
    case 'filtered':
      return `${printPlace(place.of)}[v${place.variable}: ${print(place.condition)}]`;
  }
}

export function printSelection(selection: Selection | undefined): string {
  if (selection === undefined) return 'all';
  return [...selection].map(([key, nested]) => (nested ? `${key}(${printSelection(nested)})` : key)).join(',');
}

export function printSearch(term: SearchTerm): string {
  switch (term.kind) {
    case 'word':
      return term.text;
    case 'phrase':
      return `"${term.text}"`;
    case 'not':
      return `not ${printSearch(term.operand)}`;
    case 'and':
    case 'or':
      return `(${printSearch(term.left)} ${term.kind} ${printSearch(term.right)})`;
  }
}

function before(place: Place): string {
  return place.kind === 'variable' && place.variable === 0 ? '' : `${printPlace(place)}/`;
}

function name(type: { readonly qualifiedName: string } | undefined): string {
  return type === undefined ? '-' : short(type.qualifiedName);
}

function short(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}
