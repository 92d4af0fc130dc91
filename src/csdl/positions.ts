import type { CsdlObject } from '../edm/index.js';
import type { Place } from './csdl-error.js';

/** Something odd that reading got over, or that a check of the schema found. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

/**
 * Where the parts of a schema were declared, kept beside the CSDL JSON objects and not inside them.
 * Members that are no objects themselves, such as enumeration members, are found by their name.
 */
export class Positions {
  /** What was noticed while reading; `checkSchema` reports it together with its own findings. */
  readonly problems: Problem[] = [];
  readonly #files = new Map<CsdlObject, string>();
  readonly #elements = new Map<CsdlObject, Place>();
  readonly #members = new Map<CsdlObject, Map<string, Place>>();

  /** Notes the file of a whole document, for parts whose line is not known. */
  noteFile(document: CsdlObject, file: string): void {
    this.#files.set(document, file);
  }

  note(json: CsdlObject, place: Place): void {
    this.#elements.set(json, place);
  }

  noteMember(json: CsdlObject, member: string, place: Place): void {
    const members = this.#members.get(json);
    if (members) members.set(member, place);
    else this.#members.set(json, new Map([[member, place]]));
  }

  fileOf(document: CsdlObject): string | undefined {
    return this.#files.get(document);
  }

  placeOf(json: CsdlObject, member?: string): Place | undefined {
    const place = member === undefined ? undefined : this.#members.get(json)?.get(member);
    return place ?? this.#elements.get(json);
  }
}
