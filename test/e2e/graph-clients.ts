import { expect } from '@jest/globals';
import { Client, GraphError } from '@microsoft/microsoft-graph-client';

/** The unmodified client. Over plain http it sends a token only in a header that it does not know by this spelling. */
export function graphClient(
  origin: string,
  headers: Record<string, string> = { authorization: 'Bearer token' },
): Client {
  return Client.initWithMiddleware({
    baseUrl: `${origin}/`,
    defaultVersion: 'beta',
    authProvider: { getAccessToken: () => Promise.resolve('token') },
    fetchOptions: { headers },
  });
}

/** The error that a request of the client ends in. */
export async function failure(sent: Promise<unknown>): Promise<GraphError> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GraphError);
  return error as GraphError;
}
