import { expect } from '@jest/globals';

import type { Answer } from './send.js';

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every error has this form, whatever went wrong; returns its message. [Graph: Error responses] */
export function expectError({ status, headers, text }: Omit<Answer, 'json'>, expected: number, code: string): string {
  expect([status, text]).toEqual([expected, expect.stringMatching(/^\{"error":\{"code":/)]);
  expect(headers['content-type']).toBe('application/json');
  expect(text).not.toMatch(/\\n +at |node_modules|<html/i);
  const { error } = JSON.parse(text) as { error: { message: string } };
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching(/\w\w/),
    innerError: {
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': expect.stringMatching(GUID),
      'client-request-id': expect.any(String),
    },
  });
  return error.message;
}

/** The same with the headers of an answer that a service gave. */
export async function refused(sent: Promise<Answer>, status: number, code: string) {
  const answer = await sent;
  const message = expectError(answer, status, code);
  expect(answer.headers).toMatchObject({
    'request-id': answer.json.error.innerError['request-id'],
    'odata-version': '4.0',
  });
  return { message, headers: answer.headers };
}
