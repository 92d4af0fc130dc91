/** A document that cannot be had; the message says why in a sentence without a full stop. */
export class DownloadError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DownloadError';
  }
}

export interface Download {
  readonly content: Uint8Array;
  readonly etag: string | undefined;
}

export interface DownloadOptions {
  /** The state that is there already: where the server still has it, nothing is transferred. */
  readonly etag?: string | undefined;
  /** Told of the bytes that have come; the total is undefined where the server does not say. */
  readonly onProgress?: (received: number, total: number | undefined) => void;
  /** How long nothing may come before the download is given up. */
  readonly patience?: number;
}

const PATIENCE_MILLISECONDS = 30_000;
const MOST_BYTES = 200_000_000;

/** Gets a document, or undefined where the server has no newer state than `etag`. Throws `DownloadError`. */
export async function download(address: string, options: DownloadOptions = {}): Promise<Download | undefined> {
  const { etag, onProgress, patience = PATIENCE_MILLISECONDS } = options;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  try {
    const headers = { Accept: 'application/xml', ...(etag === undefined ? {} : { 'If-None-Match': etag }) };
    const response = await fetch(address, { headers, signal: giveUp.signal });
    if (response.status === 304 && etag !== undefined) return undefined;
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new DownloadError(`the server answered ${String(response.status)} ${response.statusText}`.trimEnd());
    }
    const content = await contentOf(response, (received, total) => {
      timer.refresh();
      onProgress?.(received, total);
    });
    return { content, etag: response.headers.get('etag') ?? undefined };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    if (giveUp.signal.aborted) {
      throw new DownloadError(`nothing came for ${String(patience / 1000)} seconds`, { cause: error });
    }
    throw new DownloadError(reason(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function contentOf(
  { body, headers }: Response,
  onChunk: (received: number, total: number | undefined) => void,
): Promise<Uint8Array> {
  // What is counted is unpacked already, so a compressed answer's length says nothing.
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  const total = length === null ? undefined : Number(length);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of body ?? []) {
    received += chunk.byteLength;
    if (received > MOST_BYTES) throw new DownloadError(`it is larger than ${String(MOST_BYTES / 1_000_000)} MB`);
    chunks.push(chunk);
    onChunk(received, total);
  }
  return Buffer.concat(chunks);
}

/** `fetch` wraps what went wrong, and so does Node where a name has several addresses: the innermost says it. */
function reason(error: unknown): string {
  const { message, cause, errors } = error as { message: string; cause?: unknown; errors?: readonly unknown[] };
  const inner = cause ?? errors?.[0];
  return inner === undefined ? message : reason(inner);
}
