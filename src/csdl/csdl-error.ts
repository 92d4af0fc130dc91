/** Where in a CSDL document something stands; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A CSDL document that cannot be read. The message starts with the place: `graph.xml:12:5: …`. */
export class CsdlError extends Error {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** The message without the place. */
  readonly reason: string;

  constructor(place: Place, reason: string, cause?: unknown) {
    super(`${placeText(place)}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'CsdlError';
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.reason = reason;
  }
}

/** `graph.xml:12:5`, as editors and terminals understand it. */
function placeText({ file, line, column }: Place): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
