import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';

import type { DataPath } from './data-path.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Requests below a service's root go straight to the service; everything else to Express. See docs/decisions/0001. */
export class DataPathAdapter extends ExpressAdapter {
  readonly #dataPath: DataPath;

  constructor(dataPath: DataPath) {
    super();
    this.#dataPath = dataPath;
  }

  override initHttpServer(options: NestApplicationOptions): void {
    super.initHttpServer(options);
    const server = this.getHttpServer() as Server;
    const express = this.getInstance<Listener>();
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!this.#dataPath.dispatch(request, response)) express(request, response);
    });
    server.on('clientError', refuseMalformed);
  }
}

/** What is not HTTP gets an error in JSON too, and the connection ends. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          'RequestHeaderFieldsTooLarge',
          'The request line and headers are too large.',
        ]
      : ['400 Bad Request', 'BadRequest', 'The request is not valid HTTP.'];
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n${body}`,
  );
}
