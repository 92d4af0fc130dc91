import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll } from '@jest/globals';

type Respond = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface PublishingServer {
  /** Of a document, with `$metadata` at its end. */
  readonly address: string;
  /** What the server does about the next requests. */
  respond: Respond;
  readonly requests: IncomingMessage[];
}

/** A server that publishes documents, for the tests of a file. */
export function usePublishingServer(): PublishingServer {
  let server: Server;
  const state = { respond: (() => undefined) as Respond, requests: [] as IncomingMessage[] };
  beforeAll(async () => {
    server = createServer((request, response) => {
      state.requests.push(request);
      state.respond(request, response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.defineProperty(state, 'address', {
    get: () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1.0/$metadata`,
  }) as unknown as PublishingServer;
}

/** A small schema of Graph's namespace with this many singletons. */
export function schemaOf(singletons: number): string {
  const names = Array.from({ length: singletons }, (_, index) => `<Singleton Name="s${String(index)}" Type="microsoft.graph.thing" />`);
  return `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="microsoft.graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="thing"><Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>
<EntityContainer Name="GraphService">${names.join('')}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}

/** Answers with a document and its ETag, or 304 to those who have it. */
export function publishing(text: string, etag: string): Respond {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(200, { ETag: etag, 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  };
}

/** Breaks off in the middle of a document. */
export const cutShort: Respond = (_, response) => {
  response.writeHead(200, { 'Content-Length': 10_000 });
  response.write(schemaOf(1), () => response.destroy());
};
