import type { Model, StructuredType } from '../../src/edm/index.js';

import { isObject, type Documented } from './documented.js';

/** What speaks against a documented context. */
export interface ContextContradiction {
  readonly name: string;
  /** Which key, name or version it is. */
  readonly detail: string;
}

/** Why a documented context cannot be answered, by the first that holds; undefined where nothing speaks against it. */
export function contextContradiction(example: Documented, model: Model): ContextContradiction | undefined {
  const context = contextOf(example);
  if (context === undefined) return undefined;
  const [, version = '', rest] = /^https:\/\/graph\.microsoft\.com\/([^/]+)\/\$metadata#(.*)$/is.exec(context) ?? [];
  if (rest === undefined)
    return { name: 'it names another service, version or resource', detail: 'no `$metadata` of the service' };
  if (version !== example.version)
    return { name: 'it names another service, version or resource', detail: `version \`${version}\`` };
  const fragment = rest.trim();
  const key = foreignKey(fragment, example);
  if (key !== undefined)
    return { name: 'it names a key that the request does not, such as that of the author', detail: `key \`${key}\`` };
  const unknown = unknownIn(fragment, model);
  if (unknown !== undefined) return { name: 'it names what the schema does not have there', detail: unknown };
  if (isOtherKind(fragment, example))
    return {
      name: 'it is that of one entity for a collection, or the other way round',
      detail: fragment.endsWith('/$entity') ? 'ends in `/$entity` for a collection' : 'lacks `/$entity` for an entity',
    };
  const keyless = keylessIn(fragment, model);
  if (keyless !== undefined)
    return { name: 'it leads on from a collection without a key', detail: `no key behind \`${keyless}\`` };
  return undefined;
}

/** The context that an example shows. */
export function contextOf({ response: { body } }: Documented): string | undefined {
  const context = isObject(body) ? body['@odata.context'] : undefined;
  return typeof context === 'string' ? context.replace(/%24metadata/i, '$metadata') : undefined;
}

/** The first key that the request does not name; placeholders are filled with keys of their own. */
function foreignKey(fragment: string, { url }: Documented): string | undefined {
  const asked = decoded(url);
  return [...fragment.matchAll(/\('([^']*)'\)/g)].map(([, key]) => key!).find((key) => !asked.includes(decoded(key)));
}

/** Contexts of entities in a set or a contained collection end in `/$entity`, those of collections do not. [OData-Protocol 10.1, 10.2] */
function isOtherKind(fragment: string, { c, response: { body } }: Documented): boolean {
  if (!/^entity(set)?$/.test(c.kind) || c.type === undefined || !isObject(body)) return false;
  if (/^(Collection\(|[\w]+\.)/.test(fragment)) return false;
  const isCollection = Array.isArray(body['value']);
  const isSingle = fragment.endsWith('/$entity');
  return isCollection === isSingle && (isCollection || !/^\/?\w+$/.test(withoutLists(fragment)));
}

/** The name of the first collection that a fragment leads on from without a key. [OData-Protocol 10] */
function keylessIn(fragment: string, model: Model): string | undefined {
  const segments = withoutLists(fragment).split('/');
  let at: StructuredType | undefined;
  for (const [index, segment] of segments.entries()) {
    const name = nameOf(segment);
    const isLast = index === segments.length - 1 || segments[index + 1] === '$entity' || name === '$entity';
    if (isLast || name.includes('.')) return undefined;
    const child = index === 0 ? model.container?.child(name) : undefined;
    const member = at === undefined ? undefined : stepTo(at, name, model);
    const isCollection = child?.kind === 'entitySet' || member?.isCollection === true;
    if (isCollection && segment === name && !segments[index + 1]!.includes('.')) return name;
    at = child?.kind === 'entitySet' || child?.kind === 'singleton' ? child.type : member?.type;
  }
  return undefined;
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')).toLowerCase();
}

/**
 * What of a fragment the schema does not have: it names a type, or leads from a set or singleton through what the types on
 * the way have. [OData-Protocol 10]
 */
function unknownIn(fragment: string, model: Model): string | undefined {
  const type = /^Collection\(([\w.]+)\)$/.exec(fragment)?.[1] ?? /^([\w.]+)$/.exec(fragment)?.[1];
  if (type !== undefined && (type.includes('.') || fragment.startsWith('Collection')))
    return isType(type, model) ? undefined : `no type \`${type}\``;
  const [first = '', ...others] = withoutLists(fragment).split('/');
  const child = model.container?.child(nameOf(first));
  if (child?.kind !== 'entitySet' && child?.kind !== 'singleton') return `no set or singleton \`${nameOf(first)}\``;
  let at: StructuredType | undefined = child.type;
  for (const [index, segment] of others.entries()) {
    if (segment === '$entity' && index === others.length - 1) return undefined;
    const found: Step | undefined = at && stepTo(at, nameOf(segment), model);
    if (found === undefined) return `no \`${nameOf(segment)}\` of \`${at?.qualifiedName ?? 'a scalar'}\``;
    at = found.type;
  }
  return undefined;
}

/** Without select lists, which do not begin with a key. */
function withoutLists(fragment: string): string {
  return fragment.replaceAll(/\((?!')[^/]*(?:\/[^/)]*)*\)+(?=\/\$entity$|$)/g, '');
}

function nameOf(segment: string): string {
  return segment.replace(/\(.*$/s, '');
}

/** The structured type that a segment leads to, where it has one. */
interface Step {
  readonly type: StructuredType | undefined;
  readonly isCollection: boolean;
}

/** What a segment leads to from a type, with the structured type there; undefined where there is nothing of the name. */
function stepTo(from: StructuredType, name: string, model: Model): Step | undefined {
  if (name.includes('.')) {
    const cast = model.structuredType(name);
    return cast && { type: cast, isCollection: false };
  }
  const types = [from, ...model.derivedTypes(from)];
  const member = types.map((each) => each.member(name)).find((each) => each !== undefined);
  if (member === undefined) return undefined;
  const { type, isCollection } = member;
  return { type: type.kind === 'entity' || type.kind === 'complex' ? type : undefined, isCollection };
}

function isType(name: string, model: Model): boolean {
  return name.startsWith('Edm.') || model.type(name) !== undefined;
}
