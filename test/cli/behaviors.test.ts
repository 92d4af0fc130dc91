import { writeFile } from 'node:fs/promises';

import { describe, expect, it, jest } from '@jest/globals';

import { temporaryDirectory } from '../store/temporary-directory.js';
import { useProcesses, type CommandProcess } from './start-process.js';

jest.setTimeout(60_000);

const pathOf = temporaryDirectory();
const start = useProcesses();

const COMMAND = ['serve', '--port', '0', '--odata', 'books=test/fixtures/tiny.csdl.xml', '--behaviors'];

async function serveWith(name: string, code: string): Promise<CommandProcess> {
  const path = await pathOf(name);
  await writeFile(path, code);
  return start(...COMMAND, `books=${path}`);
}

const post = (address: string, body: object) =>
  fetch(`${address}/Books`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('mockgraph serve --behaviors', () => {
  it('runs code of the user, in the order in which it stands', async () => {
    const command = await serveWith(
      'behaviors.mjs',
      `const signed = (sign) => ({
        create: { 'library.Book': ({ document }, next) => { document.title += sign; return next(); } },
      });
      export default [signed('?'), signed('!')];`,
    );
    const answer = await post(await command.address(), { number: 1, title: 'Emma' });
    expect([answer.status, ((await answer.json()) as { title: string }).title]).toEqual([201, 'Emma?!']);
    expect(command.errors).toBe('');
  });

  it('undoes what a request did whose code fails, and tells where', async () => {
    const command = await serveWith(
      'failing.js',
      `module.exports = { create: { 'library.Book': async (event, next) => { await next(); throw new Error('out of ink'); } } };`,
    );
    const address = await command.address();
    const answer = await post(address, { number: 1, title: 'Emma' });
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('ink')]);
    expect(await fetch(`${address}/Books/$count`).then((count) => count.text())).toBe('0');
    expect(command.errors).toMatch(/out of ink[^]*failing\.js/);
  });

  it.each<[string, string, string, RegExp]>([
    ['that is not there', '', '', /nowhere\.mjs: the file cannot be read/],
    [
      'with a mistake',
      'broken.mjs',
      'export default {',
      /broken\.mjs: the module fails when it is loaded: SyntaxError/,
    ],
    [
      'that fails',
      'thrown.mjs',
      "throw new Error('no licence');",
      /thrown\.mjs: the module fails when it is loaded: Error: no licence\n.*thrown\.mjs/,
    ],
    ['that exports nothing', 'empty.mjs', '', /empty\.mjs: The default export must be a behaviour, or an array/],
    [
      'for what the schema does not have',
      'e.mjs',
      "export default { create: { 'library.Bok': (event, next) => next() } }",
      /the entity type 'library.Bok', which the schema does not declare. Did you mean 'library.Book'\?/,
    ],
  ])('refuses a module %s, with exit code 2', async (_, name, code, message) => {
    const command = name === '' ? start(...COMMAND, 'books=nowhere.mjs') : await serveWith(name, code);
    expect([await command.ended, command.output]).toEqual([2, '']);
    expect(command.errors).toMatch(message);
  });
});
