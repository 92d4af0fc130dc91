import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import Libsql from 'libsql';

/** The least that a server with a database can do: parse the JSON, run one statement, answer. */
const database = new Libsql(':memory:');
database.exec('CREATE TABLE audit (key TEXT PRIMARY KEY, document TEXT NOT NULL)');
const insert = database.prepare('INSERT INTO audit VALUES (?, ?)');
const select = database.prepare('SELECT document FROM audit WHERE key = ?');

const server = createServer((request, response) => {
  if (request.method === 'POST') create(request, response);
  else read(request.url!.slice(request.url!.lastIndexOf('/') + 1), response);
});

function create(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const key = randomUUID();
    const document = JSON.stringify({ id: key, ...JSON.parse(Buffer.concat(chunks).toString()) });
    insert.run(key, document);
    answer(response, 201, document);
  });
}

function read(key: string, response: ServerResponse): void {
  const row = select.get(key) as { document: string } | undefined;
  if (row === undefined) answer(response, 404, '{}');
  else answer(response, 200, row.document);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(body);
}

insert.run('first', '{}');
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}\n`);
});
