import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, it, jest } from '@jest/globals';

import { AUDITS, DOCUMENTED_BODY } from '../e2e/audits.js';
import { RawConnection } from '../e2e/raw.js';
import { temporaryDirectory } from '../store/temporary-directory.js';
import { useProcesses } from './start-process.js';

// Processes take their time to start where many others run.
jest.setTimeout(60_000);

const pathOf = temporaryDirectory();
const start = useProcesses();
const serve = (...parameters: string[]) => start('serve', '--port', '0', ...parameters);

const HEAD = `POST /beta/${AUDITS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(DOCUMENTED_BODY)}\r\n\r\n`;

describe('mockgraph serve', () => {
  it('says in a line for each service where it is, what it has and how long it took', async () => {
    const command = serve(
      '--graph',
      'beta=metadata/beta.csdl.xml',
      '--odata',
      'books=test/fixtures/tiny.csdl.xml',
      '--auth',
      'off',
    );
    const address = await command.address();
    await command.said(/(.*\n){2}/);
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const [beta, books, ...rest] = command.output.split('\n');
    const line = (root: string) =>
      new RegExp(
        `^mockgraph ${version} at http://127\\.0\\.0\\.1:\\d+/${root}: [1-9]\\d* types, [1-9]\\d* routes, ready in \\d+\\.\\d\\d s$`,
      );
    expect(beta).toMatch(line('beta'));
    expect(books).toMatch(line('books'));
    expect([rest, command.errors]).toEqual([[''], '']);
    expect((await fetch(`${address}/${AUDITS}`)).status).toBe(200);
    expect((await fetch(address.replace('/beta', '/books/Books'))).status).toBe(200);
  });

  it('says how many examples there are for each service', async () => {
    const path = await pathOf('examples.jsonl');
    const line = (version: string) => `{"version":"${version}","method":"GET","url":"/a","response":{"status":200}}\n`;
    await writeFile(path, `${line('beta')}\n${line('beta')}${line('v1.0')}`);
    const command = serve('--examples', path, '--samples', 'off');
    await command.address();
    expect(command.output.split('\n')[0]).toBe(`3 examples in ${path}: 2 for /beta`);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'finishes requests in flight at %s, and takes no new ones',
    async (signal) => {
      const command = serve();
      const address = await command.address();
      const { origin } = new URL(address);
      const idle = new RawConnection(origin).write('GET /beta HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await idle.until(/\}$/);
      const busy = new RawConnection(origin).write(HEAD).write(DOCUMENTED_BODY.slice(0, 100));
      await setTimeout(100);
      command.kill(signal);
      await setTimeout(200);
      await expect(fetch(address)).rejects.toThrow();
      busy.write(DOCUMENTED_BODY.slice(100));
      expect(await busy.until(/\}$/)).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
      const finished = Date.now();
      expect(await command.ended).toBe(0);
      expect(Date.now() - finished).toBeLessThan(3000);
      expect(command.errors).toBe('');
    },
  );

  it('ends at once at a second signal', async () => {
    const command = serve();
    const { origin } = new URL(await command.address());
    const busy = new RawConnection(origin).write(HEAD);
    await setTimeout(100);
    command.kill('SIGINT');
    await setTimeout(200);
    command.kill('SIGINT');
    expect(await command.ended).toBe(130);
    busy.abort();
  });
});
