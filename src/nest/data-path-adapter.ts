import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';

import { badRequest, ServiceError } from '../error/index.js';

import type { DataPath } from './data-path.js';

/** What Node knows and its types do not. */
type HttpServer = Server & { requireHostHeader: boolean; maxHeaderSize: number };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** For the request line and all headers beside the longest URL, so that a service can say itself what is too long for it. */
const HEADER_BYTES = 49_152;

/** Requests below a service's root go straight to the service; everything else to Express. See docs/decisions/0001. */
export class DataPathAdapter extends ExpressAdapter {
  readonly #dataPath: DataPath;

  constructor(dataPath: DataPath) {
    super();
    this.#dataPath = dataPath;
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const express = this.getInstance<Listener>();
    const listener: Listener = (request, response) => {
      if (request.headers.host === undefined && request.httpVersion === '1.1')
        void this.#dataPath.refuse(badRequest('A request needs a Host header.'), request, response);
      else if (!this.#dataPath.dispatch(request, response)) express(request, response);
    };
    const server = this.getHttpServer() as HttpServer;
    server.removeAllListeners('request');
    server.on('request', listener);
    // Node would answer these two itself, without a body: an unknown `Expect`, and HTTP/1.1 without `Host`.
    server.on('checkExpectation', listener);
    server.requireHostHeader = false;
    // By then all services are there, and with them what they take of a URL.
    server.once('listening', () => (server.maxHeaderSize = this.#dataPath.longestUrl + HEADER_BYTES));
    server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      else this.#refuse(transportError(error), socket);
    });
  }

  /** Waits for requests in flight, but not for the next one on a connection that they leave open. */
  override async close(): Promise<void> {
    const server = this.getHttpServer() as Server;
    const timer = setInterval(() => server.closeIdleConnections(), 20);
    try {
      await super.close();
    } finally {
      clearInterval(timer);
    }
  }

  /** What is not HTTP gets an error in JSON too, and the connection ends. */
  #refuse(error: ServiceError, socket: Socket): void {
    const { status, headers, body = '' } = this.#dataPath.refusal(error);
    const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const length = Buffer.byteLength(body as string);
    socket.end(
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines}Content-Length: ${String(length)}\r\nConnection: close\r\n\r\n${body as string}`,
    );
  }
}

function transportError({ code }: NodeJS.ErrnoException): ServiceError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ServiceError(431, 'RequestHeaderFieldsTooLarge', 'The request line and headers are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ServiceError(408, 'RequestTimeout', 'The request did not arrive in time.');
    default:
      return badRequest('The request is not valid HTTP.');
  }
}
