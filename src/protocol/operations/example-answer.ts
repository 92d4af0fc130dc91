import { isJsonObject, writeJson, type JsonValue } from '../../edm/index.js';
import type { OperationTarget } from '../../plan/index.js';
import type { Example } from '../examples/example.js';
import type { Exchange } from '../exchange.js';
import { jsonContentType } from '../headers/accept.js';
import type { ServiceResponse } from '../request.js';

/** The answer as documented; a context of another host is that of this service. */
export function exampleAnswer(exchange: Exchange<OperationTarget>, { response }: Example): ServiceResponse {
  const { status, contentType, body } = response;
  if (body === undefined || status === 204) return { status, headers: new Map() };
  if ('text' in body)
    return { status, headers: new Map([['Content-Type', contentType ?? 'text/plain']]), body: body.text };
  return {
    status,
    headers: new Map([['Content-Type', jsonContentType(exchange.format)]]),
    body: writeJson(withOwnContext(body.json, exchange)),
  };
}

const CONTEXT = '@odata.context';

function withOwnContext(json: JsonValue, exchange: Exchange<OperationTarget>): JsonValue {
  if (!isJsonObject(json)) return json;
  const { [CONTEXT]: context, ...others } = json;
  if (typeof context !== 'string') return json;
  const fragment = /\$metadata#(.*)$/s.exec(context)?.[1];
  if (fragment === undefined || exchange.format.metadata === 'none') return others;
  return { [CONTEXT]: `${exchange.request.root}/$metadata#${fragment}`, ...others };
}
