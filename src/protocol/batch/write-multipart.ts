import type { ChangeSetAnswer, RequestAnswer, StepAnswer } from './batch-answer.js';
import type { BatchRules } from './batch-rules.js';
import { writeAnswerMessage } from './http-message.js';

const LINE_BREAK = '\r\n';

/** The answer to a batch as `multipart/mixed`, with the same parts as the batch. [OData-Protocol 11.7.7.5] */
export function writeMultipart(steps: readonly StepAnswer[], boundary: string, rules: BatchRules): Buffer {
  const parts = steps.map((step, index) => {
    if (step.kind === 'request') return requestPart(step);
    if (step.failure !== undefined && rules.failedChangeSet === 'single') return requestPart(step.failure);
    return changeSetPart(step, `changeset_${boundary}_${String(index)}`);
  });
  return joined(parts, boundary);
}

function changeSetPart({ answers }: ChangeSetAnswer, boundary: string): Buffer {
  const head = `Content-Type: multipart/mixed; boundary=${boundary}${LINE_BREAK}${LINE_BREAK}`;
  return Buffer.concat([Buffer.from(head), joined(answers.map(requestPart), boundary)]);
}

function requestPart(answer: RequestAnswer): Buffer {
  const { id } = answer.request;
  const head = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(id === undefined ? [] : [`Content-ID: ${id}`]),
    '',
    '',
  ].join(LINE_BREAK);
  return Buffer.concat([Buffer.from(head), writeAnswerMessage(answer)]);
}

function joined(parts: readonly Buffer[], boundary: string): Buffer {
  const opening = Buffer.from(`--${boundary}${LINE_BREAK}`);
  const end = Buffer.from(LINE_BREAK);
  return Buffer.concat([...parts.flatMap((part) => [opening, part, end]), Buffer.from(`--${boundary}--${LINE_BREAK}`)]);
}
