import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';

import type { Operation } from './operation.js';

/** `GET /`: what the service offers at its root. [OData-JSON 5] */
export const serviceDocument: Operation = {
  options: ['format'],
  async run(exchange) {
    return json(
      exchange,
      200,
      `{${contextAnnotation(exchange, '').replace('#"', '"')}"value":${JSON.stringify(entries(exchange))}}`,
    );
  },
};

function entries({ parts }: Exchange): { name: string; kind: string; url: string }[] {
  const list: { name: string; kind: string; url: string }[] = [];
  for (const child of parts.model.container?.children.values() ?? []) {
    if (child.kind === 'entitySet' && child.includeInServiceDocument)
      list.push({ name: child.name, kind: 'EntitySet', url: child.name });
    else if (child.kind === 'singleton') list.push({ name: child.name, kind: 'Singleton', url: child.name });
    else if (child.kind === 'operationImport' && child.includeInServiceDocument && !child.isAction) {
      list.push({ name: child.name, kind: 'FunctionImport', url: child.name });
    }
  }
  return list;
}
