import { isCsdlObject, type CsdlDocument, type CsdlObject } from '../../edm/index.js';

/** What a document declares, for the few places where XML needs to know the kind of a type. */
export class Declarations {
  readonly #document: CsdlDocument;
  readonly #namespaceOfAlias = new Map<string, string>();

  constructor(document: CsdlDocument) {
    this.#document = document;
    for (const [namespace, schema] of Object.entries(document))
      if (!namespace.startsWith('$') && isCsdlObject(schema) && typeof schema['$Alias'] === 'string')
        this.#namespaceOfAlias.set(schema['$Alias'], namespace);
  }

  kindOf(qualifiedName: string): string | undefined {
    const kind = this.#declaration(qualifiedName)?.['$Kind'];
    return typeof kind === 'string' ? kind : undefined;
  }

  #declaration(qualifiedName: string): CsdlObject | undefined {
    const dot = qualifiedName.lastIndexOf('.');
    const prefix = qualifiedName.slice(0, dot);
    const schema = this.#document[this.#namespaceOfAlias.get(prefix) ?? prefix];
    const declaration = isCsdlObject(schema) ? schema[qualifiedName.slice(dot + 1)] : undefined;
    return isCsdlObject(declaration) ? declaration : undefined;
  }
}
