import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll } from '@jest/globals';

import { defineBehavior } from '../../src/behavior/index.js';
import { checkSchema, loadModel, writeCsdlJson, writeXml } from '../../src/csdl/index.js';
import { odataProfile, type Profile } from '../../src/protocol/index.js';
import { createService, type Service } from '../../src/service.js';
import { openStore, type Store } from '../../src/store/index.js';
import { waitingForUnits } from '../waiting-for-units.js';
import { answerOf, describeOnEachDatabase, reasonOf, type Answer } from '../service-answers.js';

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Text of a JSON body, so that no digit is lost on its way. */
  readonly body?: string;
}

/** A service over the technical model, called without a server in between. */
export interface TechnicalService {
  /** `SQLite` or `PostgreSQL`. */
  readonly database: string;
  send(method: string, url: string, sent?: Sent): Promise<Answer>;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Creates entities, and fails where one is refused. */
  create(collection: string, ...bodies: readonly string[]): Promise<void>;
  /** What was answered with status 500, and why. */
  readonly faults: readonly string[];
}

export const ROOT = 'http://host/technical';
const NOW = '2026-01-02T03:04:05.678Z';

const loaded = loadModel(['test/fixtures/technical.csdl.xml']);

/** What the fixture itself is held to. */
export const schemaProblems = checkSchema(loaded.model, loaded.positions);

const { model } = loaded;
const xml = writeXml(model, { version: '4.01' });

const behavior = defineBehavior({
  expression: {
    'technical.Add': '@a add @b',
    'technical.Weight': '1.5',
    'technical.Scaled': 'Whole mul @factor add case(@offset eq null:0,true:@offset)',
    'technical.Elders': '$root/Things/$filter(Id lt $it/Id)',
    'technical.Partner': 'Friend',
    'technical.Size(Collection(technical.Thing))': '$it/$count',
    'technical.Size(technical.Thing)': 'Friends/$count add cast(Parts/$count,Edm.Int64)',
    'technical.PartnerPlace': 'Friend/Place',
    'technical.PlaceTags': 'Place/Tags',
    'technical.InCity': 'City eq @city',
    'technical.AtPlace': 'Place/City eq @place/City and Place/Zip eq @place/Zip',
    'technical.InOneOf': 'Place in @places',
    'technical.Initial': 'substring($it,0,1)',
    'technical.Twice': '@x add @x',
    'technical.Fourfold': 'technical.Twice(x=technical.Twice(x=@x))',
    'technical.OneOf': '@x in @list',
  },
  function: {
    'technical.Words': ({ parameters }) => String(parameters.get('text')).split(' '),
    'technical.Biggest': async ({ entities }) => (await entities.all('Things')).at(-1),
    'technical.Coloured': async ({ entities, parameters }) =>
      (await entities.all('Things')).filter(({ document }) => document['Color'] === parameters.get('color')),
    'technical.Headquarters': () => ({ Street: 'High Street', City: 'Bath', Zip: 1, Tags: [], Inner: null }),
    'technical.Smallest': async ({ members }) => (await members())[0],
    'technical.Dearest': async ({ entities, parameters }) =>
      (await entities.all('Things'))
        .toSorted((a, b) => Number(String(b.document['Cost'] ?? 0)) - Number(String(a.document['Cost'] ?? 0)))
        .slice(0, Number(parameters.get('count'))),
    'technical.Offices': () => [
      { Street: 'High Street', City: 'Bath', Zip: 1, Tags: ['head'] },
      { '@odata.type': 'technical.Home', Street: 'Via Appia', City: 'Rome', Zip: 184, Tags: [], Rooms: 5 },
      { Street: null, City: 'Oslo', Zip: null, Tags: ['new', 'north'] },
    ],
    'technical.Sum': ({ parameters }) =>
      (parameters.get('numbers') as number[]).reduce((sum, each) => sum + each, Number(parameters.get('start') ?? 0)),
    'technical.Envelope': ({ parameters }) => {
      const address = parameters.get('address') as { Street?: string; City?: string } | null;
      return address === null ? null : `${address.Street ?? ''}, ${address.City ?? ''}`;
    },
    'technical.Describe': ({ binding, operation }) =>
      `${operation.bindingParameter!.reference.typeName} ${binding!.row.key}`,
    'technical.Similar': async ({ entities, binding }) =>
      (await entities.all('Things')).filter(
        ({ row, document }) => row.key !== binding!.row.key && document['Color'] === binding!.document['Color'],
      ),
    'technical.Largest': async ({ members }) =>
      (await members()).toSorted((a, b) => Number(b.document['Size'] ?? 0) - Number(a.document['Size'] ?? 0))[0],
  },
  action: {
    'technical.Touch': ({ parameters }) => parameters.get('note') ?? null,
    'technical.Reset': () => undefined,
    'technical.Paint': async ({ entities, members, parameters }) => {
      const painted = [];
      for (const entity of await members())
        painted.push(await entities.update(entity, { Color: parameters.get('color')! }));
      return painted;
    },
    'technical.Rename': ({ entities, binding, parameters }) =>
      entities.update(binding!, { Name: parameters.get('name') ?? null }),
  },
});

/** The same tests on each database. */
export function onEachDatabase(title: string, tests: (service: TechnicalService) => void, changes?: Changes): void {
  describeOnEachDatabase(title, (database) => tests(useTechnicalService(changes, database)));
}

/** What differs from the plain profile. */
export type Changes = Partial<Omit<Profile, 'limits'>> & { readonly limits?: Partial<Profile['limits']> };

/** A service with a space of its own for the tests of a block. */
export function useTechnicalService(changes: Changes = {}, database = ':memory:'): TechnicalService {
  let store: Store;
  let service: Service;
  const faults: string[] = [];
  beforeAll(async () => {
    store = await openStore({ database, now: () => NOW });
    service = createService({
      model,
      profile: { ...odataProfile, ...changes, limits: { ...odataProfile.limits, ...changes.limits } },
      behaviors: [behavior],
      space: waitingForUnits(store.space(randomUUID())),
      metadata: { xml: () => xml, json: (version) => writeCsdlJson(model, { version }) },
      clock: () => new Date(NOW),
      onFault: (error, { method, url }) => faults.push(`${method} ${url}: ${reasonOf(error)}`),
    });
  });
  afterAll(() => store.close());

  const send: TechnicalService['send'] = async (method, url, { headers = {}, body } = {}) => {
    const contentType = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await service.handle({
      method,
      url,
      root: ROOT,
      headers: new Map(Object.entries({ ...contentType, ...headers })),
      id: randomUUID(),
      ...(body === undefined ? {} : { body }),
    });
    return answerOf(response);
  };
  return {
    database: database === ':memory:' ? 'SQLite' : 'PostgreSQL',
    send,
    faults,
    get: (url, headers = {}) => send('GET', url, { headers }),
    async create(collection, ...bodies) {
      for (const body of bodies) {
        const { status, text } = await send('POST', collection, { body });
        if (status !== 201) throw new Error(`${collection}: ${String(status)} ${text} for ${body}`);
      }
    },
  };
}

/** `Things?$filter=…&$top=1` with the values encoded as a client would. */
export function url(path: string, options: Readonly<Record<string, string>>): string {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${query.join('&')}`;
}
