import type { Model, StructuredType } from '../../src/edm/index.js';

import { isObject, type Documented } from './documented.js';

/** Why a documented context cannot be answered, by the first that holds; undefined where nothing speaks against it. */
export function contextContradiction(example: Documented, model: Model): string | undefined {
  const context = contextOf(example);
  if (context === undefined) return undefined;
  const [, version, fragment] = /^https:\/\/graph\.microsoft\.com\/([^/]+)\/\$metadata#(.*)$/is.exec(context) ?? [];
  if (fragment === undefined || version !== example.version) return 'it names another service, version or resource';
  if (namesForeignKey(fragment, example)) return 'it names a key that the request does not, such as that of the author';
  if (!isOfSchema(fragment.trim(), model)) return 'it names what the schema does not have there';
  return undefined;
}

/** The context that an example shows. */
export function contextOf({ response: { body } }: Documented): string | undefined {
  const context = isObject(body) ? body['@odata.context'] : undefined;
  return typeof context === 'string' ? context.replace(/%24metadata/i, '$metadata') : undefined;
}

/** Placeholders are filled with keys of their own. */
function namesForeignKey(fragment: string, { url }: Documented): boolean {
  const asked = decoded(url);
  return [...fragment.matchAll(/\('([^']*)'\)/g)].some(([, key]) => !asked.includes(decoded(key!)));
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25')).toLowerCase();
}

/** Whether a fragment names a type, or leads from a set or singleton through what the types on the way have. [OData-Protocol 10] */
function isOfSchema(fragment: string, model: Model): boolean {
  const type = /^Collection\(([\w.]+)\)$/.exec(fragment)?.[1] ?? /^([\w.]+)$/.exec(fragment)?.[1];
  if (type !== undefined && (type.includes('.') || fragment.startsWith('Collection'))) return isType(type, model);
  const [first = '', ...others] = withoutLists(fragment).split('/');
  const child = model.container?.child(nameOf(first));
  if (child?.kind !== 'entitySet' && child?.kind !== 'singleton') return false;
  let at: StructuredType | undefined = child.type;
  for (const [index, segment] of others.entries()) {
    if (segment === '$entity' && index === others.length - 1) return true;
    const found: Step | undefined = at && stepTo(at, nameOf(segment), model);
    if (found === undefined) return false;
    at = found.type;
  }
  return true;
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
}

/** What a segment leads to from a type, with the structured type there; undefined where there is nothing of the name. */
function stepTo(from: StructuredType, name: string, model: Model): Step | undefined {
  if (name.includes('.')) return model.structuredType(name) && { type: model.structuredType(name) };
  const types = [from, ...model.derivedTypes(from)];
  const member = types.map((each) => each.member(name)).find((each) => each !== undefined);
  if (member === undefined) return undefined;
  const { type } = member;
  return { type: type.kind === 'entity' || type.kind === 'complex' ? type : undefined };
}

function isType(name: string, model: Model): boolean {
  return name.startsWith('Edm.') || model.type(name) !== undefined;
}
