import { Property, type SchemaType, type StructuredType } from '../../edm/index.js';
import { badRequest, suggestion } from '../../error/index.js';
import type { SelectItem } from '../../url/index.js';

import { memberNamed } from '../named.js';
import type { Refinement } from '../refinement.js';
import { castName, withPaths, type Selection, type Shape } from '../shape.js';
import type { PropertyStep } from '../target.js';
import { mayBeDynamic, type BindContext, type Resource } from './context.js';
import { edm } from './primitives.js';
import { isBoundFunction, unknownProperty } from './property-names.js';
import { bindSelectOptions } from './select-options.js';
import { findType, unknownType } from './type-names.js';

/** A select item in the model: the names that lead to it, without casts, and its text in the context URL. */
interface Selected {
  readonly names: readonly string[];
  /** The names with the casts that say of which values alone a property is meant. */
  readonly path: readonly string[];
  readonly text: string;
  readonly kind: 'structural' | 'other';
  /** The declared properties that the names stand for; none where one is not declared. */
  readonly steps: readonly PropertyStep[];
  /** Undefined for what is not declared. */
  readonly type?: SchemaType | undefined;
  /** What the value is declared as, where the path ends with a cast. */
  readonly declared?: SchemaType | undefined;
  /** Qualified name of an operation, or `ns.*`. */
  readonly operation?: string;
}

/**
 * `$select=id,Address/City,ns.Derived/Name,Tags($top=1)`: what is written of a row, and the select list of the context URL in
 * the order of the request; `resource` is what `$it` means within the options, and `isOfRow` whether that is the row.
 * [OData-URL 5.1.4] [OData-Protocol 10.8]
 */
export function bindSelect(
  items: readonly SelectItem[],
  context: BindContext,
  resource?: Resource,
  isOfRow = resource === undefined,
): Shape {
  const { type } = context;
  if (type.kind !== 'entity' && type.kind !== 'complex')
    throw badRequest(`$select needs a structured type; '${type.qualifiedName}' has no properties.`);
  const refined: Refinement[] = [];
  const it: Resource = resource ?? {
    container: undefined,
    place: { kind: 'variable', variable: 0, type: { type, isCollection: false } },
  };
  const start: Selected = { names: [], path: [], text: '', kind: 'structural', steps: [], type };
  const select: Select = { root: context, it, isOfRow, refined };
  const selected: Selected[] = [];
  for (const item of items) selected.push(...bindItem(item, start, context, select));
  const isStar = selected.some(({ names }) => names.length === 0);
  const listed = isStar ? selected.filter((each) => !isCoveredByStar(each, context)) : selected;
  const texts = new Set(listed.map(({ text }) => text));
  const contextList = [...texts].filter((text) => !isWithinAny(text, texts)).join(',');
  const operations = selected.map(({ operation }) => operation).filter((name) => name !== undefined);
  return {
    contextList,
    ...(!isStar && { select: treeOf(selected) }),
    ...(operations.length > 0 && { operations: new Set(operations) }),
    ...(refined.length > 0 && { refined }),
  };
}

/** Whether a path stands in another one of the list. */
function isWithinAny(path: string, texts: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    if (texts.has(path.slice(0, end))) return true;
  return false;
}

/** What all items of one `$select` have in common. */
interface Select {
  /** What names mean in the row itself. */
  readonly root: BindContext;
  readonly it: Resource;
  readonly isOfRow: boolean;
  /** What options ask for besides; items add to it. */
  readonly refined: Refinement[];
}

/** `Address($select=City)` means `Address/City`; other options refine what is written of a property. [OData-URL 5.1.4] */
function bindItem(item: SelectItem, before: Selected, context: BindContext, select: Select): Selected[] {
  const own = resolve(item, before, context);
  const whole = own.operation === undefined ? behind(before, own) : own;
  const { options } = item;
  if (options === undefined) return [whole];
  if (whole.kind === 'other') throw throughNavigation(item.path, item.at);
  const { refinement, inner } = bindSelectOptions(options, whole, item, select);
  if (refinement !== undefined) addRefinement(refinement, item, select.refined);
  return options.select === undefined
    ? [whole]
    : options.select.value.flatMap((each) => bindItem(each, whole, inner, select));
}

function behind(before: Selected, own: Selected): Selected {
  if (before.names.length === 0) return own;
  return {
    ...own,
    names: [...before.names, ...own.names],
    path: [...before.path, ...own.path],
    text: own.names.length === 0 && own.text === '*' ? before.text : `${before.text}/${own.text}`,
    steps: own.steps.length === own.names.length ? [...before.steps, ...own.steps] : [],
  };
}

function addRefinement(refinement: Refinement, { at }: SelectItem, refined: Refinement[]): void {
  const { name } = refinement;
  if (refined.some((other) => other.name === name))
    throw badRequest(`'${name}' has options in two places of $select.`, { target: '$select', position: at });
  refined.push(refinement);
}

/** `*` means the structural properties. */
function isCoveredByStar({ kind, names }: Selected, { computed }: BindContext): boolean {
  return kind === 'structural' && names.length > 0 && computed?.has(names[0]!) !== true;
}

function resolve({ path, at }: SelectItem, before: Selected, context: BindContext): Selected {
  const names: string[] = [];
  const way: string[] = [];
  const written: string[] = [];
  const steps: PropertyStep[] = [];
  let { type, declared } = before;
  let kind: Selected['kind'] = 'structural';
  for (const [index, name] of path.entries()) {
    const isLast = index === path.length - 1;
    if (kind === 'other') throw throughNavigation(path, at);
    if (name === '*' && isLast && isStructured(type)) {
      if (declared !== undefined && names.length > 0) way.push(castName(type));
      return { names, path: way, text: index === 0 ? '*' : written.join('/'), kind: 'structural', steps: [] };
    }
    const last = steps.length === names.length ? (steps.at(-1) ?? before.steps.at(-1)) : undefined;
    const around = isStructured(type) ? type : last?.property.isDynamic === true ? last : undefined;
    if (around === undefined)
      throw badRequest(
        `A value of type '${String(type?.qualifiedName)}' has no property '${name}' in the path '${path.join('/')}'.`,
        { position: at },
      );
    if (name.includes('.')) {
      if (isLast && isStructured(type) && isOperation(name, type, context)) return operationItem(name, context);
      declared ??= type;
      type = castTo(name, type, at, context);
      const cast = steps.pop();
      if (cast !== undefined) steps.push({ ...cast, cast: type });
      written.push(name);
    } else {
      const member = memberOf(name, around, { path, at }, index === 0, context);
      if (declared !== undefined && mayHave(declared, name, context)) way.push(castName(type as StructuredType));
      declared = undefined;
      names.push(member.name);
      way.push(member.name);
      written.push(member.name);
      if (member.property !== undefined) steps.push({ property: member.property, cast: undefined });
      ({ kind, type } = member);
    }
  }
  if (names.length === 0 && before.names.length === 0)
    throw badRequest(`The path '${path.join('/')}' in $select ends with a type.`, { position: at });
  return {
    names,
    path: way,
    text: written.join('/'),
    kind,
    steps: steps.length === names.length ? steps : [],
    type,
    declared,
  };
}

/** Whether values of other types than a cast asks for may have a property of this name. */
function mayHave(declared: SchemaType, name: string, context: BindContext): boolean {
  if (!isStructured(declared)) return true;
  return declared.isOpen || memberNamed(declared, name, context.ignoreCase === true) !== undefined;
}

function operationItem(name: string, { model }: BindContext): Selected {
  return { names: ['', name], path: [], text: name, kind: 'other', steps: [], operation: model.expandName(name) };
}

/** What a name stands for; a structural property, declared or dynamic, unless it is computed or leads on. */
interface Member extends Pick<Selected, 'kind'> {
  readonly name: string;
  readonly property?: Property;
  readonly type: SchemaType;
}

/** Nothing says what stands within a dynamic property, which is the last step then. */
function memberOf(
  name: string,
  around: StructuredType | PropertyStep,
  { path, at }: Pick<SelectItem, 'path' | 'at'>,
  isFirst: boolean,
  context: BindContext,
): Member {
  if (isFirst && context.computed?.has(name) === true) return { name, kind: 'structural', type: edm('Untyped') };
  if (!isStructured(around)) return dynamicMember(name, around.property.declaringType, context);
  const member = memberNamed(around, name, context.ignoreCase === true);
  if (member?.kind === 'navigation') return { name: member.name, kind: 'other', type: member.type };
  if (member !== undefined) return { name: member.name, kind: 'structural', property: member, type: member.type };
  if (mayBeDynamic(name, around, context)) return dynamicMember(name, around, context);
  throw unknownProperty(name, around, path.join('/'), at, context.computed?.keys());
}

function dynamicMember(name: string, declaring: StructuredType, { model }: BindContext): Member {
  const property = Property.dynamic(model, declaring, name);
  return { name, kind: 'structural', property, type: property.type };
}

/** `ns.action`, `ns.function`, `ns.*`: selected operations change nothing in the payload but their own information. */
function isOperation(name: string, type: StructuredType, { model }: BindContext): boolean {
  if (name.endsWith('.*')) {
    const namespace = name.slice(0, -2);
    if (model.schemas.some((schema) => schema.namespace === namespace || schema.alias === namespace)) return true;
    const names = model.schemas.map((schema) => schema.namespace);
    throw badRequest(`Could not find a namespace named '${namespace}'.${suggestion(namespace, names)}`);
  }
  return isBoundFunction(name, type, model) || model.operations(name).some(({ isBound }) => isBound);
}

/** A dynamic value may be of any type. */
function castTo(name: string, present: SchemaType | undefined, position: number, context: BindContext): StructuredType {
  const type = findType(name, context);
  if (type === undefined) throw unknownType(name, context.model, position);
  if (isStructured(type) && !isStructured(present)) return type;
  if (
    !isStructured(type) ||
    !isStructured(present) ||
    !(type.isOrDerivesFrom(present) || present.isOrDerivesFrom(type))
  )
    throw badRequest(`The type '${type.qualifiedName}' does not derive from '${String(present?.qualifiedName)}'.`, {
      position,
    });
  return type;
}

function throughNavigation(path: readonly string[], position: number) {
  return badRequest(
    `The path '${path.join('/')}' in $select goes through a navigation property; use $expand with a nested $select.`,
    { position },
  );
}

function treeOf(selected: readonly Selected[]): Selection {
  return withPaths(
    new Map(),
    selected.map(({ path }) => path).filter(({ length }) => length > 0),
  );
}

function isStructured(type: SchemaType | PropertyStep | undefined): type is StructuredType {
  return type !== undefined && 'kind' in type && (type.kind === 'entity' || type.kind === 'complex');
}
