import type { EntityType, Scalar, ScalarType } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';
import type { Argument } from '../../url/index.js';

import type { Expression, HierarchyTest, LiteralExpression, Place } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import { asScalar, type Binding, type Scope } from './binding.js';
import { fault } from './fault.js';
import { newItem } from './item.js';
import { operandAt, typeName, type Operand } from './operand.js';
import { comparisonType, edm } from './primitives.js';
import { convert, isAssignable } from './promotion.js';
import {
  MOST_DISTANCE,
  qualifiersOf,
  recursiveHierarchy,
  rollupMember,
  type RollupFunction,
} from './recursive-hierarchy.js';

/** A call as it was written. */
interface Call {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly at: number;
}

const NAMESPACE = 'Org.OData.Aggregation.V1.';
const COMMON = ['HierarchyNodes', 'HierarchyQualifier', 'Node'];

/** The parameters behind those that all have; the optional ones come last. */
const FUNCTIONS = {
  isnode: { needed: [], optional: [] },
  isroot: { needed: [], optional: [] },
  isleaf: { needed: [], optional: [] },
  issibling: { needed: ['Other'], optional: [] },
  isdescendant: { needed: ['Ancestor'], optional: ['MaxDistance', 'IncludeSelf'] },
  isancestor: { needed: ['Descendant'], optional: ['MaxDistance', 'IncludeSelf'] },
} as const satisfies Record<HierarchyTest['test'], { needed: readonly string[]; optional: readonly string[] }>;

/**
 * `Aggregation.isdescendant(HierarchyNodes=$root/Units,HierarchyQualifier='UnitHierarchy',Node=ID,Ancestor='East')`:
 * the functions of the vocabulary, whether or not the schema holds their declarations. Undefined for other names.
 * [OData-Aggregation 5.5.2.1]
 */
export function bindHierarchyFunction(call: Call, scope: Scope, binding: Binding): Operand | undefined {
  const qualifiedName = binding.context.model.expandName(call.name);
  if (!qualifiedName.startsWith(NAMESPACE)) return undefined;
  const test = qualifiedName.slice(NAMESPACE.length);
  if (test === 'rollupnode' || test === 'excludingdescendants') return ofRollup(test, call, scope, binding);
  if (!isTest(test)) return undefined;
  const argument = argumentsOf(call, test);
  const nodes = nodesOf(binding.bind(argument('HierarchyNodes')!.value, scope), call);
  const named = identifierOf('HierarchyQualifier', argument('HierarchyQualifier')!, edm('String'), scope, binding);
  const expression =
    named.kind === 'literal'
      ? testOf(test, String(known('HierarchyQualifier', named, call.at)), nodes, call, scope, binding)
      : oneOf(named, nodes, call, (qualifier) => testOf(test, qualifier, nodes, call, scope, binding));
  return { kind: 'scalar', expression, type: edm('Boolean'), at: call.at };
}

/** Where only the row tells the hierarchy, it may be any that the nodes' type declares; null for others. */
function oneOf(named: Expression, nodes: Place, { at }: Call, testIn: (qualifier: string) => Expression): Expression {
  const type = edm('String');
  const qualifiers = qualifiersOf(nodes.type.type as EntityType);
  if (qualifiers.length === 0)
    throw fault(`The type '${nodes.type.type.qualifiedName}' declares no recursive hierarchy`, at);
  const branches = qualifiers.map((qualifier) => {
    const right: Expression = { kind: 'literal', value: qualifier, type };
    const condition: Expression = { kind: 'comparison', operator: 'eq', left: named, right, type };
    return { condition, value: testIn(qualifier) };
  });
  return { kind: 'case', branches, type: edm('Boolean') };
}

function testOf(
  test: HierarchyTest['test'],
  qualifier: string,
  nodes: Place,
  call: Call,
  scope: Scope,
  binding: Binding,
): HierarchyTest {
  const argument = argumentsOf(call, test);
  const { variable, place } = newItem(nodes, binding);
  const within: Scope = { implicit: place, it: place, this: place, variables: new Map() };
  const { node, parent } = recursiveHierarchy(place.type.type as EntityType, qualifier, call.at, (path) =>
    binding.forEachOf(nodes, () => binding.bind(path, within)),
  );
  const identifier = (name: string): Expression => identifierOf(name, argument(name)!, node.type, scope, binding);
  const [other] = FUNCTIONS[test].needed;
  return {
    kind: 'hierarchy',
    test,
    nodes,
    variable,
    node: node.expression,
    parent,
    value: identifier('Node'),
    other: other === undefined ? undefined : identifier(other),
    distance: distanceOf(argument('MaxDistance'), scope, binding),
    includeSelf: includesSelf(argument('IncludeSelf'), scope, binding),
  };
}

/** `Aggregation.rollupnode(Position=2)`: of the node whose rows are transformed. [OData-Aggregation 6.3] */
function ofRollup(name: RollupFunction, call: Call, scope: Scope, binding: Binding): Operand {
  const { at } = call;
  const [argument, ...others] = call.arguments;
  const isPosition = argument === undefined || argument.name?.toLowerCase() === 'position';
  if (!isPosition || others.length > 0)
    throw fault(`The function '${call.name}' takes the parameter Position alone`, at);
  const position = argument === undefined ? 1 : positionOf(argument, scope, binding);
  const { implicit } = scope;
  const place = implicit.kind === 'record' ? implicit.members.get(rollupMember(name, position)) : undefined;
  if (place !== undefined) return operandAt(place, at);
  throw fault(`There is no node whose rows are transformed here, about which '${call.name}' could say something`, at);
}

/** Which of the nodes is meant must be known before any row is. */
function positionOf(argument: Argument, scope: Scope, binding: Binding): number {
  const expression = identifierOf('Position', argument, edm('Int64'), scope, binding);
  const { at } = argument.value;
  if (expression.kind === 'literal') return Number(known('Position', expression, at));
  throw fault("'Position' is an integer, not an expression", at);
}

function isTest(name: string): name is HierarchyTest['test'] {
  return Object.hasOwn(FUNCTIONS, name);
}

type ArgumentNamed = (name: string) => Argument | undefined;

function argumentsOf({ name, arguments: given, at }: Call, test: HierarchyTest['test']): ArgumentNamed {
  const { needed, optional } = FUNCTIONS[test];
  const names: readonly string[] = [...COMMON, ...needed, ...optional];
  const find: ArgumentNamed = (wanted) =>
    given.find((argument) => argument.name?.toLowerCase() === wanted.toLowerCase());
  const found = names.map(find);
  const stranger = given.find((argument) => !found.includes(argument));
  const isComplete = [...COMMON, ...needed].every((each) => find(each) !== undefined);
  if (isComplete && stranger === undefined) return find;
  throw fault(
    `The function '${name}' takes the parameters ${names.join(', ')}, of which the first ${String(COMMON.length + needed.length)} are needed`,
    at,
    suggestion(stranger?.name ?? '', names),
  );
}

/** Entities of one type, behind `$root`. */
function nodesOf(operand: Operand, { at }: Call): Place {
  if (operand.kind !== 'collection' || operand.type.kind !== 'entity' || !startsAtRoot(operand.place))
    throw fault("'HierarchyNodes' is a collection of entities: $root/…", at);
  return operand.place;
}

function startsAtRoot(place: Place): boolean {
  const owner = ownerOf(place);
  return owner === undefined ? place.kind === 'root' : startsAtRoot(owner);
}

function identifierOf(name: string, argument: Argument, type: ScalarType, scope: Scope, binding: Binding): Expression {
  const operand = asScalar(binding.bind(argument.value, scope), `'${name}'`);
  const to = comparisonType(type);
  if (!isAssignable(operand, to, binding.context))
    throw fault(`'${name}' is of type '${type.qualifiedName}', not '${typeName(operand)}'`, operand.at);
  return convert(operand, to, binding.context);
}

/** A literal that is not null. */
function known(name: string, { value }: LiteralExpression, at: number): Scalar {
  if (value === null) throw fault(`'${name}' is not null`, at);
  return value;
}

function distanceOf(argument: Argument | undefined, scope: Scope, binding: Binding): Expression | undefined {
  if (argument === undefined) return undefined;
  const distance = identifierOf('MaxDistance', argument, edm('Int64'), scope, binding);
  if (distance.kind !== 'literal') return distance;
  const { at } = argument.value;
  const most = Number(known('MaxDistance', distance, at));
  if (most >= 1 && most <= MOST_DISTANCE) return distance;
  throw fault(`'MaxDistance' is an integer from 1 to ${String(MOST_DISTANCE)}`, at);
}

function includesSelf(argument: Argument | undefined, scope: Scope, binding: Binding): Expression | undefined {
  if (argument === undefined) return undefined;
  const condition = identifierOf('IncludeSelf', argument, edm('Boolean'), scope, binding);
  if (condition.kind === 'literal') known('IncludeSelf', condition, argument.value.at);
  return condition;
}
