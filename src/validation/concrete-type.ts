import type { JsonObject, Model, StructuredType } from '../edm/index.js';
import { suggestion } from '../error/index.js';

import { typeMeant, typesFor } from './meant-type.js';
import type { PayloadReading, Problem } from './object-reading.js';

export interface ConcreteType {
  readonly type: StructuredType;
  /** The type annotation as it was sent, or what it means where the schema does not have it. */
  readonly text: string | undefined;
}

/** The declared type or the one that the object itself names, which must be derived from it. [OData-JSON 4.6.3] */
export function concreteType(
  { model, options }: Pick<PayloadReading, 'model' | 'options'>,
  declared: StructuredType,
  json: JsonObject,
  mayBeAbstract: boolean,
): ConcreteType | Problem {
  const text = json['@odata.type'] === undefined ? json['@type'] : json['@odata.type'];
  if (text === undefined) {
    return declared.isAbstract && !mayBeAbstract ? abstractType(declared) : { type: declared, text };
  }
  if (typeof text !== 'string') return typeProblem('InvalidAnnotation', (path) => `'${path}' must be a string.`);
  const name = typeName(text);
  const known = model.structuredType(name);
  const type = known ?? (options.otherNamespaces && typeMeant(name, declared, model, options.otherNamespaces));
  if (!type) return unknownType(declared, model, name);
  if (!type.isOrDerivesFrom(declared)) {
    return typeProblem(
      'UnrelatedType',
      (path) => `'${path}' names '${type.qualifiedName}', which is not ${declared.qualifiedName} or derived from it.`,
    );
  }
  if (type.isAbstract && !mayBeAbstract) return abstractType(type);
  return { type, text: known === undefined ? type.qualifiedName : text };
}

/** `#microsoft.graph.user` and `https://host/beta/$metadata#microsoft.graph.user` both name `microsoft.graph.user`. */
function typeName(text: string): string {
  return text.slice(text.indexOf('#') + 1);
}

function unknownType(declared: StructuredType, model: Model, name: string): Problem {
  const known = () => typesFor(declared, model).map((type) => type.qualifiedName);
  return typeProblem(
    'UnknownType',
    (path) => `'${path}' names the type '${name.slice(0, 200)}', which does not exist.${suggestion(name, known())}`,
  );
}

function abstractType(type: StructuredType): Problem {
  return typeProblem(
    'AbstractType',
    (path) => `'${path}' must name a concrete type: '${type.qualifiedName}' is abstract.`,
  );
}

function typeProblem(code: Problem['code'], writeMessage: Problem['writeMessage']): Problem {
  return { code, at: '@odata.type', writeMessage };
}

export function isProblem(value: ConcreteType | Problem): value is Problem {
  return 'writeMessage' in value;
}
