import { connect, type Socket } from 'node:net';

const CONNECTIONS = 16;
const LIMIT_MILLISECONDS = 10_000;
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** What a number of requests took. */
export interface Load {
  readonly requestsPerSecond: number;
  /** Milliseconds from request to answer, one per request. */
  readonly latencies: readonly number[];
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface LoadOptions {
  readonly port: number;
  readonly count: number;
  readonly connections?: number;
  readonly expectedStatus: number;
  /** The whole text of each request. */
  request(index: number): Buffer;
  onAnswer?(answer: Answer): void;
}

/**
 * Sends requests over kept connections, each with one request on its way. It speaks HTTP over bare sockets, since
 * node's own client would need more time for a request than the servers that it measures.
 */
export async function load({
  port,
  count,
  connections = CONNECTIONS,
  expectedStatus,
  request,
  onAnswer,
}: LoadOptions): Promise<Load> {
  const sockets = await Promise.all(Array.from({ length: Math.min(connections, count) }, () => connected(port)));
  const latencies: number[] = [];
  const started = performance.now();
  let sent = 0;

  async function work(socket: Socket): Promise<void> {
    const answers = answersOf(socket);
    while (sent < count) {
      if (performance.now() - started > LIMIT_MILLISECONDS) throw new Error('The server is too slow for this load.');
      const sentAt = performance.now();
      socket.write(request(sent++));
      const answer = await answers.next();
      latencies.push(performance.now() - sentAt);
      if (answer.status !== expectedStatus) throw new Error(`Answer ${String(answer.status)}: ${answer.body}`);
      onAnswer?.(answer);
    }
  }

  try {
    await Promise.all(sockets.map(work));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return { requestsPerSecond: (count * 1000) / (performance.now() - started), latencies };
}

/** The text of a request as a client of Graph sends it. */
export function requestText(method: string, path: string, body?: string): Buffer {
  const content =
    body === undefined
      ? ''
      : `Content-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n`;
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer token\r\nAccept: application/json\r\n${content}\r\n${body ?? ''}`,
  );
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.setNoDelay(true);
    socket.once('error', reject);
  });
}

/** The answers on a connection, one after another; all servers here say the length of their answers. */
function answersOf(socket: Socket): { next(): Promise<Answer> } {
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = received.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      waiting?.reject(new Error(`An answer without length: ${head}`));
      return;
    }
    const body = end + END_OF_HEAD.length;
    if (received.length < body + Number(length)) return;
    const answer = { status: Number(head.slice(9, 12)), body: received.toString('utf8', body, body + Number(length)) };
    received = received.subarray(body + Number(length));
    waiting?.resolve(answer);
  });
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection.')));
  return {
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      }),
  };
}
