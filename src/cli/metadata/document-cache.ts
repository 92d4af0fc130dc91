import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A document that was downloaded, as the cache keeps it. */
export interface CachedDocument {
  readonly address: string;
  /** Path of the document, gzipped. */
  readonly file: string;
  /** What the server calls this state of it. [RFC 9110 8.8.3] */
  readonly etag: string | undefined;
  /** When it was downloaded, or last found unchanged: an ISO 8601 instant. */
  readonly checked: string;
}

/**
 * Where downloaded documents are kept: `MOCKGRAPH_CACHE`, or a folder of mockgraph's own where the system keeps caches.
 * [XDG Base Directory Specification]
 */
export function cacheDirectory(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const { MOCKGRAPH_CACHE: own, XDG_CACHE_HOME: shared, LOCALAPPDATA: windows } = environment;
  if (own !== undefined && own !== '') return own;
  if (shared !== undefined && shared !== '') return join(shared, 'mockgraph');
  if (platform === 'win32' && windows !== undefined && windows !== '') return join(windows, 'mockgraph', 'Cache');
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches', 'mockgraph') : join(homedir(), '.cache', 'mockgraph');
}

/**
 * Documents by address. An entry names the file that holds its document, which never changes once it is there, and is put
 * in place by a rename: a reader finds the old state or the new one, however a download ends.
 */
export class DocumentCache {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The document of an address; undefined where it was never downloaded, or its files are damaged. */
  find(address: string): CachedDocument | undefined {
    try {
      const entry = JSON.parse(readFileSync(this.#entry(address), 'utf8')) as Partial<Record<string, unknown>>;
      if (entry['address'] !== address || typeof entry['document'] !== 'string') return undefined;
      const file = join(this.#directory, entry['document']);
      if (!existsSync(file)) return undefined;
      const etag = typeof entry['etag'] === 'string' ? entry['etag'] : undefined;
      return { address, file, etag, checked: String(entry['checked']) };
    } catch {
      return undefined; // What cannot be read is downloaded again.
    }
  }

  /** Keeps a document instead of the one that was there for its address. */
  keep(address: string, content: Uint8Array, etag: string | undefined, checked: string): CachedDocument {
    mkdirSync(this.#directory, { recursive: true });
    const before = this.find(address);
    const document = `${nameOf(address)}-${digest(content)}.csdl.gz`;
    this.#write(document, gzipSync(content));
    const kept = this.#writeEntry({ address, document, etag, checked });
    if (before !== undefined && before.file !== kept.file) rmSync(before.file, { force: true });
    return kept;
  }

  /** Notes that the server has no newer state of a document. */
  confirm({ address, file, etag }: CachedDocument, checked: string): CachedDocument {
    return this.#writeEntry({ address, document: file.slice(this.#directory.length + 1), etag, checked });
  }

  #writeEntry(entry: { address: string; document: string; etag: string | undefined; checked: string }): CachedDocument {
    this.#write(`${nameOf(entry.address)}.json`, `${JSON.stringify(entry, undefined, 2)}\n`);
    const { address, document, etag, checked } = entry;
    return { address, file: join(this.#directory, document), etag, checked };
  }

  #entry(address: string): string {
    return join(this.#directory, `${nameOf(address)}.json`);
  }

  #write(name: string, content: Uint8Array | string): void {
    const temporary = join(this.#directory, `${name}.${String(process.pid)}.part`);
    try {
      writeFileSync(temporary, content);
      renameSync(temporary, join(this.#directory, name));
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

/** Example: `graph.microsoft.com-v1.0-metadata-1f0e2d3c` */
function nameOf(address: string): string {
  const readable = address.replace(/^https?:\/\//, '').replaceAll(/[^\w.]+/g, '-');
  return `${readable.slice(0, 60)}-${digest(Buffer.from(address))}`;
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
