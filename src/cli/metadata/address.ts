import { UsageError } from '../usage-error.js';

/** Where Microsoft publishes the schemas of Graph, without a token. [Graph documentation: Call the metadata] */
const PUBLISHED = new Map([
  ['v1.0', 'https://graph.microsoft.com/v1.0/$metadata'],
  ['beta', 'https://graph.microsoft.com/beta/$metadata'],
]);

/** The address of a document: that of a version of Graph, or the one that is given, such as a national cloud's. */
export function documentAddress(text: string): string {
  const published = PUBLISHED.get(text.toLowerCase());
  if (published !== undefined) return published;
  if (!isAddress(text)) {
    throw new UsageError(
      `No document is published for Graph '${text}', only for ${[...PUBLISHED.keys()].join(' and ')}; give its address (https://…) or a file.`,
    );
  }
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined) throw new UsageError(`'${text}' is no address.`);
  if (address.username !== '' || address.password !== '')
    throw new UsageError('An address of a document may not hold a password.');
  return address.href;
}

/** Whether a document is named by an address rather than by a file. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
