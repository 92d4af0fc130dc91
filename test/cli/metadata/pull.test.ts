import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { main } from '../../../src/cli/index.js';
import { temporaryDirectory } from '../../store/temporary-directory.js';
import { startProcess } from '../start-process.js';

import { cutShort, publishing, schemaOf, usePublishingServer, type PublishingServer } from './published-documents.js';

const pathOf = temporaryDirectory();
const server = usePublishingServer();
const output: string[] = [];
const errors: string[] = [];
const shown: string[] = [];
let cache: string;
let caches = 0;

beforeEach(async () => {
  cache = await pathOf(`cache-${String(caches++)}`);
  process.env['MOCKGRAPH_CACHE'] = cache;
});

afterEach(() => {
  delete process.env['MOCKGRAPH_CACHE'];
  for (const lines of [output, errors, shown, server.requests]) lines.splice(0);
});

const run = (...line: string[]) =>
  main(line, {
    out: (text) => output.push(text),
    error: (text) => errors.push(text),
    progress: (text) => shown.push(text),
  });

const text = (path: string) => gunzipSync(readFileSync(path)).toString('utf8');

describe('mockgraph metadata pull', () => {
  it('downloads a document, shows how far it is, and prints where it lies', async () => {
    server.respond = publishing(schemaOf(1), '"1"');
    expect(await run('metadata', 'pull', server.address)).toBe(0);
    expect(text(output[0]!)).toBe(schemaOf(1));
    expect(errors).toEqual([`Downloading ${server.address}`, '0.0 MB: 1 types, 1 routes.']);
    expect(shown).toEqual(['0.0 of 0.0 MB', '']);
  });

  it('transfers nothing while the document is the same, and takes the place of the old one when it is not', async () => {
    server.respond = publishing(schemaOf(1), '"1"');
    await run('metadata', 'pull', server.address);
    expect(await run('metadata', 'pull', server.address)).toBe(0);
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"']);
    expect(errors.at(-1)).toMatch(/^Not changed since 20..-..-..T/);
    server.respond = publishing(schemaOf(2), '"2"');
    await run('metadata', 'pull', server.address);
    expect(output[1]).toBe(output[0]);
    expect(text(output[2]!)).toBe(schemaOf(2));
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it.each<[string, PublishingServer['respond'], RegExp]>([
    ['an error', (_, response) => response.writeHead(503).end('later'), /the server answered 503/],
    ['half a document', cutShort, /cannot be downloaded: /],
    ['no connection', (request) => request.socket.destroy(), /cannot be downloaded: /],
  ])('keeps what it has at %s', async (_, respond, message) => {
    server.respond = publishing(schemaOf(1), '"1"');
    await run('metadata', 'pull', server.address);
    const before = readdirSync(cache);
    server.respond = respond;
    expect(await run('metadata', 'pull', server.address)).toBe(2);
    expect(errors.join('\n')).toMatch(message);
    expect(errors.join('\n')).toMatch(/The state of 20\S+ stays in the cache and is what serve uses\./);
    expect(readdirSync(cache)).toEqual(before);
  });

  it.each([
    ['a page', '<html><body>Sign in</body></html>', /:1:1: This is not CSDL/],
    ['a document that ends too early', schemaOf(1).slice(0, -20), /Malformed XML/],
  ])('keeps what it has instead of %s', async (_, content, message) => {
    server.respond = publishing(schemaOf(1), '"1"');
    await run('metadata', 'pull', server.address);
    server.respond = publishing(content, '"2"');
    expect(await run('metadata', 'pull', server.address)).toBe(2);
    expect(errors.join('\n')).toMatch(message);
    expect(text(output[0]!)).toBe(schemaOf(1));
  });

  it.each([
    ['v7', /^mockgraph: No document is published for Graph 'v7', only for v1\.0 and beta; give its address/],
    ['ftp://example.com', /No document is published for Graph 'ftp:/],
    ['https://', /is no address/],
    ['https://user:secret@example.com/$metadata', /may not hold a password\.$/],
  ])('refuses %s', async (name, message) => {
    expect(await run('metadata', 'pull', name)).toBe(2);
    expect(errors[0]).toMatch(message);
    expect(errors.join('')).not.toContain('secret');
  });
});

describe('mockgraph serve with an address', () => {
  const serve = (...more: string[]) =>
    startProcess('serve', '--port', '0', '--auth', 'off', '--graph', `v1.0=${server.address}`, ...more);

  it('downloads its document once', async () => {
    server.respond = publishing(schemaOf(1), '"1"');
    for (let start = 0; start < 2; start++) {
      const command = serve('--odata', `plain=${server.address}`);
      const address = await command.address();
      expect((await fetch(`${address}/$metadata`)).status).toBe(200);
      command.kill('SIGINT');
      expect(await command.ended).toBe(0);
      server.respond = (request) => request.socket.destroy();
    }
    expect(server.requests).toHaveLength(1);
  }, 60_000);

  it('says what is missing without a network', async () => {
    server.respond = (request) => request.socket.destroy();
    expect(await run('serve', '--port', '0', '--graph', `v1.0=${server.address}`)).toBe(2);
    expect(errors.join('\n')).toMatch(/Nothing of it is in the cache: try again with a network, or give the document as a file/);
  });

  it('downloads again what is damaged in the cache', async () => {
    server.respond = publishing(schemaOf(1), '"1"');
    await run('metadata', 'pull', server.address);
    const entry = readdirSync(cache).find((name) => name.endsWith('.json'))!;
    for (const damaged of ['', '{', '{"address":"elsewhere"}', 'null']) {
      writeFileSync(join(cache, entry), damaged);
      server.requests.splice(0);
      expect(await run('metadata', 'pull', server.address)).toBe(0);
      expect(server.requests[0]!.headers['if-none-match']).toBeUndefined();
    }
  });
});
