import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach } from '@jest/globals';

import type { Behavior } from '../../src/behavior/index.js';
import { Model, type CsdlDocument } from '../../src/edm/index.js';
import { odataProfile, type Example, type Profile } from '../../src/protocol/index.js';
import { createService, type Service, type ServiceRequest } from '../../src/service.js';
import { waitingForUnits } from '../waiting-for-units.js';
import { openStore, type Space, type Store } from '../../src/store/index.js';

export const ROOT = 'http://host/service';

export interface Answered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly json?: object;
}

export interface ServiceInTest {
  readonly space: Space;
  /** The URL may be below the root or, as links are, absolute. */
  send(method: string, url: string, sent?: Sent): Promise<Answered>;
}

export interface ServiceOptions {
  readonly profile?: Partial<Profile>;
  readonly behaviors?: readonly Behavior[];
  readonly examples?: readonly Example[];
  readonly clock?: () => Date;
}

/** A service over a model in a database of its own, emptied before each test. */
export function useService(
  csdl: CsdlDocument,
  { profile, behaviors = [], examples = [], clock }: ServiceOptions = {},
): ServiceInTest {
  let store: Store;
  let space: Space;
  let service: Service;
  beforeAll(async () => {
    store = await openStore({ database: process.env['MOCKGRAPH_POSTGRES'] ?? ':memory:' });
    space = waitingForUnits(store.space(randomUUID()));
    service = createService({
      model: new Model([csdl], { untyped: profile?.untyped ?? [] }),
      profile: { ...odataProfile, ...profile },
      space,
      metadata: { xml: () => '<edmx/>', json: () => '{}' },
      behaviors,
      examples,
      ...(clock === undefined ? {} : { clock }),
    });
  });
  beforeEach(() => space.clear());
  afterAll(() => store.close());

  return {
    get space() {
      return space;
    },
    async send(method, url, sent = {}) {
      const response = await service.handle(requestOf(method, url, sent));
      const bytes = await bytesOf(response.body);
      const { status, headers } = response;
      const text = bytes.toString('utf8');
      const answered = { status, headers, bytes, text };
      return Object.defineProperty(answered, 'json', { get: () => JSON.parse(text) as unknown }) as unknown as Answered;
    },
  };
}

function requestOf(method: string, url: string, { headers = {}, body, json }: Sent): ServiceRequest {
  const names = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  if (json !== undefined) names.set('content-type', 'application/json');
  const content = json === undefined ? body : JSON.stringify(json);
  return {
    method,
    url: url.startsWith(`${ROOT}/`) ? url.slice(ROOT.length + 1) : url,
    root: ROOT,
    headers: names,
    id: randomUUID(),
    ...(content === undefined ? {} : { body: oneChunk(Buffer.from(content as string)) }),
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function bytesOf(body: string | Uint8Array | AsyncIterable<string | Uint8Array> | undefined): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body as string);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk as string));
  return Buffer.concat(chunks);
}
