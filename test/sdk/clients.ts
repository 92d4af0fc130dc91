import {
  AllowedHostsValidator,
  BaseBearerTokenAuthenticationProvider,
  type ErrorMappings,
} from '@microsoft/kiota-abstractions';
import { Client } from '@microsoft/microsoft-graph-client';
import { createGraphServiceClient, GraphRequestAdapter, type GraphServiceClient } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';

/** Both of Microsoft's clients for TypeScript, unmodified, for one service. */
export interface Clients {
  /** `@microsoft/msgraph-sdk` with its users package. */
  readonly sdk: GraphServiceClient;
  readonly adapter: GraphRequestAdapter;
  /** `@microsoft/microsoft-graph-client`. */
  readonly client: Client;
}

export const ERRORS: ErrorMappings = { XXX: createODataErrorFromDiscriminatorValue };

/** `origin` is `http://127.0.0.1:41234`, or `https://localhost:41234` behind a TLS terminator. */
export function clientsFor(origin: string): Clients {
  const { protocol, hostname } = new URL(origin);
  const tokens = {
    getAuthorizationToken: () => Promise.resolve('token'),
    getAllowedHostsValidator: () => new AllowedHostsValidator(new Set([hostname])),
  };
  const adapter = new GraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(tokens));
  adapter.baseUrl = `${origin}/v1.0`;
  const client = Client.initWithMiddleware({
    baseUrl: `${origin}/`,
    defaultVersion: 'v1.0',
    authProvider: { getAccessToken: () => Promise.resolve('token') },
    customHosts: new Set([hostname]),
    // Over plain http this client sends no token of its own.
    ...(protocol === 'http:' ? { fetchOptions: { headers: { authorization: 'Bearer token' } } } : {}),
  });
  return { sdk: createGraphServiceClient(adapter), adapter, client };
}
