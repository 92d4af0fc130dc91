import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach } from '@jest/globals';

import { Model, type CsdlDocument } from '../../../src/edm/index.js';
import type { Behavior } from '../../../src/behavior/index.js';
import { odataProfile, type Profile } from '../../../src/protocol/index.js';
import { createService, type Service, type ServiceRequest } from '../../../src/service.js';
import { openStore, type Space, type Store } from '../../../src/store/index.js';

const nullable = { $Nullable: true };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'library.Container',
  library: {
    Author: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Name: nullable,
      Books: { $Kind: 'NavigationProperty', $Collection: true, $Type: 'library.Book', $Partner: 'Author' },
    },
    Book: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Title: { $MaxLength: 40 },
      Pages: { $Type: 'Edm.Int64', $Nullable: true },
      Author: { $Kind: 'NavigationProperty', $Type: 'library.Author', $Nullable: true, $Partner: 'Books' },
    },
    Container: {
      $Kind: 'EntityContainer',
      Authors: { $Collection: true, $Type: 'library.Author', $NavigationPropertyBinding: { Books: 'Books' } },
      Books: { $Collection: true, $Type: 'library.Book', $NavigationPropertyBinding: { Author: 'Authors' } },
    },
  },
};

export const ROOT = 'http://host/library';

export interface Answered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any
}

export interface Library {
  readonly space: Space;
  send(
    method: string,
    url: string,
    sent?: { headers?: Record<string, string>; body?: string | Uint8Array | object },
  ): Promise<Answered>;
  /** Titles of all books, in their order. */
  titles(): Promise<string[]>;
}

export interface LibraryOptions {
  readonly profile?: Partial<Profile>;
  readonly behaviors?: readonly Behavior[];
  readonly clock?: () => Date;
  readonly wrap?: (space: Space) => Space;
  readonly database?: string | undefined;
}

/** A service over authors and books in a database of its own, emptied before each test. */
export function useLibrary({
  profile,
  behaviors = [],
  clock,
  wrap = (space) => space,
  database = ':memory:',
}: LibraryOptions = {}): Library {
  let store: Store;
  let space: Space;
  let service: Service;
  beforeAll(async () => {
    store = await openStore({ database });
    space = store.space(randomUUID());
    service = createService({
      model: new Model([csdl]),
      profile: { ...odataProfile, ...profile },
      space: bounded(wrap(space)),
      metadata: { xml: () => '<edmx/>', json: () => '{}' },
      behaviors,
      ...(clock === undefined ? {} : { clock }),
    });
  });
  beforeEach(() => space.clear());
  afterAll(() => store.close());

  const send: Library['send'] = async (method, url, { headers = {}, body } = {}) => {
    const names = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const isBytes = typeof body === 'string' || body instanceof Uint8Array;
    if (!isBytes && body !== undefined && !names.has('content-type')) names.set('content-type', 'application/json');
    const request: ServiceRequest = {
      method,
      url,
      root: ROOT,
      headers: names,
      id: randomUUID(),
      ...(body !== undefined && { body: bytesOf(isBytes ? body : JSON.stringify(body)) }),
    };
    const response = await service.handle(request);
    const text = await textOf(response.body);
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text);
      },
    };
  };

  return {
    get space() {
      return space;
    },
    send,
    async titles() {
      const { json } = await send('GET', 'Books?$orderby=Title');
      return (json.value as { Title: string }[]).map(({ Title }) => Title);
    },
  };
}

async function* bytesOf(body: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body as string);
}

async function textOf(body: Awaited<ReturnType<Service['handle']>>['body']): Promise<string> {
  if (body === undefined || typeof body === 'string') return body ?? '';
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  let text = '';
  for await (const chunk of body) text += Buffer.from(chunk as string).toString('utf8');
  return text;
}

/** A space that stays the same whatever its bounds are. */
function bounded(space: Space): Space {
  const itself: Space = new Proxy(space, {
    get: (target, name) => (name === 'bounded' ? () => itself : memberOf(target, name)),
  });
  return itself;
}

function memberOf(space: Space, name: string | symbol): unknown {
  const member: unknown = Reflect.get(space, name, space);
  return typeof member === 'function' ? (member.bind(space) as unknown) : member;
}
