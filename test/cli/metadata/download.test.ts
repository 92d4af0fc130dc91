import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { download } from '../../../src/cli/metadata/download.js';

import { usePublishingServer } from './published-documents.js';

const server = usePublishingServer();

describe('a download', () => {
  it('gives up where nothing comes', async () => {
    server.respond = () => undefined;
    await expect(download(server.address, { patience: 50 })).rejects.toMatchObject({ name: 'DownloadError', message: 'nothing came for 0.05 seconds' });
    server.respond = (_, response) => void response.writeHead(200).write('half');
    await expect(download(server.address, { patience: 200 })).rejects.toThrow(/nothing came for 0.2 seconds/);
  });

  it('unpacks what comes compressed, and does not say how much is to come', async () => {
    const totals: unknown[] = [];
    server.respond = (_, response) => {
      const content = gzipSync('text');
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': content.byteLength }).end(content);
    };
    const { content } = (await download(server.address, { onProgress: (_, total) => totals.push(total) }))!;
    expect([Buffer.from(content).toString(), totals]).toEqual(['text', [undefined]]);
  });

  it('follows redirects', async () => {
    server.respond = ({ url }, response) =>
      url === '/there' ? response.end('text') : response.writeHead(302, { Location: '/there' }).end();
    expect(Buffer.from((await download(server.address))!.content).toString()).toBe('text');
  });

  it('says why there is none', async () => {
    await expect(download('http://127.0.0.1:1/')).rejects.toThrow(/ECONNREFUSED|bad port/);
    await expect(download('http://nowhere.invalid/')).rejects.toThrow(/nowhere\.invalid/);
  });
});
