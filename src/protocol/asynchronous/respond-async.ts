import { methodNotAllowed, notFound } from '../../error/index.js';
import type { Space } from '../../store/index.js';
import { noContent } from '../answer.js';
import type { WholeAnswer } from '../batch/batch-answer.js';
import { writeAnswerMessage } from '../batch/http-message.js';
import { wholeAnswer } from '../batch/whole-answer.js';
import { readPreferences } from '../headers/preferences.js';
import { answerVersion } from '../headers/version.js';
import { readBytes } from '../payload/read-body.js';
import type { Profile } from '../profile.js';
import type { Middleware, ServiceRequest, ServiceResponse } from '../request.js';

import { cancellableSpace } from './cancellable-space.js';
import { Jobs, type Job } from './jobs.js';

/** `$` keeps the path from meaning anything in any schema. */
const MONITOR = /^(?:\$|%24)async\/jobs\/([\w-]+)$/i;
const RETRY_SECONDS = 1;
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

export interface AsynchronousParts {
  readonly profile: Profile;
  readonly space: Space;
  /** Milliseconds. */
  now(): number;
  /** Answers a request in a space. Never rejects. */
  answer(request: ServiceRequest, space: Space): Promise<ServiceResponse>;
  /** The answer that an error is. */
  refuse(error: unknown, request: ServiceRequest): ServiceResponse;
}

/**
 * The last stage before a request is answered: where the client prefers it, 202 with the URL of a status monitor while
 * the work goes on in this process. Status monitors themselves are answered here, too. [OData-Protocol 11.6, 8.2.8.8]
 */
export function respondAsync(parts: AsynchronousParts): Middleware {
  const jobs = new Jobs(parts.profile.limits, () => parts.now());
  return async (request, next) => {
    const id = MONITOR.exec(request.url.split('?', 1)[0]!)?.[1];
    if (id !== undefined) return monitor(id, request, jobs, parts);
    if (!prefersAsynchronous(request)) return next(request);
    const detached = await detach(request, parts.profile.limits.maxBody);
    const job = jobs.start((signal) => work({ ...detached, signal }, signal, parts));
    return job === undefined ? next({ ...detached, ...signalOf(request) }) : accepted(job, request, true);
  };
}

/** The service document, `$metadata` and `$batch` are always answered at once. */
function prefersAsynchronous({ method, url, headers }: ServiceRequest): boolean {
  const preference = readPreferences(headers.get('prefer')).get('respond-async');
  return (
    preference !== undefined &&
    preference !== 'false' &&
    METHODS.has(method) &&
    !/^\/*(?:$|\?|(?:\$|%24)(?:metadata|batch)(?:[/?(]|$))/i.test(url)
  );
}

/** The request with its whole body, since the connection it came by ends with the 202. */
async function detach(request: ServiceRequest, maxBody: number): Promise<ServiceRequest> {
  const bytes = await readBytes(request, maxBody);
  const headers = new Map(request.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  const { method, url, root, id } = request;
  return { method, url, root, headers, id, ...(bytes.length > 0 && { body: again(bytes) }) };
}

function signalOf({ signal }: ServiceRequest): Pick<ServiceRequest, 'signal'> {
  return signal === undefined ? {} : { signal };
}

function again(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      yield bytes;
    },
  };
}

async function work(request: ServiceRequest, signal: AbortSignal, parts: AsynchronousParts): Promise<WholeAnswer> {
  const response = await parts.answer(request, cancellableSpace(parts.space.bounded({ signal }), signal));
  try {
    return await wholeAnswer(response, request.method, { left: parts.profile.limits.maxBatchAnswer });
  } catch (error) {
    return wholeAnswer(parts.refuse(error, request), request.method, { left: Infinity });
  }
}

async function monitor(
  id: string,
  request: ServiceRequest,
  jobs: Jobs,
  { profile }: AsynchronousParts,
): Promise<ServiceResponse> {
  const job = jobs.find(id);
  if (job === undefined) throw notFound('There is no such asynchronous request, or its answer is no longer kept.');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return job.answer === undefined ? accepted(job, request, false) : finished(job.answer, request, profile);
    case 'DELETE':
      jobs.cancel(id);
      return noContent();
    default:
      throw methodNotAllowed('A status monitor can be read, or deleted to cancel the request.', [
        'GET',
        'HEAD',
        'DELETE',
      ]);
  }
}

function accepted({ id }: Job, { root }: ServiceRequest, isFirst: boolean): ServiceResponse {
  return {
    status: 202,
    headers: new Map([
      ['Location', `${root}/$async/jobs/${id}`],
      ['Retry-After', String(RETRY_SECONDS)],
      ...(isFirst ? [['Preference-Applied', 'respond-async'] as const] : []),
    ]),
  };
}

/** 200 with the result, whatever its own status; as `application/http` for clients that know only that way. */
function finished(answer: WholeAnswer, request: ServiceRequest, profile: Profile): ServiceResponse {
  if (wantsMessage(request)) {
    return {
      status: 200,
      headers: new Map([['Content-Type', 'application/http']]),
      body: writeAnswerMessage(answer),
    };
  }
  const headers = new Map(answer.headers);
  if (request.headers.has('odata-maxversion')) headers.delete('OData-Version');
  const version = headers.get('OData-Version') ?? answerVersion(request, profile.versions);
  if (profile.asyncResult.some((each) => each === version)) headers.set('AsyncResult', String(answer.status));
  return { status: 200, headers, ...(answer.body !== undefined && { body: answer.body }) };
}

function wantsMessage({ headers }: ServiceRequest): boolean {
  const accept = headers.get('accept');
  if (accept !== undefined) return /(^|,)\s*application\/http\s*(;|,|$)/i.test(accept);
  return headers.get('odata-maxversion')?.trim() === '4.0';
}
