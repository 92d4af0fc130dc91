import { badRequest, notAcceptable } from '../../error/index.js';

/** What a response is written as, by `$format` and `Accept`. [OData-Protocol 8.2.1] */
export interface Format {
  readonly media: Media;
  readonly metadata: 'minimal' | 'full' | 'none';
  readonly streaming: boolean | undefined;
  /** Int64 and Decimal as strings. [OData-JSON 3.2] */
  readonly ieee754Compatible: boolean;
}

export type Media = 'application/json' | 'application/xml' | 'multipart/mixed' | 'text/plain' | 'text/csv';

const DEFAULT: Format = {
  media: 'application/json',
  metadata: 'minimal',
  streaming: undefined,
  ieee754Compatible: false,
};
const SHORT_NAMES: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  atom: 'application/atom+xml',
};

/**
 * Chooses the format: the first of `offered` is what an indifferent client gets.
 * `$format` overrides the header; where nothing is on offer there is nothing to choose. 406 where nothing on offer is
 * acceptable. [OData-URL 5.1.9, RFC 9110 12.5.1]
 */
export function negotiate(accept: string | undefined, format: string | undefined, offered: readonly Media[]): Format {
  if (offered.length === 0) return DEFAULT;
  if (format !== undefined)
    return chosen([parseRange(SHORT_NAMES[format.toLowerCase()] ?? format)], offered, `$format=${format}`);
  if (accept === undefined || accept === '*/*' || accept.trim() === '')
    return offered[0] === DEFAULT.media ? DEFAULT : { ...DEFAULT, media: offered[0]! };
  return chosen(accept.split(',').map(parseRange), offered, accept);
}

/** A stream is what it is: 406 where `$format` asks for something else. [OData-URL 5.1.9] */
export function refuseOtherFormat(format: string | undefined, contentType: string): void {
  if (format === undefined) return;
  const asked = parseRange(SHORT_NAMES[format.toLowerCase()] ?? format).type;
  const { type } = parseRange(contentType);
  const isAcceptable = asked === type || asked === '*/*' || asked === `${type.split('/', 1)[0]!}/*`;
  if (!isAcceptable)
    throw notAcceptable(`The stream is of type '${type}', not of that of $format=${format.slice(0, 200)}.`);
}

interface Range {
  readonly type: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

function chosen(ranges: readonly Range[], offered: readonly Media[], written: string): Format {
  const candidates = offered
    .map((media) => ({ media, range: bestRange(ranges, media) }))
    .filter((candidate) => candidate.range !== undefined && candidate.range.quality > 0)
    .sort((a, b) => b.range!.quality - a.range!.quality);
  const [best] = candidates;
  if (best === undefined) {
    throw notAcceptable(
      `The requested format '${written.slice(0, 200)}' cannot be served here; available: ${offered.join(', ')}.`,
    );
  }
  return withParameters(best.media, best.range!.parameters);
}

/** The most specific range decides, as RFC 9110 12.5.1 says. */
function bestRange(ranges: readonly Range[], media: Media): Range | undefined {
  const [type] = media.split('/');
  return (
    ranges.find((range) => range.type === media) ??
    ranges.find((range) => range.type === `${type}/*`) ??
    ranges.find((range) => range.type === '*/*')
  );
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';');
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    if (equals > 0)
      parameters.set(parameter.slice(0, equals).trim().toLowerCase(), unquote(parameter.slice(equals + 1).trim()));
  }
  const quality = Number(parameters.get('q') ?? '1');
  return { type: type.trim().toLowerCase(), quality: Number.isFinite(quality) ? quality : 0, parameters };
}

function withParameters(media: Media, parameters: ReadonlyMap<string, string>): Format {
  const metadata = (parameters.get('odata.metadata') ?? parameters.get('metadata') ?? 'minimal').toLowerCase();
  if (metadata !== 'minimal' && metadata !== 'full' && metadata !== 'none') {
    throw badRequest(
      `The format parameter odata.metadata must be minimal, full or none, not '${metadata.slice(0, 50)}'.`,
    );
  }
  const streaming = parameters.get('odata.streaming') ?? parameters.get('streaming');
  return {
    media,
    metadata,
    streaming: streaming === undefined ? undefined : streaming.toLowerCase() === 'true',
    ieee754Compatible: parameters.get('ieee754compatible')?.toLowerCase() === 'true',
  };
}

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}

/** The `Content-Type` of a JSON answer. [OData-JSON 3] */
export function jsonContentType(format: Format): string {
  const streaming = format.streaming ?? true;
  return `application/json;odata.metadata=${format.metadata};odata.streaming=${String(streaming)};IEEE754Compatible=${String(format.ieee754Compatible)};charset=utf-8`;
}
