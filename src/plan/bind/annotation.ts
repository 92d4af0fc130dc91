import { isCsdlObject, type CsdlValue, type Element, type Model, type SchemaType } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import type { Place } from '../expression.js';
import { annotationExpression, dynamicMember } from './annotation-expression.js';
import type { Binding, Scope } from './binding.js';
import { fault } from './fault.js';
import type { Operand } from './operand.js';

/** An annotation as the schema applies it, and where paths in its value start. */
interface Applied {
  readonly value: CsdlValue;
  readonly owner: Place;
}

/**
 * `Price/@Measures.Currency#Reporting`: the value that the schema gives a property or a type. Entities keep no annotations
 * of their own. What is not applied is null. [OData-URL 5.1.1.16]
 */
export function bindAnnotation(term: string, at: number, operand: Operand, scope: Scope, binding: Binding): Operand {
  const { model } = binding.context;
  const [name = '', qualifier] = term.split('#');
  const fullName = model.expandName(name);
  refuseUnknown(fullName, at, model);
  const place = placeOf(operand);
  const applied = place && appliedAt(place, qualifier === undefined ? fullName : `${fullName}#${qualifier}`);
  if (applied === undefined) return { kind: 'null', at };
  return operandOf(applied.value, typeOfTerm(fullName, model), { at, owner: applied.owner, scope, binding });
}

/** Terms of other vocabularies are not known here, those of the schema's own namespaces are. */
function refuseUnknown(name: string, at: number, model: Model): void {
  const namespace = name.slice(0, name.lastIndexOf('.'));
  const declared = [...model.declaredNames('Term')];
  if (!model.schemas.some((schema) => schema.namespace === namespace) || declared.includes(name)) return;
  throw fault(`There is no term named '${name}'`, at, suggestion(name, declared));
}

function typeOfTerm(name: string, model: Model): SchemaType | undefined {
  const [namespace, simple] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  const json = model.schemas.find((schema) => schema.namespace === namespace)?.json[simple];
  return isCsdlObject(json) ? model.type(String(json['$Type'] ?? 'Edm.String')) : undefined;
}

function placeOf(operand: Operand): Place | undefined {
  switch (operand.kind) {
    case 'structured':
    case 'collection':
      return operand.place;
    case 'scalar':
      return operand.expression.kind === 'value' ? operand.expression.place : undefined;
    default:
      return undefined;
  }
}

/** What a property says of its value comes before what the value's type says. */
function appliedAt(place: Place, name: string): Applied | undefined {
  if (place.kind === 'member' || place.kind === 'related') {
    const property = place.kind === 'member' ? place.property : place.relation.property;
    const value = property.annotation(name);
    if (value !== undefined) return { value, owner: place.of };
  }
  for (const type of typesOf(place.type.type)) {
    const value = type.annotation(name);
    if (value !== undefined) return { value, owner: place };
  }
  return undefined;
}

function typesOf(type: Place['type']['type']): readonly Element[] {
  if (type.kind === 'entity' || type.kind === 'complex') return type.lineage;
  return 'annotation' in type ? [type as unknown as Element] : [];
}

interface ValueContext {
  readonly at: number;
  readonly owner: Place;
  readonly scope: Scope;
  readonly binding: Binding;
}

/** A constant, a path, a record or a collection of them. [CSDL-JSON 14.3, 14.4] */
function operandOf(value: CsdlValue, type: SchemaType | undefined, context: ValueContext): Operand {
  const { at, binding, scope } = context;
  if (value === null) return { kind: 'null', at };
  if (isList(value)) return { kind: 'list', items: value.map((item) => operandOf(item, type, context)), at };
  if (isCsdlObject(value)) return operandOfObject(value, type, context);
  if (type !== undefined && type.kind !== 'entity' && type.kind !== 'complex') {
    const reading = type.fromJson(value, {});
    if ('value' in reading)
      return { kind: 'scalar', expression: { kind: 'literal', value: reading.value, type }, type, at };
  }
  return binding.bind(annotationExpression(value, at), scope);
}

function isList(value: CsdlValue): value is readonly CsdlValue[] {
  return Array.isArray(value);
}

function operandOfObject(
  value: Readonly<Record<string, CsdlValue>>,
  type: SchemaType | undefined,
  context: ValueContext,
): Operand {
  const { at, owner, scope, binding } = context;
  if (dynamicMember(value) !== undefined) {
    return binding.bind(annotationExpression(value, at), { ...scope, implicit: owner, variables: new Map() });
  }
  const names = Object.keys(value).filter((name) => !name.includes('@'));
  const structured = type?.kind === 'entity' || type?.kind === 'complex' ? type : undefined;
  const members = names.map((name): [string, Operand] => [
    name,
    operandOf(value[name]!, structured?.properties.get(name)?.type, context),
  ]);
  return { kind: 'object', members: new Map(members), at };
}
