import { randomInt } from 'node:crypto';

import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import type { JsonObject, JsonValue, Model } from '../../edm/index.js';

import { containedIn } from '../contained-in.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

type Naming = (event: CreateEvent) => JsonObject | Promise<JsonObject>;

/** What clients name in part, and the service in full. */
const NAMINGS: Readonly<Record<string, Naming>> = {
  // `extension_{appId}_{name}` [Graph: Create extensionProperty]
  'microsoft.graph.extensionProperty': async ({ collection, document: { name }, entities }) => {
    const container = containedIn(collection);
    const application = container && (await entities.get(container));
    const appId = application?.document['appId'];
    if (typeof appId !== 'string' || typeof name !== 'string' || name.startsWith('extension_')) return {};
    return { name: `extension_${appId.replaceAll('-', '')}_${name}` };
  },
  // `{domain}_{name}` is a name in full, else it is `ext{8 letters or digits}_{name}`. [Graph: Create schemaExtension]
  'microsoft.graph.schemaExtension': ({ document: { id } }) =>
    typeof id !== 'string' || id.includes('_') ? {} : { id: `ext${randomText(8)}_${id}` },
  // [Graph: Create customSecurityAttributeDefinition]
  'microsoft.graph.customSecurityAttributeDefinition': ({ document: { attributeSet, name } }) =>
    isText(attributeSet) && isText(name) ? { id: `${attributeSet}_${name}` } : {},
};

/** Names that the service composes from what the client says. */
export function composedNames(model: Model): Behavior {
  const declared = Object.keys(NAMINGS).filter((name) => model.type(name)?.kind === 'entity');
  return { create: Object.fromEntries(declared.map((name) => [name, compose(NAMINGS[name]!)])) };
}

function compose(naming: Naming): Handler<CreateEvent, Entity> {
  return async (event, next) => {
    Object.assign(event.document, await naming(event));
    return next();
  };
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

function randomText(length: number): string {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]!).join('');
}
