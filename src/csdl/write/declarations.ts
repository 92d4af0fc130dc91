import { isCsdlObject, type CsdlDocument, type CsdlObject } from '../../edm/index.js';

import { objectsOf } from '../members.js';

/** What a document declares, for the few places where XML needs to know more than JSON says. */
export class Declarations {
  readonly #document: CsdlDocument;
  readonly #namespaceOfAlias = new Map<string, string>();

  constructor(document: CsdlDocument) {
    this.#document = document;
    for (const reference of Object.values(document.$Reference ?? {}))
      for (const include of objectsOf(isCsdlObject(reference) ? reference['$Include'] : undefined))
        if (typeof include['$Alias'] === 'string')
          this.#namespaceOfAlias.set(include['$Alias'], String(include['$Namespace']));
    for (const [namespace, schema] of Object.entries(document))
      if (!namespace.startsWith('$') && isCsdlObject(schema) && typeof schema['$Alias'] === 'string')
        this.#namespaceOfAlias.set(schema['$Alias'], namespace);
  }

  /** The name with the namespace in place of the alias. */
  expand(name: string): string {
    const dot = name.lastIndexOf('.');
    const namespace = this.#namespaceOfAlias.get(name.slice(0, Math.max(0, dot)));
    return namespace === undefined ? name : namespace + name.slice(dot);
  }

  kindOf(name: string): string | undefined {
    const kind = this.#declaration(this.expand(name))?.['$Kind'];
    return typeof kind === 'string' ? kind : undefined;
  }

  #declaration(qualifiedName: string): CsdlObject | undefined {
    const dot = qualifiedName.lastIndexOf('.');
    const schema = this.#document[qualifiedName.slice(0, dot)];
    const declaration = isCsdlObject(schema) ? schema[qualifiedName.slice(dot + 1)] : undefined;
    return isCsdlObject(declaration) ? declaration : undefined;
  }
}
