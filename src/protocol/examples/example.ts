import { isJsonObject, parseJson, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, ServiceError } from '../../error/index.js';

/** A documented request and its answer. */
export interface Example {
  /** `beta`, `v1.0` */
  readonly version: string;
  readonly method: string;
  /** Below the version's root, with placeholders such as `{id}` as the documentation writes them. */
  readonly url: string;
  readonly response: ExampleResponse;
}

export interface ExampleResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  /** JSON, or text where the documentation shows no JSON. */
  readonly body: { readonly json: JsonValue } | { readonly text: string } | undefined;
}

/**
 * Reads one line of a file of examples: `{"version", "method", "url", "response": {"status", "headers", "body", "bodyRaw"}}`;
 * members beyond these are not looked at, but for `c.valueWrapped`, which says that the page wraps a single resource.
 */
export function readExample(line: string): Example {
  const json = parsed(line);
  if (!isJsonObject(json)) throw badRequest('an example must be a JSON object.');
  const version = text(json, 'version');
  const method = text(json, 'method');
  const url = text(json, 'url');
  if (!url.startsWith('/')) throw badRequest(`'url' must start with a slash, unlike '${url.slice(0, 100)}'.`);
  const response = json['response'];
  if (!isJsonObject(response)) throw badRequest("'response' must be a JSON object.");
  const classified = json['c'];
  const isWrapped = isJsonObject(classified ?? null) && (classified as JsonObject)['valueWrapped'] === true;
  return {
    version,
    method: method.toUpperCase(),
    url,
    response: {
      status: statusOf(response),
      contentType: contentTypeOf(response),
      body: bodyOf(response, isWrapped),
    },
  };
}

function parsed(line: string): JsonValue {
  try {
    return parseJson(line);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw badRequest(`the line is not JSON: ${(error as Error).message}`);
  }
}

function text(json: JsonObject, name: string): string {
  const value = json[name];
  if (typeof value !== 'string' || value === '') throw badRequest(`'${name}' must be a text.`);
  return value;
}

function statusOf({ status }: JsonObject): number {
  const number = Number(status);
  if (typeof status !== 'number' || !Number.isInteger(number) || number < 100 || number > 599)
    throw badRequest("'response.status' must be a status code.");
  return number;
}

function contentTypeOf({ headers }: JsonObject): string | undefined {
  if (headers === undefined) return undefined;
  if (!isJsonObject(headers)) throw badRequest("'response.headers' must be a JSON object.");
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return typeof entry?.[1] === 'string' && /^[\w.+-]+\/[\x20-\x7e]+$/.test(entry[1]) ? entry[1] : undefined;
}

function bodyOf({ body, bodyRaw }: JsonObject, isWrapped: boolean): ExampleResponse['body'] {
  if (body === undefined || body === null) return undefined;
  if (bodyRaw === true) return { text: String(body) };
  return { json: isWrapped && isJsonObject(body) ? unwrapped(body) : body };
}

/** `{"@odata.context": "…", "value": {"id": "1"}}` is `{"@odata.context": "…", "id": "1"}`. */
function unwrapped({ value, ...others }: JsonObject): JsonObject {
  return isJsonObject(value ?? null) ? { ...others, ...(value as JsonObject) } : { ...others, value: value ?? null };
}
