import type { CsdlDocument, CsdlObject } from '../../edm/index.js';

import type { Positions, Problem } from '../positions.js';
import type { Catalog, Declaration } from './catalog.js';

/** What something is about: the part itself, a member of it, and where to look if the line of neither is known. */
export interface Part {
  readonly json: CsdlObject;
  readonly member?: string;
  readonly document: CsdlDocument;
}

/**
 * Collects the findings of the checks. Errors are what the service would stumble over;
 * warnings are oddities that it can live with.
 */
export class Report {
  readonly problems: Problem[] = [];
  readonly catalog: Catalog;
  readonly #positions: Positions | undefined;

  constructor(catalog: Catalog, positions: Positions | undefined) {
    this.catalog = catalog;
    this.#positions = positions;
  }

  error(part: Part, message: string): void {
    this.#add('error', part, message);
  }

  warning(part: Part, message: string): void {
    this.#add('warning', part, message);
  }

  /** Whether the line of a member is known by itself. */
  knows(json: CsdlObject, member: string): boolean {
    return this.#positions?.placeOf(json, member) !== undefined;
  }

  /** The declared type of this name; where there is none, that is reported. Types of `Edm` are never declared. */
  resolve(part: Part, name: string, role: string, ...kinds: readonly string[]): Declaration | undefined {
    const found = this.catalog.find(name, ...kinds);
    if (found) return found;
    const other = this.catalog.find(name);
    if (other) this.error(part, `${role} is '${name}', which is a declaration of kind ${other.kind}.`);
    else if (this.catalog.isElsewhere(name))
      this.warning(part, `${role} is '${name}', which stands in a referenced document that was not loaded.`);
    else this.error(part, `${role} is '${name}', which does not exist.${this.catalog.hint(name, ...kinds)}`);
    return undefined;
  }

  #add(severity: Problem['severity'], part: Part, message: string): void {
    const document = part.document as unknown as CsdlObject;
    const place = this.#positions?.placeOf(part.json, part.member) ?? this.#positions?.placeOf(document);
    const { file = 'metadata', line } = place ?? {};
    this.problems.push({ severity, file, ...(line === undefined ? {} : { line }), message });
  }
}
