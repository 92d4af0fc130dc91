import { randomUUID } from 'node:crypto';

import { badRequest, failedDependency } from '../../error/index.js';
import type { Space } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceRequest } from '../request.js';

import { isFailure, isSuccess, type ChangeSetAnswer, type RequestAnswer, type StepAnswer } from './batch-answer.js';
import type { BatchRequest, BatchStep, ChangeSet } from './batch-request.js';
import { identifierKey } from './batch-rules.js';
import { innerHeaders } from './inner-headers.js';
import { References } from './references.js';
import { spaceOfUnit } from './unit-space.js';
import { wholeAnswer, type Room } from './whole-answer.js';

/**
 * Answers the requests of a batch one after another, in the order of the envelope, which satisfies every dependency:
 * the same batch has the same effect every time. Ends behind the first failure unless it is to go on.
 */
export async function runBatch(
  steps: readonly BatchStep[],
  exchange: Exchange,
  goesOn: boolean,
): Promise<readonly StepAnswer[]> {
  const run = new BatchRun(steps, exchange);
  const answers: StepAnswer[] = [];
  for (const step of steps) {
    const answer = step.kind === 'request' ? await run.request(step, exchange.space) : await run.changeSet(step);
    answers.push(answer);
    const hasFailed = answer.kind === 'request' ? isFailure(answer) : answer.failure !== undefined;
    if (hasFailed && !goesOn) break;
  }
  return answers;
}

class BatchRun {
  readonly #exchange: Exchange;
  readonly #references: References;
  readonly #room: Room;
  /** Identifiers of requests and change sets that have not succeeded. */
  readonly #failed = new Set<string>();

  constructor(steps: readonly BatchStep[], exchange: Exchange) {
    const { profile } = exchange.parts;
    const requests = steps.flatMap((step) => (step.kind === 'request' ? [step] : step.requests));
    this.#exchange = exchange;
    this.#references = new References(requests, profile.batch, exchange.request.root);
    this.#room = { left: profile.limits.maxBatchAnswer };
  }

  async request(request: BatchRequest, space: Space): Promise<RequestAnswer> {
    let resolved = request;
    let answer: RequestAnswer;
    try {
      if (request.refusal !== undefined) throw request.refusal;
      this.#checkDependencies(request);
      resolved = this.#references.resolve(request);
      if (/^\/*(?:\$|%24)batch(?:[/?]|$)/i.test(resolved.url)) throw badRequest('A batch must not contain a batch.');
      const inner = this.#innerRequest(resolved);
      const response = await this.#exchange.handle(inner, space);
      answer = { kind: 'request', request, ...(await wholeAnswer(response, inner.method, this.#room)) };
    } catch (error) {
      answer = await this.#refused(request, error);
    }
    this.#record(resolved, answer);
    return answer;
  }

  /** All in one transaction, which the first failure rolls back. [OData-Protocol 11.7.7.4] */
  async changeSet(changeSet: ChangeSet): Promise<ChangeSetAnswer> {
    let answers: RequestAnswer[] = [];
    try {
      await this.#exchange.space.write(async (unit) => {
        const { space, fault } = spaceOfUnit(unit);
        answers = [];
        for (const request of changeSet.requests) {
          const answer = await this.request(request, space);
          answers.push(answer);
          if (isFailure(answer)) throw fault() ?? ROLLED_BACK;
        }
      });
      return { kind: 'change set', changeSet, answers, failure: undefined };
    } catch (error) {
      return this.#failedChangeSet(changeSet, answers.find(isFailure), error);
    }
  }

  /** The failed request has its own answer, the others 424: nothing of them remains. [OData-JSON 19.6] */
  async #failedChangeSet(
    changeSet: ChangeSet,
    failure: RequestAnswer | undefined,
    error: unknown,
  ): Promise<ChangeSetAnswer> {
    const answers: RequestAnswer[] = [];
    for (const request of changeSet.requests) {
      const reason =
        failure === undefined
          ? error
          : failedDependency('Nothing of this request remains, since another one of its group failed.');
      const answer = request === failure?.request ? failure : await this.#refused(request, reason);
      this.#record(request, answer);
      answers.push(answer);
    }
    this.#failed.add(identifierKey(changeSet.name, this.#exchange.parts.profile.batch));
    return { kind: 'change set', changeSet, answers, failure: failure ?? answers[0] };
  }

  #checkDependencies({ dependsOn }: BatchRequest): void {
    const rules = this.#exchange.parts.profile.batch;
    const failed = dependsOn.find((id) => this.#failed.has(identifierKey(id, rules)));
    if (failed !== undefined) throw failedDependency(`'${failed}', which this request depends on, has failed.`);
  }

  #record(request: BatchRequest, answer: RequestAnswer): void {
    this.#references.record(request, answer);
    if (request.id === undefined) return;
    const key = identifierKey(request.id, this.#exchange.parts.profile.batch);
    if (isSuccess(answer)) this.#failed.delete(key);
    else this.#failed.add(key);
  }

  #innerRequest({ method, url, headers, body }: BatchRequest): ServiceRequest {
    const { request, parts } = this.#exchange;
    return {
      method,
      url,
      root: request.root,
      headers: innerHeaders(headers, request.headers, parts.profile.batch),
      ...(body !== undefined && { body: typeof body === 'string' ? body : once(body) }),
      ...(request.signal !== undefined && { signal: request.signal }),
      id: randomUUID(),
    };
  }

  async #refused(request: BatchRequest, error: unknown): Promise<RequestAnswer> {
    const response = this.#exchange.refuse(error, this.#innerRequest(request));
    return { kind: 'request', request, ...(await wholeAnswer(response, request.method, { left: Infinity })) };
  }
}

/** Ends a transaction whose failure is already known. */
const ROLLED_BACK = new Error('rolled back');

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
