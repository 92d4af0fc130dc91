import { isJsonObject, writeJson, type JsonObject, type JsonValue } from '../../edm/index.js';
import { failedDependency } from '../../error/index.js';

import type { BatchRequest, BatchStep } from './batch-request.js';
import type { BatchRules } from './batch-rules.js';
import { isHeaderName, isHeaderValue } from './headers.js';
import { Identifiers, malformed } from './identifiers.js';
import { isJson, parseMediaType } from './media-type.js';
import { tooManyRequestsInBatch } from './multipart.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Reads the body of a JSON batch; 400 with the place, such as `requests/2/dependsOn`, where it is malformed. [OData-JSON 19.1] */
export function readJsonBatch(json: JsonValue | undefined, rules: BatchRules, most: number): BatchStep[] {
  const items = isJsonObject(json) ? json['requests'] : undefined;
  if (!Array.isArray(items)) throw malformed('requests', 'A batch is an object with an array of requests');
  if (items.length > most) throw tooManyRequestsInBatch(most);
  const identifiers = new Identifiers(rules);
  const steps: BatchStep[] = [];
  let open: { readonly name: string; readonly requests: BatchRequest[] } | undefined;
  for (const [index, item] of items.entries()) {
    const place = `requests/${String(index)}`;
    if (!isJsonObject(item)) throw malformed(place, 'A request must be an object');
    const group = item['atomicityGroup'] ?? undefined;
    if (group === undefined) {
      open = undefined;
    } else if (group !== open?.name) {
      open = { name: identifiers.declare(group, 'group', `${place}/atomicityGroup`), requests: [] };
      steps.push({ kind: 'change set', ...open });
    }
    (open?.requests ?? steps).push(readRequest(item, place, open?.name, identifiers));
  }
  return steps;
}

function readRequest(
  item: JsonObject,
  place: string,
  group: string | undefined,
  identifiers: Identifiers,
): BatchRequest {
  const dependsOn = readDependencies(item['dependsOn'], `${place}/dependsOn`, group, identifiers);
  const id = identifiers.declare(item['id'], 'request', `${place}/id`);
  const method = typeof item['method'] === 'string' ? item['method'].toUpperCase() : '';
  if (!METHODS.has(method))
    throw malformed(`${place}/method`, `The method must be one of ${[...METHODS].join(', ').toLowerCase()}`);
  const url = item['url'];
  if (typeof url !== 'string') throw malformed(`${place}/url`, 'The url must be a string');
  const headers = readHeaders(item['headers'], `${place}/headers`);
  const body = readBody(item['body'], method, headers, `${place}/body`);
  return {
    kind: 'request',
    id,
    method,
    url,
    headers,
    body,
    dependsOn,
    ...(item['if'] !== undefined && { refusal: failedDependency('Conditions of requests (if) are not supported.') }),
  };
}

/** Identifiers of requests and groups before this one. */
function readDependencies(
  json: JsonValue | undefined,
  place: string,
  group: string | undefined,
  identifiers: Identifiers,
): string[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) throw malformed(place, 'What a request depends on must be an array of identifiers');
  return json.map((id, index) => {
    if (typeof id === 'string' && id !== group && identifiers.has(id)) return id;
    const written = typeof id === 'string' ? `'${id.slice(0, 100)}'` : 'This';
    throw malformed(`${place}/${String(index)}`, `${written} is no identifier of a request or group before this one`);
  });
}

/** Names in any case, though they should be in lower case; each once. */
function readHeaders(json: JsonValue | undefined, place: string): Map<string, string> {
  const headers = new Map<string, string>();
  if (json === undefined || json === null) return headers;
  if (!isJsonObject(json)) throw malformed(place, 'The headers must be an object');
  for (const [name, value] of Object.entries(json)) {
    const key = name.toLowerCase();
    if (typeof value !== 'string' || !isHeaderName(key) || !isHeaderValue(value))
      throw malformed(`${place}/${name.slice(0, 100)}`, 'This is not a header with a string as its value');
    if (headers.has(key)) throw malformed(`${place}/${name.slice(0, 100)}`, 'A header must not be given twice');
    headers.set(key, value.trim());
  }
  return headers;
}

/** JSON as it is, text as a string, all else in base64url; JSON unless the headers say otherwise. */
function readBody(
  json: JsonValue | undefined,
  method: string,
  headers: Map<string, string>,
  place: string,
): BatchRequest['body'] {
  headers.delete('content-length');
  if (json === undefined || json === null) return undefined;
  if (method === 'GET' || method === 'DELETE')
    throw malformed(place, `A request with the method ${method} has no body`);
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  const media = parseMediaType(headers.get('content-type'));
  if (isJson(media)) return writeJson(json);
  if (typeof json !== 'string')
    throw malformed(place, `A body of the type ${media.type.slice(0, 50)} must be a string`);
  if (media.type.startsWith('text/')) return json;
  if (!/^[\w+/-]*={0,2}$/.test(json)) throw malformed(place, 'The body must be text in base64url');
  return Buffer.from(json, 'base64url');
}
