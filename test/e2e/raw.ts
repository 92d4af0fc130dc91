import { connect, type Socket } from 'node:net';

/** A connection on which bytes are written as they are, and what came back on it. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #closed: Promise<void>;
  #received = '';

  constructor(origin: string) {
    const { hostname, port } = new URL(origin);
    this.#socket = connect(Number(port), hostname);
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (chunk: string) => (this.#received += chunk));
    this.#socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => this.#socket.once('close', () => resolve()));
  }

  write(text: string | Uint8Array): this {
    this.#socket.write(text);
    return this;
  }

  /** Says that nothing more will be written. */
  end(): this {
    this.#socket.end();
    return this;
  }

  /** Breaks the connection off. */
  abort(): void {
    this.#socket.resetAndDestroy();
  }

  /** All that came, once something came that matches. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#received)) {
      if (this.#socket.destroyed) throw new Error(`The connection ended with ${JSON.stringify(this.#received)}.`);
      await new Promise((resolve) => this.#socket.once('data', resolve).once('close', resolve));
    }
    return this.#received;
  }

  /** All that came until the server closed the connection. */
  async all(): Promise<string> {
    await this.#closed;
    return this.#received;
  }
}
