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
  readonly #files = new Map<string, Lines>();

  /** The lines of one file, to be filled by its reader. */
  of(file: string): Lines {
    let lines = this.#files.get(file);
    if (!lines) this.#files.set(file, (lines = new Lines()));
    return lines;
  }

  /** The place of a part, or of a member of it; undefined where neither is known. */
  placeOf(part: CsdlObject, member?: string): Place | undefined {
    for (const [file, lines] of this.#files) {
      const line = lines.lineOf(part, member);
      if (line !== undefined) return line === 0 ? { file } : { file, line };
    }
    return undefined;
  }
}

/** The lines of one file. Line 0 stands for a part of the file whose line is not known. */
export class Lines {
  readonly #elements = new Map<CsdlObject, number>();
  readonly #members = new Map<CsdlObject, Map<string, number>>();

  note(part: CsdlObject, line: number): void {
    this.#elements.set(part, line);
  }

  noteMember(part: CsdlObject, member: string, line: number): void {
    const members = this.#members.get(part);
    if (members) members.set(member, line);
    else this.#members.set(part, new Map([[member, line]]));
  }

  lineOf(part: CsdlObject, member?: string): number | undefined {
    const line = member === undefined ? undefined : this.#members.get(part)?.get(member);
    return line ?? this.#elements.get(part);
  }
}
