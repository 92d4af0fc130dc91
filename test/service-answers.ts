import { describe, it } from '@jest/globals';

import type { ServiceResponse } from '../src/service.js';

/** What a service answered that was called without a server in between. */
export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** The body as JSON. */
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any
}

/** The whole of an answer; `encoding` says what bytes are read as. */
export async function answerOf(
  { status, headers, body }: ServiceResponse,
  encoding: BufferEncoding = 'utf8',
): Promise<Answer> {
  let text = '';
  if (typeof body === 'string') text = body;
  else if (body instanceof Uint8Array) text = Buffer.from(body).toString('latin1');
  else if (body !== undefined)
    for await (const chunk of body) text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString(encoding);
  return {
    status,
    headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

export function reasonOf(error: Error): string {
  return error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : error.message;
}

/** SQLite always; PostgreSQL where `MOCKGRAPH_POSTGRES` says where it is. */
const databases: readonly (readonly [name: string, url: string])[] = [
  ['SQLite', ':memory:'],
  ...(process.env['MOCKGRAPH_POSTGRES'] === undefined
    ? []
    : ([['PostgreSQL', process.env['MOCKGRAPH_POSTGRES']]] as const)),
];

/** The same tests on each database. */
export function describeOnEachDatabase(title: string, tests: (url: string) => void): void {
  for (const [name, url] of databases) describe(`${title} on ${name}`, () => tests(url));
  if (databases.length === 1)
    it.skip(`${title} on PostgreSQL: MOCKGRAPH_POSTGRES must hold the URL of a database`, () => {});
}
