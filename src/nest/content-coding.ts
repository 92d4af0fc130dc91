import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliCompress,
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  deflate,
  gzip,
  type BrotliOptions,
  type ZlibOptions,
} from 'node:zlib';

/** A way to make bodies smaller. [RFC 9110 8.4.1] */
export interface ContentCoding {
  readonly name: string;
  compress(body: string | Uint8Array): Promise<Uint8Array>;
  /** Each piece that goes in comes out at once, so that a client can begin before the answer is whole. */
  createStream(): Transform;
}

const compressBrotli = promisify<string | Uint8Array, BrotliOptions, Buffer>(brotliCompress);
const compressGzip = promisify<string | Uint8Array, ZlibOptions, Buffer>(gzip);
const compressDeflate = promisify<string | Uint8Array, ZlibOptions, Buffer>(deflate);
const fast: ZlibOptions = { level: 4 };
const fastBrotli: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** What the service can do, best first. */
const CODINGS: readonly ContentCoding[] = [
  {
    name: 'br',
    compress: (body) => compressBrotli(body, fastBrotli),
    createStream: () => createBrotliCompress({ ...fastBrotli, flush: constants.BROTLI_OPERATION_FLUSH }),
  },
  {
    name: 'gzip',
    compress: (body) => compressGzip(body, fast),
    createStream: () => createGzip({ ...fast, flush: constants.Z_SYNC_FLUSH }),
  },
  {
    name: 'deflate',
    compress: (body) => compressDeflate(body, fast),
    createStream: () => createDeflate({ ...fast, flush: constants.Z_SYNC_FLUSH }),
  },
];

/** What a client's `Accept-Encoding` leaves: a coding, the body as it is, or nothing at all. [RFC 9110 12.5.3] */
export type ChosenCoding = ContentCoding | 'identity' | 'none';

/** The coding of the highest quality; of equal ones the first that the service has, and any rather than none. */
export function chooseCoding(acceptEncoding: string | undefined): ChosenCoding {
  if (acceptEncoding === undefined) return 'identity';
  const qualities = readQualities(acceptEncoding);
  const others = qualities.get('*');
  const identity = qualities.get('identity') ?? (others === 0 ? 0 : undefined);
  let best: ContentCoding | undefined;
  let bestQuality = 0;
  for (const coding of CODINGS) {
    const quality = qualities.get(coding.name) ?? others ?? 0;
    if (quality > bestQuality) [best, bestQuality] = [coding, quality];
  }
  if (best !== undefined && bestQuality >= (identity ?? 0)) return best;
  return identity === 0 ? 'none' : 'identity';
}

/** Whether a client takes bodies as they are: nearly all do, so the header is seldom read for that. */
export function refusesIdentity(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined || !/;\s*q\s*=\s*0/i.test(acceptEncoding)) return false;
  const qualities = readQualities(acceptEncoding);
  return (qualities.get('identity') ?? qualities.get('*')) === 0;
}

/** Example: `br;q=0.5, gzip` */
function readQualities(header: string): ReadonlyMap<string, number> {
  const qualities = new Map<string, number>();
  for (const item of header.split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const quality = weight === undefined ? 1 : Number(weight.slice(weight.indexOf('=') + 1));
    if (name !== '') qualities.set(name.replace(/^x-(?=gzip$)/, ''), quality >= 0 && quality <= 1 ? quality : 0);
  }
  return qualities;
}

const COMPRESSIBLE = /^(text\/|application\/(json|xml|javascript)|multipart\/mixed|image\/svg|[^;]*\+(json|xml))/i;

/** Images, archives and their like are compressed already; nothing is known of bytes without a type. */
export function isCompressible(contentType: string | undefined): boolean {
  return contentType !== undefined && COMPRESSIBLE.test(contentType);
}
