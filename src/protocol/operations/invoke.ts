import { entityOf, type Entity, type OperationEvent, type OperationResult } from '../../behavior/index.js';
import { parseJson, type JsonValue, type Operation as EdmOperation } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';
import { planCall, type CallPlan, type OperationTarget } from '../../plan/index.js';
import type { Unit } from '../../store/index.js';
import { exampleAnswer } from '../examples/examples.js';
import type { Exchange, ServiceParts } from '../exchange.js';
import { checkConditions } from '../headers/etag.js';
import { jsonOf, readBytes } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';
import { writeContext } from '../writes/write-context.js';

import { locate } from './locate.js';
import { locateStored } from './materialize.js';
import type { Operation } from './operation.js';
import { planContextOf } from './plan-context.js';
import { operationAnswer } from './operation-answer.js';
import { isReportFile, reportAnswer, withoutDownload } from './report-file.js';
import { sampleResult } from './sample-result.js';
import { actionCall, functionCall, type Call } from './select-overload.js';

/** `GET` of a function. [OData-Protocol 11.5.4] */
export const invokeFunction: Operation<OperationTarget> = {
  options: ['format', 'select', 'expand', 'filter', 'orderby', 'top', 'skip', 'count'],
  async run(exchange) {
    const { target, tree, parts } = exchange;
    return invoke(exchange, functionCall(target, withoutDownload(tree.options), parts.profile.limits));
  },
};

/** `POST` of an action; its parameters are in the body. [OData-Protocol 11.5.5] */
export const invokeAction: Operation<OperationTarget> = {
  options: ['format', 'select', 'expand'],
  async run(exchange) {
    return invoke(exchange, actionCall(exchange.target, await bodyOf(exchange)));
  },
};

async function invoke(exchange: Exchange<OperationTarget>, { operation, parameters }: Call): Promise<ServiceResponse> {
  const { parts, space, target } = exchange;
  const isFile = isReportFile(exchange, operation);
  if (target.rest.length > 0 && !isFile)
    throw notImplemented(`Composing a path with the function '${operation.name}' is not supported.`);
  const { values } = parts.validator.readParameters(operation, parameters);
  const { result, isSample } = await space.write((unit) =>
    run(exchange, operation, new Map(Object.entries(values)), unit),
  );
  const example = isSample && !isFile ? parts.examples.find(exchange, operation) : undefined;
  if (example !== undefined) return marked(exampleAnswer(exchange, example), 'example');
  const response = isFile
    ? reportAnswer(exchange, operation, result)
    : operationAnswer(exchange, operation, result, isSample);
  return isSample ? marked(response, 'sample') : response;
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

/** Says that an answer was not computed. */
function marked(response: ServiceResponse, source: 'sample' | 'example'): ServiceResponse {
  response.headers.set('x-mockgraph-answer', source);
  return response;
}

interface Outcome {
  readonly result: OperationResult;
  readonly isSample: boolean;
}

/** The chain of behaviours within one transaction; at its end is what the profile does about operations without one. */
async function run(
  exchange: Exchange<OperationTarget>,
  operation: EdmOperation,
  parameters: ReadonlyMap<string, JsonValue>,
  unit: Unit,
): Promise<Outcome> {
  const { parts, target } = exchange;
  const { binding } = target;
  const row = binding?.kind === 'entity' ? await locate(binding, unit, parts) : undefined;
  if (row !== undefined && operation.kind === 'action') checkConditions(exchange.request, row);
  const event: OperationEvent = {
    kind: operation.kind,
    operation,
    binding: row === undefined ? undefined : entityOf(row),
    collection:
      binding?.kind === 'collection'
        ? binding.collection
        : binding?.kind === 'entity'
          ? binding.address?.collection
          : undefined,
    parameters,
    ...writeContext(exchange, unit).surroundings,
  };
  let isSample = false;
  const result = await parts.behaviors.runForOperation<OperationEvent, OperationResult>(
    operation.kind,
    operation.qualifiedName,
    event,
    async () => {
      const plan = planCall(operation, binding, parameters, planContextOf(exchange));
      if (plan !== undefined) {
        await locateBinding(binding, unit, parts);
        return resultOf(plan, unit, operation);
      }
      if (parts.profile.unhandledOperation === 'not-implemented') {
        throw notImplemented(
          `The ${operation.kind} '${operation.qualifiedName}' is declared, but nothing implements it.`,
        );
      }
      isSample = true;
      return sampleResult(event, parts);
    },
  );
  return { result, isSample };
}

/** What an expression starts from must exist, and have a row to be read from. */
async function locateBinding(binding: OperationTarget['binding'], unit: Unit, parts: ServiceParts): Promise<void> {
  if (binding?.kind === 'property') await locateStored(binding.of, unit, parts);
  else if (binding?.kind === 'entity' && binding.isImplied) await locateStored(binding, unit, parts);
}

/** What a function gives that means an expression. */
async function resultOf(call: CallPlan, unit: Unit, { returnType }: EdmOperation): Promise<OperationResult> {
  switch (call.kind) {
    case 'value':
      return unit.evaluate(call.expression);
    case 'json': {
      const value = await unit.evaluate(call.expression);
      return value === null ? value : parseJson(String(value));
    }
    case 'entities': {
      const entities: Entity[] = [];
      for await (const row of unit.read(call.plan)) entities.push(entityOf(row));
      return returnType?.isCollection === true ? entities : entities[0];
    }
  }
}
