import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any
}

export interface Sent {
  readonly headers?: OutgoingHttpHeaders;
  /** The body as it is. */
  readonly body?: string | Uint8Array;
  /** The body as JSON, with its content type. */
  readonly json?: unknown;
}

/** One HTTP request; the path goes out as it is given, and no header but `Host` and those of the body is added. */
export function send(origin: string, method: string, path: string, { headers = {}, body, json }: Sent = {}) {
  const payload = json === undefined ? body : JSON.stringify(json);
  const { hostname, port } = new URL(origin);
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      method,
      path,
      headers: {
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(payload === undefined || 'Transfer-Encoding' in headers
          ? {}
          : { 'Content-Length': Buffer.byteLength(payload) }),
        ...headers,
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const answer = { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
        resolve(Object.defineProperty(answer, 'json', { get: () => JSON.parse(text) as unknown }) as Answer);
      });
    });
    outgoing.end(payload);
  });
}
