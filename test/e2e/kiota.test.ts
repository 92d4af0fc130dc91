import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  BaseBearerTokenAuthenticationProvider,
  AllowedHostsValidator,
  HttpMethod,
  ParseNodeFactoryRegistry,
  RequestInformation,
  SerializationWriterFactoryRegistry,
  type ErrorMappings,
} from '@microsoft/kiota-abstractions';
import { FetchRequestAdapter } from '@microsoft/kiota-http-fetchlibrary';
import { JsonParseNodeFactory, JsonSerializationWriterFactory } from '@microsoft/kiota-serialization-json';
import {
  createRemoteActionAuditCollectionResponseFromDiscriminatorValue,
  createRemoteActionAuditFromDiscriminatorValue,
  serializeRemoteActionAudit,
  type RemoteActionAudit,
  type RemoteActionAuditCollectionResponse,
} from '@microsoft/msgraph-beta-sdk/models/index.js';
import {
  createODataErrorFromDiscriminatorValue,
  type ODataError,
} from '@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js';

import { useService } from './start-service.js';

const service = useService();
const ERRORS: ErrorMappings = { XXX: createODataErrorFromDiscriminatorValue };
const AUDIT: RemoteActionAudit = {
  odataType: '#microsoft.graph.remoteActionAudit',
  deviceDisplayName: 'Device Display Name value',
  action: 'factoryReset',
  requestDateTime: new Date('2017-01-01T08:03:07.158Z'),
  actionState: 'pending',
  deviceActionCategory: 'bulk',
};

const { odataType: _, ...MEMBERS } = AUDIT;

/** What the SDK's generator writes for `deviceManagement/remoteActionAudits`; its package is not published yet. */
class RemoteActionAudits {
  readonly #adapter: FetchRequestAdapter;

  constructor(adapter: FetchRequestAdapter) {
    this.#adapter = adapter;
  }

  #request(method: HttpMethod, id?: string, query: Record<string, string | number> = {}, body?: RemoteActionAudit) {
    const template =
      id === undefined
        ? '{+baseurl}/deviceManagement/remoteActionAudits{?%24top,%24skiptoken}'
        : '{+baseurl}/deviceManagement/remoteActionAudits/{remoteActionAudit%2Did}';
    const request = new RequestInformation(method, template, {
      baseurl: this.#adapter.baseUrl,
      ...(id === undefined ? {} : { 'remoteActionAudit%2Did': id }),
    });
    Object.assign(request.queryParameters, query);
    request.headers.tryAdd('Accept', 'application/json');
    if (body !== undefined)
      request.setContentFromParsable(this.#adapter, 'application/json', body, serializeRemoteActionAudit);
    return request;
  }

  list(query: Record<string, string | number> = {}) {
    return this.#page(this.#request(HttpMethod.GET, undefined, query));
  }

  follow(nextLink: string) {
    const request = new RequestInformation(HttpMethod.GET);
    request.URL = nextLink;
    return this.#page(request);
  }

  #page(request: RequestInformation) {
    const factory = createRemoteActionAuditCollectionResponseFromDiscriminatorValue;
    return this.#adapter.send<RemoteActionAuditCollectionResponse>(request, factory, ERRORS);
  }

  get(id: string) {
    return this.#entity(this.#request(HttpMethod.GET, id));
  }

  post(body: RemoteActionAudit) {
    return this.#entity(this.#request(HttpMethod.POST, undefined, {}, body));
  }

  patch(id: string, body: RemoteActionAudit) {
    return this.#entity(this.#request(HttpMethod.PATCH, id, {}, body));
  }

  delete(id: string) {
    return this.#adapter.sendNoResponseContent(this.#request(HttpMethod.DELETE, id), ERRORS);
  }

  #entity(request: RequestInformation) {
    return this.#adapter.send<RemoteActionAudit>(request, createRemoteActionAuditFromDiscriminatorValue, ERRORS);
  }
}

let audits: RemoteActionAudits;

beforeAll(() => {
  const parsers = new ParseNodeFactoryRegistry();
  parsers.contentTypeAssociatedFactories.set('application/json', new JsonParseNodeFactory());
  const writers = new SerializationWriterFactoryRegistry();
  writers.contentTypeAssociatedFactories.set('application/json', new JsonSerializationWriterFactory());
  const authentication = new BaseBearerTokenAuthenticationProvider({
    getAuthorizationToken: () => Promise.resolve('token'),
    getAllowedHostsValidator: () => new AllowedHostsValidator(),
  });
  const adapter = new FetchRequestAdapter(authentication, parsers, writers);
  adapter.baseUrl = `${service.origin}/beta`;
  audits = new RemoteActionAudits(adapter);
});

async function failure(sent: Promise<unknown>): Promise<ODataError> {
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeDefined();
  return error as ODataError;
}

describe('the models of @microsoft/msgraph-beta-sdk through Kiota', () => {
  it('create, get, list, update and delete', async () => {
    const created = await audits.post(AUDIT);
    expect(created).toMatchObject({ ...AUDIT, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const id = created!.id!;

    const read = await audits.get(id);
    expect(read).toMatchObject({ ...MEMBERS, id });
    expect(read!.requestDateTime).toBeInstanceOf(Date);

    const list = await audits.list();
    expect(list!.value!.map((each) => each.id)).toContain(id);
    expect(list!.value!.at(-1)).toMatchObject(MEMBERS);

    const updated = await audits.patch(id, { actionState: 'done', deviceDisplayName: null });
    expect(updated).toMatchObject({ id, actionState: 'done', action: 'factoryReset' });
    expect(updated!.deviceDisplayName).toBeUndefined();

    expect(await audits.delete(id)).toBeUndefined();
    expect(await failure(audits.get(id))).toMatchObject({ responseStatusCode: 404 });
  });

  it('are sent back whole in an update', async () => {
    const { id } = (await audits.post(AUDIT))!;
    const read = (await audits.get(id!))!;
    read.userName = 'new';
    expect(await audits.patch(id!, read)).toMatchObject({ id, userName: 'new', action: 'factoryReset' });
  });

  it('see the sentinel for members that they did not ask for', async () => {
    expect(await audits.post({ ...AUDIT, action: 'initiateDeviceAttestation' })).toMatchObject({
      action: 'unknownFutureValue',
    });
  });

  it('follow next links to the last page', async () => {
    for (let count = 0; count < 7; count++) await audits.post(AUDIT);
    let page = await audits.list({ '%24top': 3 });
    const ids = new Set<string>();
    let pages = 0;
    for (; page; page = page.odataNextLink ? await audits.follow(page.odataNextLink) : undefined) {
      pages++;
      for (const { id } of page.value!) ids.add(id!);
    }
    const all = (await audits.list({ '%24top': 999 }))!.value!.map((each) => each.id!);
    expect([...ids]).toEqual(all);
    expect(pages).toBe(Math.ceil(all.length / 3));
  });

  it('surface errors as ODataError with code, message, details and ids', async () => {
    const error = await failure(audits.post({ ...AUDIT, action: 'wipe' as never, requestDateTime: null }));
    expect(error).toMatchObject({
      responseStatusCode: 400,
      message: '2 properties are not valid: action, requestDateTime.',
      errorEscaped: {
        code: 'BadRequest',
        details: [{ target: 'action' }, { target: 'requestDateTime' }],
        innerError: { date: expect.any(Date), requestId: expect.any(String), clientRequestId: expect.any(String) },
      },
    });
  });
});
