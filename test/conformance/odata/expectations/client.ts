import { request, type IncomingHttpHeaders } from 'node:http';

import { expect } from '@jest/globals';

import type { ServedModel } from '../serve-model.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any
}

export type Headers = Readonly<Record<string, string>>;
export type Row = Readonly<Record<string, any>>; // oxlint-disable-line typescript/no-explicit-any

/** A client that sends what the suite's client sends, to a service that it knows nothing of. */
export interface Client {
  /** The root, without a slash at the end. */
  readonly root: string;
  get(path: string, headers?: Headers): Promise<Answer>;
  /** `body`: a text is sent as it is, all else as JSON. Without one there is no `Content-Type` either. */
  send(method: string, path: string, body?: unknown, headers?: Headers): Promise<Answer>;
  /** The rows of a collection, which must be there. */
  rows(path: string, headers?: Headers): Promise<readonly Row[]>;
  /** The first product, as `$top=1` gives it. */
  first(): Promise<Row>;
  /** A new product, for tests that change or delete it. */
  created(members?: object): Promise<Row>;
  /** The rows of a filter must be just those of the whole set that hold. */
  holds(filter: string, predicate: (row: Row) => unknown, set?: string): Promise<void>;
  reseed(): Promise<void>;
  /** The same, where anything was written since. */
  restore(): Promise<void>;
}

export const NOBODY = '00000000-0000-0000-0000-000000000000';
export const JSON_BODY = { 'Content-Type': 'application/json' };

/** `url`: of the service, which is started before the first test and not yet when this is called. */
export function clientOf(served: () => ServedModel): Client {
  let isTouched = true;
  const client: Client = {
    get root() {
      return served().url;
    },
    get: (path, headers = {}) => exchange(served().url, 'GET', path, headers),
    send: (method, path, body, headers = {}) => {
      isTouched ||= method !== 'HEAD';
      if (body === undefined) return exchange(served().url, method, path, headers);
      const isText = typeof body === 'string' || body instanceof Uint8Array;
      const content = isText ? body : JSON.stringify(body);
      return exchange(served().url, method, path, { ...(isText ? {} : JSON_BODY), ...headers }, content);
    },
    async rows(path, headers) {
      const answer = await client.get(path, headers);
      expect([path, answer.status, answer.json.error]).toEqual([path, 200, undefined]);
      return answer.json.value as Row[];
    },
    first: async () => (await client.rows('/Products?$top=1'))[0]!,
    async created(members = {}) {
      const product = { Name: 'Made for a test', Price: 10, Status: 1, ...members };
      const { status, json } = await client.send('POST', '/Products', product);
      expect([status, json.error]).toEqual([201, undefined]);
      return json as Row;
    },
    async holds(filter, predicate, set = '/Products') {
      const expected = (await client.rows(set)).filter(predicate).map(idOf);
      const found = (await client.rows(`${set}?$filter=${encodeURIComponent(filter)}`)).map(idOf);
      expect([filter, found.toSorted()]).toEqual([filter, expected.toSorted()]);
    },
    async reseed() {
      expect((await client.send('POST', '/Reseed', '', JSON_BODY)).status).toBe(200);
      isTouched = false;
    },
    restore: async () => {
      if (isTouched) await client.reseed();
    },
  };
  return client;
}

function idOf(row: Row): string {
  return String(row['ID'] ?? `${String(row['ProductID'])},${String(row['LanguageKey'])}`);
}

async function exchange(
  root: string,
  method: string,
  path: string,
  headers: Headers,
  body?: string | Uint8Array,
): Promise<Answer> {
  const { hostname, port } = new URL(root);
  const content = body === undefined ? undefined : Buffer.from(body as string);
  const length = content === undefined ? {} : { 'Content-Length': String(content.length) };
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname,
      port,
      method,
      path: reencoded(path.startsWith(root) ? path.slice(root.length) : path),
      headers: { ...headers, ...length },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const answer = { status: response.statusCode!, headers: response.headers, bytes, text: bytes.toString('utf8') };
        resolve(Object.defineProperty(answer, 'json', { get: () => JSON.parse(answer.text) as unknown }) as Answer);
      });
    });
    sent.end(content);
  });
}

/**
 * A URL as the suite's client sends it: the options in the order of their names, all but unreserved characters encoded, and
 * spaces as plus signs. Example: `/Products?$top=1&$filter=Price gt 1` → `/Products?%24filter=Price+gt+1&%24top=1`.
 */
function reencoded(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return encodeURI(url).replaceAll('%25', '%');
  const options = url
    .slice(at + 1)
    .split('&')
    .map((option) => [...option.split(/=(.*)/s), ''] as const)
    .map(([name, value]) => [decoded(name!), decoded(value!)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return `${url.slice(0, at)}?${options.map((option) => option.map(encoded).join('=')).join('&')}`;
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function encoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
