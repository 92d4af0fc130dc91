import { isCsdlObject, type CsdlDocument, type CsdlObject, type CsdlValue, type Model } from '../../edm/index.js';
import { nearest } from '../../error/index.js';

import { declaredMembers, declaredObjects, objectsOf } from '../members.js';

/** One declaration of a schema: a type, a term, an overload of an operation or a container. */
export interface Declaration {
  readonly kind: string;
  readonly name: string;
  readonly qualifiedName: string;
  readonly json: CsdlObject;
  readonly document: CsdlDocument;
}

/** Everything that the documents of a model declare, by name, without resolving anything. */
export class Catalog {
  readonly declarations: readonly Declaration[];
  readonly #model: Model;
  readonly #byName = new Map<string, Declaration[]>();
  readonly #members = new Map<CsdlObject, ReadonlyMap<string, CsdlObject>>();
  readonly #includedNamespaces: ReadonlySet<string>;

  constructor(model: Model) {
    this.#model = model;
    this.declarations = model.documents.flatMap(declarationsOf);
    for (const declaration of this.declarations) {
      const same = this.#byName.get(declaration.qualifiedName);
      if (same) same.push(declaration);
      else this.#byName.set(declaration.qualifiedName, [declaration]);
    }
    this.#includedNamespaces = new Set(model.documents.flatMap(includedNamespaces));
  }

  ofKind(...kinds: readonly string[]): readonly Declaration[] {
    return this.declarations.filter((declaration) => kinds.includes(declaration.kind));
  }

  /** A declaration that is no operation, by its name with namespace or alias. */
  find(name: string, ...kinds: readonly string[]): Declaration | undefined {
    return this.all(name).find(({ kind }) => (kinds.length === 0 ? !isOperation(kind) : kinds.includes(kind)));
  }

  operations(name: string): readonly Declaration[] {
    return this.all(name).filter(({ kind }) => isOperation(kind));
  }

  all(name: string): readonly Declaration[] {
    return this.#byName.get(this.#model.expandName(name)) ?? [];
  }

  /** A hint for a misspelt name, among those in its namespace: ` Did you mean 'org.example.Person'?`, or nothing. */
  hint(name: string, ...kinds: readonly string[]): string {
    const expanded = this.#model.expandName(name);
    const prefix = expanded.slice(0, expanded.lastIndexOf('.') + 1);
    const names = this.declarations
      .filter(
        ({ kind, qualifiedName }) => (kinds.length === 0 || kinds.includes(kind)) && qualifiedName.startsWith(prefix),
      )
      .map((declaration) => declaration.name);
    const meant = nearest(expanded.slice(prefix.length), new Set(names));
    return meant === undefined ? '' : ` Did you mean '${prefix}${meant}'?`;
  }

  /** Whether a name belongs to a namespace that a document refers to and nobody loaded. */
  isElsewhere(name: string): boolean {
    const expanded = this.#model.expandName(name);
    const namespace = expanded.slice(0, expanded.lastIndexOf('.'));
    return (
      this.#includedNamespaces.has(namespace) && !this.#model.schemas.some((schema) => schema.namespace === namespace)
    );
  }

  expand(name: string): string {
    return this.#model.expandName(name);
  }

  baseOf(declaration: Declaration): Declaration | undefined {
    const base = declaration.json['$BaseType'];
    return typeof base === 'string' ? this.find(base, declaration.kind) : undefined;
  }

  /** Properties and navigation properties, inherited ones included; stops where base types form a cycle. */
  membersOf(declaration: Declaration): ReadonlyMap<string, CsdlObject> {
    const known = this.#members.get(declaration.json);
    if (known) return known;
    const members = new Map<string, CsdlObject>();
    this.#members.set(declaration.json, members);
    const base = this.baseOf(declaration);
    if (base) for (const [name, json] of this.membersOf(base)) members.set(name, json);
    for (const [name, json] of declaredObjects(declaration.json)) members.set(name, json);
    return members;
  }

  isOrDerivesFrom(declaration: Declaration, ancestor: Declaration): boolean {
    const seen = new Set<Declaration>();
    for (let type: Declaration | undefined = declaration; type && !seen.has(type); type = this.baseOf(type)) {
      if (type === ancestor) return true;
      seen.add(type);
    }
    return false;
  }
}

export function isOperation(kind: string): boolean {
  return kind === 'Action' || kind === 'Function';
}

/** The type that a property, parameter or set has, without `Collection(…)`. */
export function typeOf(json: CsdlObject): string {
  return typeof json['$Type'] === 'string' ? json['$Type'] : 'Edm.String';
}

function declarationsOf(document: CsdlDocument): Declaration[] {
  return Object.entries(document).flatMap(([namespace, schema]) =>
    namespace.startsWith('$') || !isCsdlObject(schema)
      ? []
      : declaredMembers(schema).flatMap(([name, json]) => declared(document, namespace, name, json)),
  );
}

function declared(document: CsdlDocument, namespace: string, name: string, json: CsdlValue): Declaration[] {
  if (Array.isArray(json)) return json.flatMap((overload: CsdlValue) => declared(document, namespace, name, overload));
  if (!isCsdlObject(json)) return [];
  return [{ kind: String(json['$Kind']), name, qualifiedName: `${namespace}.${name}`, json, document }];
}

function includedNamespaces(document: CsdlDocument): string[] {
  return Object.values(document.$Reference ?? {}).flatMap((reference) => {
    const includes = objectsOf(isCsdlObject(reference) ? reference['$Include'] : undefined);
    return includes.map((include) => String(include['$Namespace']));
  });
}
