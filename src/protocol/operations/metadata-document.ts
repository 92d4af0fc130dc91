import { json } from '../answer.js';
import { answerVersion } from '../headers/version.js';

import type { Operation } from './operation.js';

/** `GET /$metadata`: the schema, as XML unless the client prefers JSON. [OData-Protocol 11.1.2] */
export const metadataDocument: Operation = {
  options: ['format', 'schemaversion'],
  async run(exchange) {
    const { metadata, profile } = exchange.parts;
    const version = answerVersion(exchange.request, profile.versions);
    if (exchange.format.media === 'application/json') return json(exchange, 200, metadata.json(version));
    return {
      status: 200,
      headers: new Map([['Content-Type', 'application/xml;charset=utf-8']]),
      body: metadata.xml(version),
    };
  },
};
