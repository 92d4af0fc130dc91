import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect } from '@jest/globals';

import { loadModel, writeCsdlJson, writeXml } from '../../src/csdl/index.js';
import type { JsonObject, Model } from '../../src/edm/index.js';
import { graphBehaviors, graphProfile, type GraphOptions } from '../../src/graph/index.js';
import { createSeeder, type Seeder } from '../../src/seed/index.js';
import { createService, type Service } from '../../src/service.js';
import { openStore, type Store } from '../../src/store/index.js';
import { waitingForUnits } from '../waiting-for-units.js';
import { answerOf, describeOnEachDatabase, reasonOf, type Answer } from '../service-answers.js';

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly json?: unknown;
}

/** A service with Graph's ways over a small directory, called without a server in between. */
export interface DirectoryService {
  send(method: string, url: string, sent?: Sent): Promise<Answer>;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(url: string, json?: unknown): Promise<Answer>;
  /** Creates an entity, and fails where that is refused. */
  create(collection: string, json: object): Promise<any>; // oxlint-disable-line typescript/no-explicit-any
  /** Stores an entity at a path, without the rules of clients. */
  seed(path: string, body: JsonObject): Promise<void>;
  /** Takes the entity at a path away again. */
  unseed(path: string): Promise<void>;
  /** Adds a reference, and fails where that is refused. */
  link(path: string, id: string): Promise<void>;
  /** The ids of a collection, sorted. */
  ids(url: string): Promise<string[]>;
  /** What was answered with status 500, and why. */
  readonly faults: readonly string[];
}

export const ROOT = 'http://host/v1.0';
const NOW = '2026-01-02T03:04:05Z';

/** The schemas that there are tests over. */
export type Fixture = 'directory' | 'collaboration';

const modelOf = oncePerFixture((fixture) => loadModel([`test/fixtures/${fixture}.csdl.xml`]).model);

function oncePerFixture(load: (fixture: Fixture) => Model): (fixture: Fixture) => Model {
  const loaded = new Map<Fixture, Model>();
  return (fixture) => {
    const model = loaded.get(fixture) ?? load(fixture);
    loaded.set(fixture, model);
    return model;
  };
}

/** The same tests on each database, with data of their own. */
export function onEachDatabase(
  title: string,
  tests: (service: DirectoryService) => void,
  { fixture = 'directory', ...options }: Partial<GraphOptions> & { readonly fixture?: Fixture } = {},
): void {
  describeOnEachDatabase(title, (database) => tests(useDirectory(database, modelOf(fixture), options)));
}

function useDirectory(database: string, model: Model, options: Partial<GraphOptions>): DirectoryService {
  let store: Store;
  let service: Service;
  let seeder: Seeder;
  const faults: string[] = [];
  beforeAll(async () => {
    store = await openStore({ database, now: () => NOW });
    const profile = graphProfile({ authentication: 'off', ...options });
    const space = waitingForUnits(
      store.space(randomUUID(), { ignoreCase: profile.ignoreCase, counts: profile.counts(model) }),
    );
    seeder = createSeeder({ model, rules: profile.path, space, canonical: profile.canonical });
    service = createService({
      model,
      profile,
      behaviors: graphBehaviors(model),
      space,
      metadata: {
        xml: (version) => writeXml(model, { version }),
        json: (version) => writeCsdlJson(model, { version }),
      },
      clock: () => new Date(NOW),
      onFault: (error, { method, url }) => faults.push(`${method} ${url}: ${reasonOf(error)}`),
    });
  });
  afterAll(() => store.close());

  const send: DirectoryService['send'] = async (method, url, { headers = {}, json, body } = {}) => {
    const payload = json === undefined ? body : JSON.stringify(json);
    const contentType = payload === undefined ? {} : { 'content-type': 'application/json' };
    const response = await service.handle({
      method,
      url,
      root: ROOT,
      headers: new Map(Object.entries({ ...contentType, ...headers })),
      id: randomUUID(),
      ...(payload === undefined ? {} : { body: payload }),
    });
    return answerOf(response, 'latin1');
  };
  return {
    send,
    faults,
    get: (url, headers = {}) => send('GET', url, { headers }),
    post: (url, json) => send('POST', url, { json }),
    async create(collection, json) {
      const { status, text } = await send('POST', collection, { json });
      expect([status, text]).toEqual([201, text]);
      return JSON.parse(text);
    },
    async seed(path, body) {
      await seeder.seed({ path, body, mode: 'upsert' });
    },
    async unseed(path) {
      expect(await seeder.unseed({ path, body: {} })).toBe(1);
    },
    async link(path, id) {
      const json = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
      const method = path.endsWith('manager') ? 'PUT' : 'POST';
      const { status, text } = await send(method, `${path}/$ref`, { json });
      expect([status, text]).toEqual([204, '']);
    },
    async ids(url) {
      const { status, text, json } = await send('GET', url);
      expect([status, text]).toEqual([200, text]);
      return json.value.map(({ id }: { id: string }) => id).toSorted();
    },
  };
}
