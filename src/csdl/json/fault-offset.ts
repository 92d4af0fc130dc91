const SPACE = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const SIMPLE = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

/** Where a text stops being JSON, as `JSON.parse` does not always tell. [RFC 8259] */
export function faultOffset(text: string): number {
  const scan = new Scan(text);
  scan.value();
  return scan.offset;
}

class Scan {
  offset = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves behind a value, or stays where it breaks off. */
  value(): boolean {
    this.#take(SPACE);
    if (this.#is('{')) return this.#list('}', () => this.#member());
    if (this.#is('[')) return this.#list(']', () => this.value());
    return this.#take(STRING) || this.#take(SIMPLE);
  }

  #list(end: string, item: () => boolean): boolean {
    this.#take(SPACE);
    if (this.#is(end)) return true;
    do {
      if (!item()) return false;
      this.#take(SPACE);
      if (this.#is(end)) return true;
    } while (this.#is(','));
    return false;
  }

  #member(): boolean {
    this.#take(SPACE);
    if (!this.#take(STRING)) return false;
    this.#take(SPACE);
    return this.#is(':') && this.value();
  }

  #is(character: string): boolean {
    if (this.#text[this.offset] !== character) return false;
    this.offset++;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    if (!pattern.test(this.#text)) return false;
    this.offset = pattern.lastIndex;
    return true;
  }
}
