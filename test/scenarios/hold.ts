import { expect } from '@jest/globals';

import { matched, matchedText, withVariables, type Exchange, type Variables } from './scenario.js';

/** A service as far as scenarios need one. */
export interface ScenarioService {
  send(
    method: string,
    url: string,
    sent: { readonly headers: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<{
    readonly status: number;
    readonly headers: ReadonlyMap<string, string>;
    readonly text: string;
    readonly json: unknown;
  }>;
}

type Answer = Awaited<ReturnType<ScenarioService['send']>>;

/** Sends the exchanges of a file to a service, one after another, and holds its answers to those of the file. */
export function holder(service: ScenarioService, root: string): (exchange: Exchange) => Promise<void> {
  const variables: Variables = new Map([['root', root]]);
  return async (exchange) => {
    const { status, answeredHeaders, answer } = exchange;
    const answered = await answerTo(exchange, service, variables);
    expect([status, answered.text]).toEqual([answered.status, answered.text]);
    const headers = Object.fromEntries(answered.headers);
    expect(headers).toMatchObject(matched(answeredHeaders, headers, variables) as object);
    if (answer === undefined) return;
    const text = answered.text.replaceAll('\r\n', '\n').trim();
    if (!answer.startsWith('{')) expect(text).toBe(matchedText(answer, text, variables));
    else expect(answered.json).toEqual(matched(JSON.parse(answer), answered.json, variables));
  };
}

/** What is still under way is asked for again, where the scenario expects it to be done. */
async function answerTo(exchange: Exchange, service: ScenarioService, variables: Variables): Promise<Answer> {
  const url = withVariables(exchange.url, variables).replace(`${variables.get('root')!}/`, '');
  const headers = Object.entries(exchange.headers).map(([name, value]) => [name, withVariables(value, variables)]);
  const sent = {
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(exchange.body === undefined ? {} : { body: withVariables(exchange.body, variables) }),
  };
  for (;;) {
    const answered = await service.send(exchange.method, url, sent);
    if (answered.status !== 202 || exchange.status === 202) return answered;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
