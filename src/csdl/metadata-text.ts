import type { LoadedModel } from './load-model.js';
import type { WriteOptions } from './merge-documents.js';
import { writeXml } from './write-xml.js';

/** What may stand before the root, and its start up to the quote in front of the version. */
const VERSION = new RegExp(
  String.raw`^\uFEFF?(?:\s|<\?[^]*?\?>|<!--[^]*?-->)*` +
    String.raw`<[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+Version\s*=\s*["'](?=4)`,
);

/**
 * `$metadata` as XML. A model made of one XML document answers with that document as its author wrote it, aliases,
 * order and comments included, in the version that the client asked for; of others the document is written. [OData-Protocol 11.1.2]
 */
export function metadataText({ model, xml }: LoadedModel, options: WriteOptions): string {
  const start = xml === undefined || isEncodedOtherwise(xml) ? null : VERSION.exec(xml);
  if (xml === undefined || start === null) return writeXml(model, options);
  const [head] = start;
  const rest = xml.slice(head.length).replace(/^4\.01?/, (written) => options.version ?? written);
  return (head + rest).replace(/^\uFEFF/, '');
}

/** Answers are UTF-8, which a declaration must not contradict. [XML 4.3.3] */
function isEncodedOtherwise(xml: string): boolean {
  const encoding = /^\uFEFF?<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/.exec(xml)?.[1];
  return encoding !== undefined && !/^utf-?8$/i.test(encoding);
}
