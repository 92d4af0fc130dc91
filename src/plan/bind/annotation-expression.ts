import { isCsdlObject, type CsdlValue } from '../../edm/index.js';
import type { BinaryOperator, Expression as Tree, Literal } from '../../url/index.js';
import { parseExpression } from '../../url/index.js';

import { constantOf } from './constant-of.js';
import { unsupported } from './fault.js';
import { signatures } from './signatures.js';

type CsdlObject = Readonly<Record<string, CsdlValue>>;

const OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map(
  (['and', 'or', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has', 'in', 'add', 'sub', 'mul', 'div', 'mod'] as const).map(
    (operator): [string, BinaryOperator] => [`$${operator[0]!.toUpperCase()}${operator.slice(1)}`, operator],
  ),
).set('$DivBy', 'divby');

/** What says of which values a type is; no expression of a URL can ask for them. */
const FACETS = ['$MaxLength', '$Precision', '$Scale', '$SRID', '$Unicode'];

/**
 * What a schema lets an annotation compute, as the same expression of a URL: `{"$If":[{"$Path":"Flag"},"yes","no"]}` is
 * `case(Flag:'yes',true:'no')`. [CSDL-JSON 14.4]
 */
export function annotationExpression(value: CsdlValue, at: number): Tree {
  if (value === null) return { kind: 'literal', type: 'null', text: 'null', at };
  if (isList(value)) return { kind: 'list', items: value.map((item) => annotationExpression(item, at)), at };
  return isCsdlObject(value) ? computed(value, at) : constantOf(value, at);
}

/** Members that are annotations of the expression itself say nothing of its value. */
export function dynamicMember(value: CsdlObject): string | undefined {
  return Object.keys(value).find((name) => name.startsWith('$') && !name.includes('@'));
}

function computed(value: CsdlObject, at: number): Tree {
  const inner = (each: CsdlValue | undefined) => annotationExpression(each ?? null, at);
  const operands = (name: string) => {
    const all = value[name];
    return all !== undefined && isList(all) ? all.map(inner) : [];
  };
  for (const [name, operator] of OPERATORS) {
    const [left, right] = operands(name);
    if (left !== undefined && right !== undefined) return { kind: 'binary', operator, left, right, at };
  }
  if ('$Not' in value) return { kind: 'unary', operator: 'not', operand: inner(value['$Not']), at };
  if ('$Neg' in value) return { kind: 'unary', operator: 'negate', operand: inner(value['$Neg']), at };
  if ('$If' in value) return conditional(operands('$If'), at);
  if ('$Apply' in value && value['$Function'] === 'odata.fillUriTemplate') return template(value['$Apply']!, at);
  if ('$Apply' in value) return applied(String(value['$Function']), operands('$Apply'), at);
  if ('$Cast' in value) return ofType('cast', inner(value['$Cast']), value, at);
  if ('$IsOf' in value) return ofType('isof', inner(value['$IsOf']), value, at);
  if ('$LabeledElement' in value) return inner(value['$LabeledElement']);
  if ('$Null' in value) return inner(null);
  const path = value['$Path'];
  // Positions are those of the URL that names the annotation.
  const tree = typeof path === 'string' && !path.startsWith('/') ? parseExpression(path) : undefined;
  if (tree?.kind === 'path') return { kind: 'path', steps: tree.steps.map((step) => ({ ...step, at })), at };
  throw notComputed(dynamicMember(value) ?? 'a record', at);
}

/** Without a third operand the value is null where the condition does not hold. [CSDL-JSON 14.4.6] */
function conditional([condition, value, otherwise]: readonly Tree[], at: number): Tree {
  if (condition === undefined || value === undefined) throw notComputed('$If', at);
  const always: Literal = { kind: 'literal', type: 'boolean', text: 'true', at };
  const last = otherwise === undefined ? [] : [{ condition: always, value: otherwise }];
  return { kind: 'case', branches: [{ condition, value }, ...last], at };
}

/** All canonical functions may be applied, and some more. [CSDL-JSON 14.4.4] */
function applied(name: string, operands: readonly Tree[], at: number): Tree {
  const called = name.startsWith('odata.') ? name.slice('odata.'.length) : '';
  if (called === 'concat') return concatenation(operands, at);
  if (called === 'uriEncode') return { kind: 'call', name, arguments: operands, at, isClientSide: true };
  if (!signatures.has(called.toLowerCase())) throw notComputed(`$Apply of ${name}`, at);
  return { kind: 'call', name: called, arguments: operands, at };
}

/** The literals of any number of values. [CSDL-JSON 14.4.4.1] */
function concatenation(operands: readonly Tree[], at: number): Tree {
  const [first, ...others] = operands.map((operand): Tree => ({ kind: 'cast', operand, type: 'Edm.String', at }));
  if (first === undefined) throw notComputed('$Apply of odata.concat', at);
  return others.reduce((left, right): Tree => ({ kind: 'call', name: 'concat', arguments: [left, right], at }), first);
}

/** The template, and each value behind the name that its label gives it. [CSDL-JSON 14.4.4.2] */
function template(operands: CsdlValue, at: number): Tree {
  const [pattern, ...labelled] = isList(operands) ? operands : [operands];
  const values = labelled.flatMap((each) => {
    const name = isCsdlObject(each) ? each['$Name'] : undefined;
    if (typeof name !== 'string') throw notComputed('$Apply of odata.fillUriTemplate without labels', at);
    return [constantOf(name.slice(name.lastIndexOf('.') + 1), at), annotationExpression(each, at)];
  });
  const all = [annotationExpression(pattern ?? null, at), ...values];
  return { kind: 'call', name: 'odata.fillUriTemplate', arguments: all, at, isClientSide: true };
}

function ofType(kind: 'cast' | 'isof', operand: Tree, value: CsdlObject, at: number): Tree {
  const facet = FACETS.find((name) => name in value);
  if (facet !== undefined) throw notComputed(facet, at);
  const type = String(value['$Type'] ?? 'Edm.String');
  return { kind, operand, type: value['$Collection'] === true ? `Collection(${type})` : type, at };
}

function isList(value: CsdlValue): value is readonly CsdlValue[] {
  return Array.isArray(value);
}

function notComputed(what: string, at: number): Error {
  return unsupported(`The value of an annotation that the schema computes by '${what}' is`, at);
}
