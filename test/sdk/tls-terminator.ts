import { request as forward } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { generate } from 'selfsigned';

export interface TlsTerminator {
  /** `https://localhost:41234` */
  readonly origin: string;
  /** The certificate that clients have to trust, as PEM. */
  readonly certificate: string;
  close(): Promise<void>;
}

/** What stands before a service in most deployments: takes HTTPS, hands plain HTTP on, and says by headers what it took. */
export async function startTlsTerminator(target: string): Promise<TlsTerminator> {
  const { private: key, cert: certificate } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const server: Server = createServer({ key, cert: certificate }, (incoming, outgoing) => {
    const headers = {
      ...incoming.headers,
      host: new URL(target).host,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': incoming.headers.host,
    };
    const onward = forward(`${target}${incoming.url!}`, { method: incoming.method!, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `https://localhost:${String((server.address() as AddressInfo).port)}`,
    certificate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
