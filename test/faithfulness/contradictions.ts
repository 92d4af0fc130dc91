import type { Model, NavigationProperty, Property, StructuredType } from '../../src/edm/index.js';

import { isObject, type Documented, type Issue } from './documented.js';

type Rule = readonly [contradiction: string, holds: (example: Documented, model: Model) => boolean];

/** What in an example the schema of its time, or the protocol, says otherwise. */
const CONTRADICTIONS: readonly Rule[] = [
  ['the schema has another method there', ({ c }) => c.methodFits === false],
  ['the query names what the schema does not have', ({ c }) => some(c.queryIssues)],
  ['the body has members or values that the schema does not have', ({ c }) => some(c.bodyIssues)],
  [
    'the answer has members or values that the schema does not have',
    ({ c, response }) => some(c.responseIssues) || hasBareControlInformation(response.body),
  ],
  ['the URL is written otherwise than the schema has it', ({ c }) => (c.flags ?? []).length > 0],
  ['the body is empty, text or multipart where the schema has an object', lacksObject],
  [
    'the answer has content, although its status has none',
    ({ response }) => response.status === 204 && isObject(response.body),
  ],
  ['the request refers to entities that the schema has contained', refersToContained],
  ['the request has an option that means nothing for one entity', hasCollectionOption],
  ['no entity can have the type that the schema declares', hasNoConcreteType],
  ['the answer has a bare value where the schema has an object', hasBareValue],
  ['the answer shows related entities that the request does not expand', showsUnexpanded],
  ['the answer shows the value of a stream, or a property that $select leaves out', showsOthers],
];

/** What an example leaves open, so that no rule leads from its request to its answer. */
const GAPS: readonly Rule[] = [
  ['what an action or function gives depends on what no example shows', isResult],
  ['the request has a token that another service gave', ({ url }) => /[?&]\$?(skip|delta)token=/i.test(url)],
  ['the request refers to entities that nobody made', refersElsewhere],
  ['the answer shows references that no example makes', showsReferences],
  ['what a query finds depends on members that the answer leaves out, or on how words are told', asksForMore],
  ['the answer shows values that neither the request nor the schema gives', showsMore],
  [
    'content that no example stores',
    ({ method, c, response }) => (method === 'GET' && /^(value|stream)$/.test(c.kind)) || tellsOfMedia(response.body),
  ],
];

/** The names of the contradictions in an example, by its classification and the schema. */
export function contradictionsOf(example: Documented, model: Model): string[] {
  return named(CONTRADICTIONS, example, model);
}

/** The names of what an example leaves open. */
export function gapsOf(example: Documented, model: Model): string[] {
  return named(GAPS, example, model);
}

function named(rules: readonly Rule[], example: Documented, model: Model): string[] {
  return rules.flatMap(([name, holds]) => (holds(example, model) ? [name] : []));
}

function some(issues: readonly Issue[] | undefined): boolean {
  return issues !== undefined && issues.length > 0;
}

function lacksObject({ method, c, body }: Documented): boolean {
  return /^(POST|PATCH|PUT)$/.test(method) && /^entity(set)?$/.test(c.kind) && !isObject(body);
}

/** Whether the type of an answer's entities is abstract and nothing concrete derives from it. */
function hasNoConcreteType({ c, response }: Documented, model: Model): boolean {
  const type = c.type === undefined ? undefined : model.type(c.type);
  if (type?.kind !== 'entity' || !/^entity(set)?$/.test(c.kind) || !isObject(response.body)) return false;
  return [type, ...model.derivedTypes(type)].every(({ isAbstract }) => isAbstract);
}

/** Whether a property of a complex type is shown as text or a number. */
function hasBareValue({ c, response: { body } }: Documented, model: Model): boolean {
  const isComplex = c.kind === 'complex' && c.type !== undefined && model.type(c.type)?.kind === 'complex';
  return isComplex && isObject(body) && 'value' in body && !isObject(body['value']) && !Array.isArray(body['value']);
}

/** What is behind the result of a function depends on it as well. */
function isResult({ c, response }: Documented): boolean {
  return (/^(action|function)$/.test(c.kind) && isObject(response.body)) || /\)\//.test(c.template ?? '');
}

/** Control information without its `@`, so that it is a member of the entity. */
function hasBareControlInformation(body: unknown): boolean {
  return isObject(body) && Object.keys(body).some((name) => name.startsWith('odata.'));
}

/** What is contained belongs to one entity, and no reference makes it belong to another. [CSDL-XML 8.4] */
function refersToContained({ method, c }: Documented): boolean {
  const property = c.parts?.findLast(({ role }) => role === 'nav');
  return c.kind === 'ref' && method !== 'GET' && property?.contains === true;
}

/** Options of collections. [OData-Protocol 11.2.6] */
function hasCollectionOption({ c, url }: Documented): boolean {
  return c.kind === 'entity' && /[?&]\$?(filter|count|orderby|search|top|skip)=/i.test(decoded(url));
}

/** References of the scorer's own to a `$ref` are seeded, others are not. */
function refersElsewhere({ c, url, body }: Documented): boolean {
  if (c.kind === 'ref') return /[?&]\$id=/i.test(decoded(url));
  return /@odata\.(bind|id)"/.test(JSON.stringify(body ?? ''));
}

function showsReferences({ method, c, response: { body } }: Documented): boolean {
  return method === 'GET' && c.kind === 'ref' && isObject(body);
}

/** Whether a condition names properties that not all of the shown entities have, or words are searched for. */
function asksForMore({ method, url, c, response: { body } }: Documented, model: Model): boolean {
  if (method !== 'GET' || c.kind !== 'entityset' || !isObject(body)) return false;
  const query = decoded(url).replaceAll('+', ' ');
  if (/[?&]\$?search=/i.test(query)) return true;
  const type = c.type === undefined ? undefined : model.type(c.type);
  const condition = (/[?&]\$?filter=([^&]*)/i.exec(query)?.[1] ?? '').replaceAll(/'[^']*'/g, '');
  const named = [...condition.matchAll(/(?<![/\w])\w+(?!\w*[(:])/g)].map(([name]) => name);
  const asked = type?.kind === 'entity' ? named.filter((name) => type.member(name) !== undefined) : [];
  return membersOf(body).some((member) => asked.some((name) => member[name] === undefined));
}

/** Whether control information of a stream is shown, which only one with content has. [OData-JSON 9] */
function tellsOfMedia(body: unknown): boolean {
  return (
    isObject(body) && membersOf(body).some((member) => Object.keys(member).some((name) => /@odata\.media/.test(name)))
  );
}

/** Whether the answer has a navigation property with entities that neither `$expand` names nor the body brought. */
function showsUnexpanded(example: Documented, model: Model): boolean {
  const asked = decoded(example.url)
    .toLowerCase()
    .replace(/^[^?]*/, '');
  const { body } = example;
  return showsMember(example, model, (name, properties) => {
    if (properties.some((each) => each.kind === 'property')) return false;
    return properties.length > 0 && !asked.includes(name.toLowerCase()) && !(isObject(body) && name in body);
  });
}

/** Whether it has the bytes of a stream as JSON, or more structural properties than the request selects. [OData-JSON 9] */
function showsOthers(example: Documented, model: Model): boolean {
  const list = /[?&]\$?select=([^&]*)/i.exec(decoded(example.url))?.[1];
  const selected = list?.split(',').map((name) => name.trim().split('/')[0]!.toLowerCase());
  const isAll = selected === undefined || selected.includes('*') || list!.includes('.');
  return showsMember(example, model, (name, [property]) => {
    if (property?.kind !== 'property') return false;
    return property.type.qualifiedName === 'Edm.Stream' || !(isAll || selected.includes(name.toLowerCase()));
  });
}

/** Whether an answer that is an entity, or several, has a member that is not null for which something holds. */
function showsMember(
  { c, response: { body } }: Documented,
  model: Model,
  holds: (name: string, declared: readonly (Property | NavigationProperty)[]) => boolean,
): boolean {
  const type = c.type === undefined ? undefined : model.type(c.type);
  if (type?.kind !== 'entity' || !/^entity(set)?$/.test(c.kind) || !isObject(body)) return false;
  const types = [type, ...model.derivedTypes(type)];
  return membersOf(body).some((member) =>
    Object.keys(member).some(
      (name) =>
        member[name] !== null &&
        holds(
          name,
          types.flatMap((each) => each.member(name) ?? []),
        ),
    ),
  );
}

function decoded(url: string): string {
  return decodeURIComponent(url.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
}

/** Whether the answer to a write has values, beside the key, that were not sent and are no default of the schema. */
function showsMore({ method, c, body, response }: Documented, model: Model): boolean {
  if (!/^(POST|PATCH|PUT)$/.test(method) || !isObject(response.body)) return false;
  const type = c.type === undefined ? undefined : model.type(c.type);
  const declared = type?.kind === 'entity' ? type : undefined;
  const known = method === 'POST' ? isObject(body) : true;
  return known && hasMore(response.body, isObject(body) ? body : {}, declared, method === 'PATCH');
}

/** What is changed was seeded with the answer's own members, so that only what lies within those that are sent is open. */
function hasMore(
  shown: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
  type: StructuredType | undefined,
  isChange: boolean,
): boolean {
  const keys = type?.kind === 'entity' ? type.key.map(({ name }) => name) : [];
  return Object.entries(shown).some(([name, value]) => {
    if (name.includes('@') || keys.includes(name) || value === null || isEmpty(value)) return false;
    const given = sent[name];
    if (given === undefined) return !isChange && type?.properties.get(name)?.defaultValue === undefined;
    return isObject(value) && isObject(given) && hasMore(value, given, undefined, false);
  });
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function membersOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  const { value } = body;
  if (Array.isArray(value)) return value.filter(isObject);
  return [isObject(value) ? value : body];
}
