import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import { afterEach, describe, expect, it } from '@jest/globals';

import { main } from '../../src/cli/index.js';
import { temporaryDirectory } from '../store/temporary-directory.js';

const pathOf = temporaryDirectory();
const output: string[] = [];
const errors: string[] = [];

afterEach(() => [output, errors].forEach((lines) => lines.splice(0)));

/** Runs a command line that ends by itself. */
const run = (...line: string[]) => main(line, { out: (text) => output.push(text), error: (text) => errors.push(text) });

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = await pathOf(name);
  await writeFile(path, content);
  return path;
}

const schema = (content: string) => `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:DataServices>
    <Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
${content}
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`;

describe('mockgraph', () => {
  it('explains itself', async () => {
    expect([await run('--help'), errors]).toEqual([0, []]);
    const [help] = output;
    for (const option of [
      '--graph',
      '--odata',
      '--strict',
      '--port',
      '--host',
      '--db',
      '--auth',
      '--version',
      'check FILE',
    ])
      expect(help).toContain(option);
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect([await run('--version'), output]).toEqual([0, [version]]);
  });

  it.each([['serve --prot 1'], ['srve'], ['check']])('says what is wrong with a command line: %s', async (line) => {
    expect(await run(...line.split(' '))).toBe(2);
    expect(output).toEqual([]);
    expect(errors).toEqual([expect.stringMatching(/^mockgraph: \w/), "Try 'mockgraph --help'."]);
  });

  it.each([
    ['broken.xml', schema('<EntityType Name="a">\n<Key>'), /:7:\d+: Malformed XML: /],
    ['garbage.xml', 'garbage', /:1:\d+: /],
    ['empty.xml', '', /: /],
    ['html.xml', '<html><body/></html>', /:1:1: This is not CSDL: the root is <html>\./],
    ['attribute.xml', schema('<EntityType/>'), /:5:\d+: .*Name/],
    ['broken.json', '{"$Version":"4.0",}', /: .*(JSON|position)/],
    ['other.json', '{"name":"mockgraph"}', /: This is not CSDL: it has no \$Version\./],
    ['broken.xml.gz', gzipSync(schema('')).subarray(0, 40), /: /],
  ])('says where a document is broken: %s', async (name, content, message) => {
    const path = await file(name, content);
    for (const line of [
      ['check', path],
      ['serve', '--port', '0', '--odata', `x=${path}`],
    ]) {
      expect(await run(...line)).toBe(2);
      expect(errors).toEqual([expect.stringMatching(message)]);
      expect(errors.splice(0)[0]).toMatch(`mockgraph: ${path}`);
      expect(output).toEqual([]);
    }
  });

  it('says that a document is missing', async () => {
    for (const line of [
      ['check', 'missing.xml'],
      ['serve', '--graph', 'beta=missing.xml'],
    ]) {
      expect(await run(...line)).toBe(2);
      const message = expect.stringMatching(/^mockgraph: missing\.xml: The file cannot be read: ENOENT/);
      expect(errors.splice(0)).toEqual([message]);
    }
    expect(await run('serve', '--graph', 'v7')).toBe(2);
    expect(errors[0]).toMatch(/^mockgraph: No document is published for Graph 'v7', only for v1\.0 and beta; /);
  });

  it('says that a port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await run('serve', '--port', String(port))).toBe(2);
    expect(errors[0]).toBe(`mockgraph: Port ${port} on 127.0.0.1 is in use; choose another with --port.`);
    server.close();
  });

  it('says that a host is none of this machine', async () => {
    expect(await run('serve', '--port', '0', '--host', '192.0.2.1')).toBe(2);
    expect(errors[0]).toBe('mockgraph: 192.0.2.1 is no address of this machine; see --host.');
  });

  it('says that a database cannot be opened', async () => {
    const path = await file('text.db', 'no database, but a text that is long enough to be one'.repeat(20));
    expect(await run('serve', '--port', '0', '--db', path)).toBe(2);
    expect(errors.splice(0)[0]).toBe(`mockgraph: The file '${path}' is not a SQLite database.`);
    expect(await run('serve', '--port', '0', '--db', await pathOf('.'))).toBe(2);
    expect(errors[0]).toMatch(/^mockgraph: The database file '.*' cannot be opened\.$/);
  });
});

describe('mockgraph check', () => {
  it('counts what is in a good schema, as XML, JSON and gzipped', async () => {
    const compressed = await file('beta.csdl.gz', gzipSync(readFileSync('metadata/beta.csdl.xml')));
    for (const path of ['metadata/beta.csdl.xml', compressed]) {
      expect(await run('check', path)).toBe(0);
      expect(output).toContain('      4 entity types');
      expect(output).toContain('      1 singletons');
      expect(output.splice(0).at(-1)).toBe('0 errors, 0 warnings');
    }
    const json = await file('shop.json', '{"$Version":"4.0","shop":{"thing":{"$Kind":"ComplexType"}}}');
    expect(await run('check', json)).toBe(0);
    expect(output).toContain('      1 complex types');
  });

  it('tells every problem of a schema with its line', async () => {
    const path = await file(
      'wrong.xml',
      schema(`<EntityType Name="item" BaseType="shop.nothing">
<Property Name="price" Type="Edm.Money" />
</EntityType>
<EntityContainer Name="container">
<EntitySet Name="items" EntityType="shop.itm" />
</EntityContainer>`),
    );
    expect(await run('check', path)).toBe(1);
    const problems = output.filter((line) => line.startsWith(path));
    for (const [line, name] of [
      [5, 'shop.nothing'],
      [6, 'Edm.Money'],
      [9, 'shop.itm'],
    ] as const)
      expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^.*:${line}: error: .*${name}`)));
    expect(output.at(-1)).toMatch(/^[1-9]\d* errors, \d+ warnings$/);
    expect(errors).toEqual([]);
  });
});

describe('a file of examples', () => {
  const good = '{"version":"beta","method":"GET","url":"/a","response":{"status":200}}\n';

  it.each([
    ['broken.jsonl', `${good}\n{"version"`, /broken\.jsonl:3: the line is not JSON: /],
    ['short.jsonl', `${good}{"version":"beta"}`, /short\.jsonl:2: 'method' must be a text\./],
    ['packed.jsonl.gz', gzipSync(`${good}7`), /packed\.jsonl\.gz:2: an example must be a JSON object\./],
    ['cut.jsonl.gz', gzipSync(good).subarray(0, 30), /cut\.jsonl\.gz: the file cannot be read: /],
    ['latin.jsonl', Buffer.from([0x7b, 0xe4, 0x7d]), /latin\.jsonl: the file cannot be read: /],
  ])('that is none is a mistake in the options: %s', async (name, content, message) => {
    const path = await file(name, content);
    expect(await run('serve', '--examples', path)).toBe(2);
    expect(errors[0]).toMatch(message);
  });

  it('that is missing is one too', async () => {
    expect(await run('serve', '--examples', 'nowhere.jsonl')).toBe(2);
    expect(errors[0]).toMatch(/^mockgraph: nowhere\.jsonl: the file cannot be read: ENOENT/);
  });
});
