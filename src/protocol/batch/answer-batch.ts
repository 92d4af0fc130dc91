import { unsupportedMediaType } from '../../error/index.js';
import type { Exchange } from '../exchange.js';
import { negotiate, type Media } from '../headers/accept.js';
import { answerVersion } from '../headers/version.js';
import type { Operation } from '../operations/operation.js';
import { readBytes, readJson } from '../payload/read-body.js';
import type { ServiceResponse } from '../request.js';

import type { StepAnswer } from './batch-answer.js';
import type { BatchStep } from './batch-request.js';
import { parseMediaType } from './media-type.js';
import { readJsonBatch } from './read-json-batch.js';
import { readMultipart } from './read-multipart.js';
import { runBatch } from './run-batch.js';
import { writeJsonBatch } from './write-json-batch.js';
import { writeMultipart } from './write-multipart.js';

/** `POST /$batch`: many requests in one, in JSON or as multipart/mixed, and so the answer. [OData-Protocol 11.7, OData-JSON 19] */
export const answerBatch: Operation = {
  options: ['format'],
  async run(exchange) {
    const { request, preferences } = exchange;
    const media = mediaOf(request.headers.get('content-type'));
    const steps = await readEnvelope(exchange, media);
    const preference = preferences.get('continue-on-error');
    const goesOn =
      preference === undefined
        ? media === 'application/json' || exchange.parts.profile.batch.multipartGoesOn
        : preference !== 'false';
    const response = written(await runBatch(steps, exchange, goesOn), exchange, media);
    if (preference !== undefined) {
      const prefix = answerVersion(request, exchange.parts.profile.versions) === '4.0' ? 'odata.' : '';
      response.headers.set('Preference-Applied', `${prefix}continue-on-error=${String(goesOn)}`);
    }
    return response;
  },
};

function mediaOf(contentType: string | undefined): Media {
  const { type } = parseMediaType(contentType);
  if (type === 'application/json' || type === 'multipart/mixed') return type;
  throw unsupportedMediaType(
    `The Content-Type of a batch must be application/json or multipart/mixed, not '${type.slice(0, 100)}'.`,
  );
}

async function readEnvelope({ request, parts }: Exchange, media: Media): Promise<BatchStep[]> {
  const { limits, batch } = parts.profile;
  if (media === 'application/json')
    return readJsonBatch(await readJson(request, limits.maxBody), batch, limits.maxBatch);
  const bytes = Buffer.from(await readBytes(request, limits.maxBody));
  return readMultipart(bytes, request.headers.get('content-type')!, batch, limits.maxBatch);
}

/** In the format that the client accepts; the batch's own where it does not mind. [OData-Protocol 11.7.1] */
function written(answers: readonly StepAnswer[], exchange: Exchange, media: Media): ServiceResponse {
  const { request, tree, parts } = exchange;
  const offered: readonly Media[] =
    media === 'application/json' ? ['application/json', 'multipart/mixed'] : ['multipart/mixed', 'application/json'];
  const format = negotiate(request.headers.get('accept'), tree.options.format?.value, offered);
  if (format.media === 'application/json') {
    const body = writeJsonBatch(answers, parts.profile.batch);
    return { status: 200, headers: new Map([['Content-Type', 'application/json']]), body };
  }
  const boundary = `batch_${request.id}`;
  return {
    status: 200,
    headers: new Map([['Content-Type', `multipart/mixed; boundary=${boundary}`]]),
    body: writeMultipart(answers, boundary, parts.profile.batch),
  };
}
