import type { RequestAnswer, StepAnswer } from './batch-answer.js';
import type { BatchRules } from './batch-rules.js';
import { isJson, parseMediaType } from './media-type.js';

/** The answer to a batch as JSON, one object for each request. [OData-JSON 19.6] */
export function writeJsonBatch(steps: readonly StepAnswer[], rules: BatchRules): string {
  const responses = steps.flatMap((step) =>
    step.kind === 'request'
      ? [responseObject(step, undefined, rules)]
      : step.answers.map((answer) => responseObject(answer, step.changeSet.name, rules)),
  );
  return `{"responses":[${responses.join(',')}]}`;
}

function responseObject(answer: RequestAnswer, group: string | undefined, rules: BatchRules): string {
  const { request, status, headers, body } = answer;
  const members: string[] = [];
  if (request.id !== undefined) members.push(`"id":${JSON.stringify(request.id)}`);
  if (group !== undefined) members.push(`"atomicityGroup":${JSON.stringify(group)}`);
  members.push(`"status":${String(status)}`);
  if (headers.size > 0 && (status !== 204 || rules.noContentHasHeaders))
    members.push(`"headers":${JSON.stringify(headerObject(headers, rules))}`);
  if (body !== undefined && body.length > 0) members.push(`"body":${bodyValue(headers, Buffer.from(body), rules)}`);
  return `{${members.join(',')}}`;
}

function headerObject(headers: RequestAnswer['headers'], { headerNames }: BatchRules): Record<string, string> {
  const entries = [...headers].map(([name, value]) => [
    headerNames === 'lower-case' ? name.toLowerCase() : name,
    value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** JSON as it is, text as a string, all else in base64url. */
function bodyValue(headers: RequestAnswer['headers'], body: Buffer, { binaryBodies }: BatchRules): string {
  const contentType = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const media = parseMediaType(contentType);
  if (isJson(media)) return body.toString('utf8');
  return JSON.stringify(body.toString(media.type.startsWith('text/') ? 'utf8' : binaryBodies));
}
