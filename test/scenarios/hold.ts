import { expect } from '@jest/globals';

import { matched, withVariables, type Exchange, type Variables } from './scenario.js';

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

/** Sends the exchanges of a file to a service, one after another, and holds its answers to those of the file. */
export function holder(service: ScenarioService, root: string): (exchange: Exchange) => Promise<void> {
  const variables: Variables = new Map([['root', root]]);
  return async ({ method, headers, status, answeredHeaders, answer, ...exchange }) => {
    const url = withVariables(exchange.url, variables).replace(`${root}/`, '');
    const body = exchange.body === undefined ? {} : { body: withVariables(exchange.body, variables) };
    const answered = await service.send(method, url, { headers, ...body });
    expect([status, answered.text]).toEqual([answered.status, answered.text]);
    const filled = Object.entries(answeredHeaders).map(([name, value]) => [name, withVariables(value, variables)]);
    expect(Object.fromEntries(answered.headers)).toMatchObject(Object.fromEntries(filled));
    if (answer === undefined) return;
    if (!answer.startsWith('{')) expect(answered.text).toBe(withVariables(answer, variables));
    else expect(answered.json).toEqual(matched(JSON.parse(answer), answered.json, variables));
  };
}
