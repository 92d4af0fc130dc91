import { methodNotAllowed, notFound } from '../../error/index.js';
import { follow, resultTarget, type OperationTarget, type Target } from '../../plan/index.js';
import { ANSWERED_BY } from '../answer.js';
import type { Example } from '../examples/example.js';
import type { Exchange } from '../exchange.js';
import { jsonOf, readBytes } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';
import { isStored } from '../row-kind.js';

import { callOperation, type Outcome } from './call-operation.js';
import type { Operation } from './operation.js';
import { exampleAnswer } from './example-answer.js';
import { givenBy, operationAnswer, refuseImpossible } from './operation-answer.js';
import { planContextOf } from '../plan-context.js';
import { readMembers } from './read-aggregated.js';
import { fileAnswer, isResultFile, withoutFileOptions } from './result-file.js';
import { refuseRestricted } from '../restrictions.js';
import { actionCall, functionCall } from './select-overload.js';

/** `GET` of a function; what the options say of its result is done as for any other resource. [OData-Protocol 11.5.4] */
export const invokeFunction: Operation<OperationTarget> = {
  options: readMembers.options,
  async run(exchange) {
    const { tree, parts } = exchange;
    const call = functionCall(exchange, withoutFileOptions(tree.options, parts.profile.files));
    const isFile = isResultFile(exchange, call.operation);
    if (!isFile) refuseImpossible(exchange, call.operation);
    const outcome = await callOperation(exchange, call);
    return isFile ? marked(fileAnswer(exchange, outcome), outcome) : answered(exchange, outcome);
  },
};

/** `POST` of an action; its parameters are in the body. [OData-Protocol 11.5.5] */
export const invokeAction: Operation<OperationTarget> = {
  options: ['format', 'select', 'expand'],
  async run(exchange) {
    const call = actionCall(exchange.target, await bodyOf(exchange));
    refuseImpossible(exchange, call.operation);
    return answered(exchange, await callOperation(exchange, call));
  },
};

/** A documented answer stands for one that nothing computed, where there is one. */
async function answered(exchange: Exchange<OperationTarget>, outcome: Outcome): Promise<ServiceResponse> {
  const example = outcome.isSample ? exampleOf(exchange, outcome) : undefined;
  if (example === undefined) return computedAnswer(exchange, outcome);
  const response = exampleAnswer(exchange, example);
  response.headers.set(ANSWERED_BY, 'example');
  return response;
}

async function computedAnswer(exchange: Exchange<OperationTarget>, outcome: Outcome): Promise<ServiceResponse> {
  const response = await operationAnswer(exchange, outcome);
  const status = exchange.parts.profile.actionStatus(outcome.operation) ?? response.status;
  return marked({ ...response, status }, outcome);
}

function exampleOf(exchange: Exchange<OperationTarget>, { operation }: Outcome): Example | undefined {
  const { parts, request, tree } = exchange;
  return parts.examples.find(request, tree.path, operation, planContextOf(exchange));
}

/** The parameters as JSON, or as the profile reads another content type. */
async function bodyOf({ request, target, parts: { profile } }: Exchange<OperationTarget>) {
  const bytes = await readBytes(request, profile.limits.maxBody);
  const contentType = request.headers.get('content-type') ?? '';
  for (const operation of target.overloads) {
    const parameters = profile.readParameters(operation, contentType, bytes);
    if (parameters !== undefined) return parameters;
  }
  return jsonOf(bytes, request);
}

/** Calls a function, and does with what its result leads to what is done with such a resource anywhere. [OData-URL 4.5.2] */
export function behindFunction(operation: Operation): Operation<OperationTarget> {
  return {
    options: operation.options,
    async run(exchange) {
      const { target, tree, request } = exchange;
      const call = functionCall(exchange);
      const outcome = await callOperation(exchange, call);
      if (isResultFile(exchange, call.operation)) return marked(fileAnswer(exchange, outcome), outcome);
      const context = planContextOf(exchange);
      const start = resultTarget(target, outcome.operation, givenBy(outcome), context);
      const next = follow(start, target.rest, context);
      refuseUnstored(outcome, next, request.method);
      refuseRestricted(next, request.method, tree.options, exchange.parts.profile);
      return marked(await operation.run({ ...exchange, target: next } as Exchange), outcome);
    },
  };
}

/** What is not stored can be read, and have operations; nothing can be written to it. */
function refuseUnstored({ operation, reference, rows }: Outcome, target: Target, method: string): void {
  if (reference?.type.kind !== 'entity') return;
  if (!reference.isCollection && rows.length === 0)
    throw notFound(`'${operation.name}' gives no entity, so that nothing can follow it.`);
  if (rows.every(isStored) || target.kind === 'action' || method === 'GET' || method === 'HEAD') return;
  throw methodNotAllowed(`What '${operation.name}' gives is not stored, so that nothing can be changed there.`, [
    'GET',
    'HEAD',
  ]);
}

/** Says that an answer was not computed. */
function marked(response: ServiceResponse, { isSample }: Outcome): ServiceResponse {
  if (isSample) response.headers.set(ANSWERED_BY, 'sample');
  return response;
}
