import { loadModel } from '../../csdl/index.js';
import { serviceCounts } from '../service-counts.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

import { documentAddress } from './address.js';
import { cacheDirectory, DocumentCache, type CachedDocument } from './document-cache.js';
import { download, DownloadError } from './download.js';

/** `mockgraph metadata pull`: brings the cache up to date with a published document; exit code 0. */
export async function pull(name: string, terminal: Terminal): Promise<number> {
  const address = documentAddress(name);
  const cache = new DocumentCache(cacheDirectory(process.env));
  const before = cache.find(address);
  const kept = await refresh(address, cache, before, terminal);
  terminal.out(kept.file);
  return 0;
}

/** The file of a published document: from the cache, or downloaded when it is asked for the first time. */
export async function cachedDocument(name: string, terminal: Terminal): Promise<string> {
  const address = documentAddress(name);
  const cache = new DocumentCache(cacheDirectory(process.env));
  const found = cache.find(address) ?? (await refresh(address, cache, undefined, terminal));
  return found.file;
}

async function refresh(
  address: string,
  cache: DocumentCache,
  before: CachedDocument | undefined,
  terminal: Terminal,
): Promise<CachedDocument> {
  terminal.error(`Downloading ${address}`);
  const checked = new Date().toISOString();
  const downloaded = await orSay(address, before, () =>
    download(address, {
      etag: before?.etag,
      onProgress: (received, total) => terminal.progress?.(progress(received, total)),
    }).finally(() => terminal.progress?.('')),
  );
  if (downloaded === undefined) {
    terminal.error(`Not changed since ${before!.checked}.`);
    return cache.confirm(before!, checked);
  }
  const { content, etag } = downloaded;
  // A page of a proxy, or half a document, must not take the place of a document that works.
  const { model } = loadModel({ text: Buffer.from(content).toString('utf8'), file: address });
  const { types, routes } = serviceCounts(model);
  terminal.error(`${megabytes(content.byteLength)}: ${String(types)} types, ${String(routes)} routes.`);
  return cache.keep(address, content, etag, checked);
}

async function orSay<T>(address: string, before: CachedDocument | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const remedy =
      before === undefined
        ? 'Nothing of it is in the cache: try again with a network, or give the document as a file (--graph VERSION=FILE).'
        : `The state of ${before.checked} stays in the cache and is what serve uses.`;
    throw new UsageError(`${address} cannot be downloaded: ${error.message}. ${remedy}`, { cause: error });
  }
}

/** Example: `3.1 of 8.3 MB` */
function progress(received: number, total: number | undefined): string {
  return total === undefined
    ? megabytes(received)
    : `${(received / 1_000_000).toFixed(1)} of ${megabytes(total)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
