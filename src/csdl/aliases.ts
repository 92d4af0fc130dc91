/** Replaces namespaces by the aliases that a document gives them. [CSDL-JSON 5.1, 4.2] */
export class Aliases {
  readonly #aliasOf = new Map<string, string>();
  readonly #known = new Map<string, string>();

  add(namespace: string, alias: string): void {
    this.#aliasOf.set(namespace, alias);
  }

  /**
   * Shortens every qualified name in a name, type, path or annotation target:
   * `org.example.Person/org.example.Manager/name` becomes `self.Person/self.Manager/name`.
   */
  shorten(text: string): string {
    if (text.startsWith('Edm.') || !text.includes('.')) return text;
    let short = this.#known.get(text);
    if (short === undefined) {
      short = text.replaceAll(/[^/@(),#\s]+/g, (name) => this.#shortenName(name));
      this.#known.set(text, short);
    }
    return short;
  }

  #shortenName(name: string): string {
    const dot = name.lastIndexOf('.');
    const alias = dot < 0 ? undefined : this.#aliasOf.get(name.slice(0, dot));
    return alias === undefined ? name : alias + name.slice(dot);
  }
}
