import { CsdlError } from '../csdl-error.js';

/** Attributes in their order; undefined ones are left out. */
export type Attributes = readonly (readonly [name: string, value: string | number | boolean | undefined])[];

/** An XML text in the making: one element a line, indented by two spaces a level. */
export class XmlText {
  readonly #lines: string[] = [];
  #indent = '';

  /** An element around what `content` writes; without content it closes itself. */
  element(name: string, attributes: Attributes, content?: () => void): void {
    const start = this.#indent + '<' + name + attributeText(attributes);
    if (!content) {
      this.#lines.push(`${start} />`);
      return;
    }
    const indent = this.#indent;
    const index = this.#lines.push(`${start}>`) - 1;
    this.#indent += '  ';
    content();
    this.#indent = indent;
    if (this.#lines.length - 1 === index) this.#lines[index] = `${start} />`;
    else this.#lines.push(`${indent}</${name}>`);
  }

  textElement(name: string, text: string): void {
    this.#lines.push(`${this.#indent}<${name}>${escape(text, TEXT)}</${name}>`);
  }

  toString(): string {
    return `<?xml version="1.0" encoding="utf-8"?>\n${this.#lines.join('\n')}\n`;
  }
}

function attributeText(attributes: Attributes): string {
  let text = '';
  for (const [name, value] of attributes)
    if (value !== undefined) text += ` ${name}="${typeof value === 'string' ? escape(value, ATTRIBUTE) : value}"`;
  return text;
}

const TEXT = /[&<>\r]/g;
const ATTRIBUTE = /[&<>"\t\n\r]/g;

/** What XML 1.0 cannot hold, not even as a character reference. [XML 2.2] */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string, special: RegExp): string {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = forbidden[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new CsdlError({ file: '$metadata' }, `XML cannot express the character U+${code} in '${text.slice(0, 50)}'.`);
  }
  return text.replace(
    special,
    (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`,
  );
}
