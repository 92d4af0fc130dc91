import type { ScalarType } from '../../edm/index.js';
import type { CallExpression } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { asScalar, type Binding, type Scope } from './binding.js';
import { castScalar } from './cast.js';
import { fault, unsupported } from './fault.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm } from './primitives.js';
import { scalarTypeOf } from './target-type.js';
import { casesOf, concatenated, isNotNull, partOf, text } from './text-expression.js';
import { parseTemplate, type TemplateExpression, type TemplateVariable } from './uri-template.js';

/** Functions that only annotations of a schema apply, by their names there. [CSDL-JSON 14.4.4] */
export function bindClientCall(tree: CallExpression, scope: Scope, binding: Binding): Operand {
  const operands = tree.arguments.map((argument) => binding.bind(argument, scope));
  const type = edm('String');
  const expression =
    tree.name === 'odata.uriEncode' ? uriEncoded(operands, tree.at, binding) : filled(operands, tree.at, binding);
  return { kind: 'scalar', expression, type, at: tree.at };
}

/** What `encodeURIComponent` leaves as it is, quotes of literals among it. */
const IN_LITERALS = "!'()*";
const UNRESERVED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';
const RESERVED = ":/?#[]@!$&'()*+,;=";

/** A value as the literal that stands for it in a URL: `'O''Neil'` with what must be encoded. [CSDL-JSON 14.4.4.4] */
function uriEncoded(operands: readonly Operand[], at: number, binding: Binding): Expression {
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) throw fault("'odata.uriEncode' takes one value", at);
  const scalar = asScalar(operand, "'odata.uriEncode'");
  if (scalar.kind === 'null') return nothing();
  const value = literalOf(scalar, binding);
  const prefix = prefixOf(scalar.kind === 'dynamic' ? edm('String') : comparisonType(scalarTypeOf(scalar, binding)));
  if (prefix === undefined) return encoded(value, UNRESERVED + IN_LITERALS);
  const quoted: Expression = { kind: 'call', function: 'quote', arguments: [value], type: edm('String') };
  return encoded(concatenated([text(prefix), quoted]), UNRESERVED + IN_LITERALS);
}

/** What stands before the quotes of a literal; undefined where it has none. [OData-ABNF primitiveLiteral] */
function prefixOf(type: ScalarType): string | undefined {
  if (type.kind === 'enum') return type.qualifiedName;
  return { 'Edm.String': '', 'Edm.Duration': 'duration', 'Edm.Binary': 'binary' }[type.qualifiedName];
}

/** `http://host/Genres({name})` with values for its variables, each behind its name. [CSDL-JSON 14.4.4.2] [RFC 6570] */
function filled([template, ...named]: readonly Operand[], at: number, binding: Binding): Expression {
  if (template?.kind !== 'literal')
    throw unsupported("A template of 'odata.fillUriTemplate' that only the row tells is", at);
  const values = new Map<string, Operand>();
  for (let index = 0; index + 1 < named.length; index += 2) {
    const name = named[index]!;
    if (name.kind === 'literal') values.set(name.literal.text, named[index + 1]!);
  }
  const parts = parseTemplate(template.literal.text);
  if (parts === undefined) throw fault(`'${template.literal.text.slice(0, 60)}' is no template of a URI`, at);
  return concatenated(parts.map((part) => (typeof part === 'string' ? text(part) : expanded(part, values, binding))));
}

/** Undefined variables are left out; the others stand behind what begins the expression, and what separates them. */
function expanded(template: TemplateExpression, values: ReadonlyMap<string, Operand>, binding: Binding): Expression {
  const { first, separator, variables } = template;
  const given = variables.map((variable) => {
    const value = variableText(variable, values.get(variable.name), template, binding);
    return casesOf([[isNotNull(value), concatenated([text(separator), value])]], text(''));
  });
  const all = concatenated(given);
  const isEmpty: Expression = { kind: 'comparison', operator: 'eq', left: all, right: text(''), type: edm('String') };
  return casesOf([[isEmpty, text('')]], concatenated([text(first), partOf(all, separator.length)]));
}

/** Null where the variable is undefined. */
function variableText(
  variable: TemplateVariable,
  operand: Operand | undefined,
  template: TemplateExpression,
  binding: Binding,
): Expression {
  if (operand === undefined || operand.kind === 'null') return nothing();
  const collection = operand.kind === 'dynamic' ? undefined : collectionAt(operand);
  if (collection !== undefined) return listText(variable, collection, template, operand.at, binding);
  if (!isScalar(operand))
    throw fault(`A variable of a template has no value of type '${typeName(operand)}'`, operand.at);
  const whole = literalOf(operand, binding);
  const value = variable.length === undefined ? whole : partOf(whole, 0, variable.length);
  return withName(variable.name, value, template);
}

/** `name=value`, or what stands for an empty value. */
function withName(
  name: string,
  value: Expression,
  { isNamed, ifEmpty, allowsReserved }: TemplateExpression,
): Expression {
  const written = encoded(value, allowsReserved ? UNRESERVED + RESERVED : UNRESERVED);
  if (!isNamed) return written;
  const isEmpty: Expression = { kind: 'comparison', operator: 'eq', left: value, right: text(''), type: edm('String') };
  const whole = concatenated([text(`${name}=`), written]);
  return casesOf([[isEmpty, concatenated([text(`${name}${ifEmpty}`), written])]], whole);
}

/** Items are values, or complex values of which the first property is a key and the second its value. */
function listText(
  { name, isExploded }: TemplateVariable,
  collection: Place,
  template: TemplateExpression,
  at: number,
  binding: Binding,
): Expression {
  const { place, variable } = newItem(collection, binding);
  const members = memberPlaces(place, at);
  const plain = { ...template, isNamed: false };
  const write = (each: Place, how: TemplateExpression) =>
    withName(name, literalOf(operandAt(each, at) as ScalarOperand, binding), how);
  const item =
    members === undefined
      ? write(place, isExploded ? template : plain)
      : concatenated([write(members[0], plain), text(isExploded ? '=' : ','), write(members[1], plain)]);
  const separator = isExploded ? template.separator : ',';
  const joined: Expression = { kind: 'joined', collection, variable, item, separator, type: edm('String') };
  return template.isNamed && !isExploded ? concatenated([text(`${name}=`), joined]) : joined;
}

function memberPlaces(of: Place, at: number): readonly [Place, Place] | undefined {
  const { type } = of.type;
  if (type.kind !== 'entity' && type.kind !== 'complex') return undefined;
  const [key, value] = [...type.properties.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (key === undefined || value === undefined) throw fault(`'${type.qualifiedName}' has no two properties`, at);
  const placeOf = (property: typeof key): Place => ({
    kind: 'member',
    of,
    property,
    type: { type: property.type, isCollection: false },
  });
  return [placeOf(key), placeOf(value)];
}

function literalOf(operand: ScalarOperand, binding: Binding): Expression {
  return castScalar(operand, edm('String'), binding) ?? nothing();
}

function encoded(value: Expression, allowed: string): Expression {
  return { kind: 'call', function: 'percentEncode', arguments: [value, text(allowed)], type: edm('String') };
}

function nothing(): Expression {
  return { kind: 'literal', value: null, type: edm('String') };
}
