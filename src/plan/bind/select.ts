import type { SchemaType, StructuredType } from '../../edm/index.js';
import { badRequest, notImplemented, suggestion } from '../../error/index.js';
import type { QueryOptions, SelectItem } from '../../url/index.js';

import { memberNamed } from '../named.js';
import { withPath, type Selection, type Shape } from '../shape.js';
import { mayBeDynamic, type BindContext } from './context.js';
import { isBoundFunction, unknownProperty } from './property-names.js';
import { findType, unknownType } from './type-names.js';

/** A select item in the model: the names that lead to it, without casts, and its text in the context URL. */
interface Selected {
  readonly names: readonly string[];
  readonly text: string;
  readonly kind: 'structural' | 'other';
  /** Qualified name of an operation, or `ns.*`. */
  readonly operation?: string;
}

/**
 * `$select=id,Address/City,ns.Derived/Name`: what is written of a row, and the select list of the context URL in the
 * order of the request. [OData-URL 5.1.4] [OData-Protocol 10.8]
 */
export function bindSelect(items: readonly SelectItem[], context: BindContext): Shape {
  const { type } = context;
  if (type.kind !== 'entity' && type.kind !== 'complex')
    throw badRequest(`$select needs a structured type; '${type.qualifiedName}' has no properties.`);
  const selected = items.flatMap((item) => expandNested(item)).map(({ path, at }) => resolve(path, type, at, context));
  const isStar = selected.some(({ names }) => names.length === 0);
  const listed = isStar ? selected.filter((each) => !isCoveredByStar(each, context)) : selected;
  const texts = [...new Set(listed.map(({ text }) => text))];
  const contextList = texts.filter((text) => !texts.some((other) => text.startsWith(`${other}/`))).join(',');
  const operations = selected.flatMap(({ operation }) => operation ?? []);
  return {
    ...(isStar ? {} : { select: treeOf(selected) }),
    ...(operations.length === 0 ? {} : { operations: new Set(operations) }),
    contextList,
  };
}

/** `*` means the structural properties. */
function isCoveredByStar({ kind, names }: Selected, { computed }: BindContext): boolean {
  return kind === 'structural' && names.length > 0 && computed?.has(names[0]!) !== true;
}

interface FlatItem {
  readonly path: readonly string[];
  readonly at: number;
}

/** `Address($select=City)` means `Address/City`. [OData-URL 5.1.4] */
function expandNested({ path, options, at }: SelectItem, before: readonly string[] = []): FlatItem[] {
  const whole = [...before, ...path];
  if (options === undefined) return [{ path: whole, at }];
  refuseOthers(options, at);
  if (options.select === undefined) return [{ path: whole, at }];
  return options.select.value.flatMap((item) => expandNested(item, whole));
}

function refuseOthers(options: QueryOptions, position: number): void {
  const other = Object.keys(options).find((name) => !['select', 'aliases', 'custom'].includes(name));
  if (other !== undefined) throw notImplemented(`$${other} within $select is not supported.`, { position });
}

function resolve(path: readonly string[], start: StructuredType, at: number, context: BindContext): Selected {
  const names: string[] = [];
  const written: string[] = [];
  let type: SchemaType | undefined = start;
  let kind: Selected['kind'] = 'structural';
  for (const [index, name] of path.entries()) {
    const isLast = index === path.length - 1;
    let spelled = name;
    if (kind === 'other') throw throughNavigation(path, at);
    if (name === '*' && isLast && isStructured(type)) {
      return { names, text: index === 0 ? '*' : written.join('/'), kind: 'structural' };
    }
    if (type === undefined) {
      names.push(name);
    } else if (!isStructured(type)) {
      throw badRequest(
        `A value of type '${type.qualifiedName}' has no property '${name}' in the path '${path.join('/')}'.`,
        {
          position: at,
        },
      );
    } else if (name.includes('.')) {
      if (isLast && isOperation(name, type, context)) return operationItem(name, context);
      type = castTo(name, type, at, context);
    } else {
      const member = memberNamed(type, name, context.ignoreCase === true);
      if (member?.kind === 'navigation') kind = 'other';
      if (member === undefined && !isUndeclared(name, type, index, context))
        throw unknownProperty(name, type, path.join('/'), at, context.computed?.keys());
      spelled = member?.name ?? name;
      names.push(spelled);
      type = member?.type;
    }
    written.push(spelled);
  }
  if (names.length === 0)
    throw badRequest(`The path '${path.join('/')}' in $select ends with a type.`, { position: at });
  return { names, text: written.join('/'), kind };
}

function operationItem(name: string, { model }: BindContext): Selected {
  return { names: ['', name], text: name, kind: 'other', operation: model.expandName(name) };
}

/** Dynamic properties and results of `$compute`. */
function isUndeclared(name: string, type: StructuredType, index: number, context: BindContext): boolean {
  return mayBeDynamic(name, type, context) || (index === 0 && context.computed?.has(name) === true);
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

function castTo(name: string, present: StructuredType, position: number, context: BindContext): StructuredType {
  const type = findType(name, context);
  if (type === undefined) throw unknownType(name, context.model, position);
  if (!isStructured(type) || !(type.isOrDerivesFrom(present) || present.isOrDerivesFrom(type)))
    throw badRequest(`The type '${type.qualifiedName}' does not derive from '${present.qualifiedName}'.`, { position });
  return type;
}

function throughNavigation(path: readonly string[], position: number) {
  return badRequest(
    `The path '${path.join('/')}' in $select goes through a navigation property; use $expand with a nested $select.`,
    { position },
  );
}

function treeOf(selected: readonly Selected[]): Selection {
  return selected
    .filter(({ names }) => names[0] !== '')
    .reduce<Selection>((tree, { names }) => withPath(tree, names), new Map());
}

function isStructured(type: SchemaType | undefined): type is StructuredType {
  return type?.kind === 'entity' || type?.kind === 'complex';
}
