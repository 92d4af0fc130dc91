import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { cacheDirectory, DocumentCache } from '../../../src/cli/metadata/document-cache.js';
import { temporaryDirectory } from '../../store/temporary-directory.js';

const pathOf = temporaryDirectory();

describe('the folder of the cache', () => {
  it.each([
    [{ MOCKGRAPH_CACHE: '/own', XDG_CACHE_HOME: '/shared' }, 'linux', '/own'],
    [{ XDG_CACHE_HOME: '/shared' }, 'linux', '/shared/mockgraph'],
    [{ MOCKGRAPH_CACHE: '' }, 'linux', /\/\.cache\/mockgraph$/],
    [{}, 'darwin', /\/Library\/Caches\/mockgraph$/],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/mockgraph/Cache'],
  ] as const)('of %j on %s', (environment, platform, directory) => {
    const found = cacheDirectory(environment, platform);
    if (typeof directory === 'string') expect(found).toBe(directory);
    else expect(found).toMatch(directory);
  });
});

describe('the cache', () => {
  it('keeps documents of different addresses apart', async () => {
    const directory = await pathOf('apart');
    const cache = new DocumentCache(directory);
    const addresses = ['https://a/$metadata', 'https://a/_metadata', `https://${'long'.repeat(50)}/1`, `https://${'long'.repeat(50)}/2`];
    for (const address of addresses) cache.keep(address, Buffer.from(address), undefined, '2026-01-01T00:00:00Z');
    expect(new Set(addresses.map((address) => cache.find(address)!.file)).size).toBe(addresses.length);
    expect(readdirSync(directory).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('has nothing where there is no folder', async () => {
    expect(new DocumentCache(join(await pathOf('none'), 'none')).find('https://a')).toBeUndefined();
  });
});
