import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export type Send = (
  method: string,
  path: string,
  json?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

/** Sends requests below a root, over connections of their own. */
export function sender(root: string, connections: number): { readonly send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send: Send = (method, path, json, headers = {}) =>
    new Promise((resolve, reject) => {
      const body = json === undefined ? undefined : JSON.stringify(json);
      const sent = request(
        `${root}/${path}`,
        {
          method,
          agent,
          headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return { send, close: () => agent.destroy() };
}

/** All members of a collection, page by page. */
export async function all<T>(send: Send, path: string, root: string): Promise<T[]> {
  const members: T[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { status, text } = await send('GET', next);
    if (status !== 200) throw new Error(`${next}: ${String(status)} ${text}`);
    const page = JSON.parse(text) as { value: T[]; '@odata.nextLink'?: string };
    members.push(...page.value);
    next = page['@odata.nextLink']?.slice(root.length + 1);
  }
  return members;
}
