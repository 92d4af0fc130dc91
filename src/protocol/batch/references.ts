import { isJsonObject, JsonSyntaxError, parseJson, writeJson, type JsonValue } from '../../edm/index.js';
import { badRequest, failedDependency } from '../../error/index.js';

import { isSuccess, type WholeAnswer } from './batch-answer.js';
import type { BatchRequest } from './batch-request.js';
import { identifierKey, type BatchRules } from './batch-rules.js';
import { isJson, parseMediaType } from './media-type.js';
import { relativeUrl } from './relative-url.js';

/** What a `$` before it makes a resource of the service, not the identifier of a request. [OData-Protocol 11.7.4] */
const RESOURCES: ReadonlySet<string> = new Set(['batch', 'crossjoin', 'all', 'entity', 'root', 'id', 'metadata']);

interface Answered {
  readonly isSuccess: boolean;
  /** URL of the entity that the request was about, relative to the service root. */
  readonly entity: string | undefined;
  readonly etag: string | undefined;
}

/** What requests of a batch refer to as `$<id>`: entities and ETags of requests before them. [OData-Protocol 11.7.4, 11.7.5] */
export class References {
  readonly #rules: BatchRules;
  readonly #root: string;
  readonly #answered = new Map<string, Answered | undefined>();

  constructor(requests: readonly BatchRequest[], rules: BatchRules, root: string) {
    this.#rules = rules;
    this.#root = root;
    for (const { id } of requests) if (id !== undefined) this.#answered.set(identifierKey(id, rules), undefined);
  }

  /** Keeps what later requests may ask for. */
  record({ id, method, url }: BatchRequest, answer: WholeAnswer): void {
    if (id === undefined) return;
    const { headers } = answer;
    const named = valueOf(headers, 'location') ?? valueOf(headers, 'odata-entityid');
    const own = method === 'POST' || method === 'DELETE' ? undefined : url.replace(/\?.*$/s, '');
    const entity = named === undefined ? own : relativeUrl(named, this.#root);
    this.#answered.set(identifierKey(id, this.#rules), {
      isSuccess: isSuccess(answer),
      entity,
      etag: valueOf(headers, 'etag'),
    });
  }

  /** The request with its references replaced; 424 where one has failed, 400 where there is nothing to refer to. */
  resolve(request: BatchRequest): BatchRequest {
    const headers = new Map(request.headers);
    for (const name of ['if-match', 'if-none-match']) {
      const value = headers.get(name);
      if (value?.startsWith('$') === true) headers.set(name, this.#etag(value));
    }
    return {
      ...request,
      url: this.#replaced(relativeUrl(request.url, this.#root)),
      headers,
      body: this.#body(request.body, headers.get('content-type')),
    };
  }

  /** `$1/Orders` is `Customers('ALFKI')/Orders`; what refers to no request stays as it is. */
  #replaced(url: string): string {
    const [, id, rest = ''] = /^\/?(?:\$|%24)([^/?]+)(.*)$/s.exec(url) ?? [];
    const answered = id === undefined ? undefined : this.#find(decoded(id));
    if (answered === undefined) return url;
    if (answered.entity === undefined) throw badRequest(`'$${id!}' refers to a request that has led to no entity.`);
    return answered.entity + rest;
  }

  #etag(value: string): string {
    const etag = this.#find(value.slice(1))?.etag;
    if (etag === undefined) throw badRequest(`'${value.slice(0, 100)}' refers to no request that has led to an ETag.`);
    return etag;
  }

  #find(id: string): Answered | undefined {
    const key = identifierKey(id, this.#rules);
    if (RESOURCES.has(id) || !this.#answered.has(key)) return undefined;
    const answered = this.#answered.get(key);
    if (answered === undefined) throw badRequest(`'$${id}' refers to a request that does not stand before this one.`);
    if (!answered.isSuccess) throw failedDependency(`The request '${id}' that this one refers to has failed.`);
    return answered;
  }

  /** References stand where entities are named: `"manager@odata.bind": "$1"`, `{"@odata.id": "$1"}`. */
  #body(body: BatchRequest['body'], contentType: string | undefined): BatchRequest['body'] {
    if (body === undefined || this.#answered.size === 0 || !isJson(parseMediaType(contentType))) return body;
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    if (!/"\/?\$/.test(text)) return body;
    try {
      const json = parseJson(text);
      return this.#replaceIn(json) ? writeJson(json) : body;
    } catch (error) {
      if (error instanceof JsonSyntaxError) return body;
      throw error;
    }
  }

  /** Whether anything was replaced. */
  #replaceIn(json: JsonValue): boolean {
    let isChanged = false;
    if (Array.isArray(json)) {
      for (const item of json) isChanged = this.#replaceIn(item) || isChanged;
    } else if (isJsonObject(json)) {
      for (const [name, value] of Object.entries(json)) {
        const replaced = /(^@(odata\.)?id|@(odata\.)?bind)$/.test(name) ? this.#replacedIds(value) : value;
        if (replaced !== value) json[name] = replaced;
        isChanged = replaced !== value || this.#replaceIn(value) || isChanged;
      }
    }
    return isChanged;
  }

  #replacedIds(value: JsonValue): JsonValue {
    if (typeof value === 'string') return this.#replaced(value);
    if (!Array.isArray(value)) return value;
    const replaced = value.map((each) => (typeof each === 'string' ? this.#replaced(each) : each));
    return replaced.some((each, index) => each !== value[index]) ? replaced : value;
  }
}

function valueOf(headers: ReadonlyMap<string, string>, name: string): string | undefined {
  for (const [each, value] of headers) if (each.toLowerCase() === name) return value;
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
