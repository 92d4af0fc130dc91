/** Elements whose content is not shown, and those that begin a new line. */
const HIDDEN = /^(?:head|style|script|title)$/;
const LINE = /^(?:br|p|div|li|tr|h[1-6])$/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text that HTML shows, in one line: for previews. `They were <b>awesome</b>!` */
export function textOfHtml(html: string): string {
  return linesOfHtml(html).replaceAll(/\s+/g, ' ').trim();
}

/** The text that HTML shows, with the lines that its elements begin, in one pass whatever it is. */
export function linesOfHtml(html: string): string {
  const [before, ...rest] = html.replaceAll(/\s+/g, ' ').split('<');
  let text = before!;
  let hidden: string | undefined;
  for (const part of rest) {
    if (!/^[a-z/!?]/i.test(part)) {
      if (hidden === undefined) text += `<${part}`;
      continue;
    }
    const end = part.indexOf('>');
    const name = /^\/?([a-z][a-z0-9]*)/i.exec(part)?.[1]?.toLowerCase() ?? '';
    if (hidden === undefined && HIDDEN.test(name) && !part.startsWith('/')) hidden = name;
    else if (hidden === name && part.startsWith('/')) hidden = undefined;
    if (hidden === undefined) text += (LINE.test(name) ? '\n' : '') + (end < 0 ? '' : part.slice(end + 1));
  }
  const lines = text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, characterOf).split('\n');
  return lines.flatMap((line) => (line.trim() === '' ? [] : [line.trim()])).join('\n');
}

function characterOf(written: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? written;
  const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}
