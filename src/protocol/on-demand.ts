import { isJsonObject, JsonSyntaxError, parseJson } from '../edm/index.js';
import { hasStatus } from '../error/index.js';
import { wholeRows, type CollectionTarget, type EntityTarget, type Target } from '../plan/index.js';
import type { Reader } from '../store/index.js';

import { ANSWERED_BY } from './answer.js';
import { spaceOfUnit } from './batch/unit-space.js';
import { wholeAnswer } from './batch/whole-answer.js';
import type { Exchange, ServiceParts } from './exchange.js';
import { locate } from './locate.js';
import type { Maker, Making } from './maker.js';
import { rawBytes } from './payload/read-body.js';
import type { ServiceResponse } from './request.js';

type Answer = (exchange: Exchange) => Promise<ServiceResponse>;

/** What a request needs to be there. */
interface Needs {
  /** The entity that it names, or that what it names belongs to. */
  readonly named: EntityTarget | undefined;
  /** What it shows the entities of, and may show one of although nobody made any. */
  readonly shown: CollectionTarget | EntityTarget | undefined;
}

/**
 * Answers a request of a service in which what is named comes into being: what is missing is made in the transaction of
 * the answer, so that nothing of it remains where the request is refused.
 */
export async function onDemand(exchange: Exchange, maker: Maker, answer: Answer): Promise<ServiceResponse> {
  const making: Making = { maker, isMade: false };
  const { method } = exchange.request;
  // To ask which methods there are is to ask about no entity.
  const needs = method === 'OPTIONS' ? NOTHING : needsOf(exchange.target, method);
  const asked = { ...exchange, making };
  const response = (await lacks(needs, exchange.space, exchange.parts))
    ? await answerWith(needs, asked, making, answer)
    : await answer(asked);
  if (making.isMade && !response.headers.has(ANSWERED_BY)) response.headers.set(ANSWERED_BY, 'sample');
  return response;
}

async function answerWith(
  { named, shown }: Needs,
  exchange: Exchange,
  making: Making,
  answer: Answer,
): Promise<ServiceResponse> {
  const { request, space: outer, parts } = exchange;
  const { limits } = parts.profile;
  const bytes = request.body === undefined ? undefined : await rawBytes(request, limits.maxBody);
  const typeName = named === exchange.target ? typeNamedIn(bytes) : undefined;
  return outer.write(async (unit) => {
    const { space, fault } = spaceOfUnit(unit);
    const { maker } = making;
    const found = [named && (await maker.make(named, unit, typeName)), shown && (await maker.makeFirst(shown, unit))];
    making.isMade = found.some((each) => each?.isNew === true);
    try {
      const asked = { ...request, ...(bytes === undefined ? {} : { body: once(bytes) }) };
      const { status, headers, body } = await wholeAnswer(
        await answer({ ...exchange, request: asked, space }),
        request.method,
        { left: limits.maxBatchAnswer },
      );
      return { status, headers: new Map(headers), ...(body === undefined ? {} : { body }) };
    } catch (error) {
      throw fault() ?? error;
    }
  });
}

/** The type that a payload names for its entity; what is no such payload is for the operation to refuse. */
function typeNamedIn(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  try {
    const json = parseJson(Buffer.from(bytes).toString('utf8'));
    const name = isJsonObject(json) ? (json['@odata.type'] ?? json['@type']) : undefined;
    return typeof name === 'string' ? name : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function lacks({ named, shown }: Needs, reader: Reader, parts: ServiceParts): Promise<boolean> {
  if (named !== undefined && !(await isThere(named, reader, parts))) return true;
  return shown !== undefined && (await reader.first(wholeRows(shown.declaredType, shown.source))) === undefined;
}

async function isThere(target: EntityTarget, reader: Reader, parts: ServiceParts): Promise<boolean> {
  try {
    await locate(target, reader, parts);
    return true;
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    return false;
  }
}

function needsOf(target: Target, method: string): Needs {
  const isRead = method === 'GET' || method === 'HEAD';
  switch (target.kind) {
    case 'entity':
      return isKeyed(target) ? { named: target, shown: undefined } : needsBehind(target, isRead);
    case 'collection':
      return needsBehind(target, isRead);
    case 'property':
    case 'media':
      return needsOf(target.of, method);
    case 'value':
      return needsOf(target.of.of, method);
    case 'count':
    case 'reference':
      return needsOf(target.of, method);
    case 'delta':
      return needsBehind(target.of, isRead);
    case 'action':
    case 'function':
      return target.binding === undefined ? NOTHING : needsOf(target.binding, 'POST');
    default:
      return NOTHING;
  }
}

const NOTHING: Needs = { named: undefined, shown: undefined };

/** Whether a path calls an entity by more than the property that leads to it, or it is there anyway. */
function isKeyed({ within, isImplied, isSingleton }: EntityTarget): boolean {
  return within !== undefined || isImplied || isSingleton;
}

function needsBehind(target: CollectionTarget | EntityTarget, isRead: boolean): Needs {
  return { named: target.via?.parent, shown: isRead ? target : undefined };
}
