import { isJsonObject, type JsonObject, type JsonValue } from '../edm/index.js';

import { addressOf } from './recipients.js';

/** What stands before the subject of a reply, and of what is forwarded. */
export type Prefix = 'RE' | 'FW';

/** A subject without the word that a reply or a forwarded message begins with: up to three letters. [MS-OXCMSG 2.2.1.9] */
export function prefixedSubject(prefix: Prefix, subject: JsonValue | undefined): string {
  const text = typeof subject === 'string' ? subject : '';
  return `${prefix}: ${text.replace(/^\p{L}{1,3}: /u, '')}`;
}

/** The index of a message that continues a conversation: that of the one before it, and five bytes more. [MS-OXOMSG 2.2.1.3] */
export function continuedIndex(index: JsonValue | undefined, sent: JsonValue | undefined, now: string): JsonObject {
  if (typeof index !== 'string') return {};
  const before = typeof sent === 'string' ? Date.parse(sent) : Number.NaN;
  const elapsed = Number.isNaN(before) ? 0 : Math.max(0, Date.parse(now) - before);
  const block = Buffer.alloc(5);
  // Units of 2^18 times 100 ns.
  block.writeUInt32BE(Math.floor((elapsed * 10_000) / 2 ** 18) % 2 ** 31);
  return { conversationIndex: Buffer.concat([Buffer.from(index, 'base64url'), block]).toString('base64url') };
}

/** The comment, and below it the original message with who sent it to whom, when and about what. [Graph: message: createReply, reply, Prefer: outlook.timezone] */
export function quotingBody(comment: string, original: JsonObject): JsonObject {
  const body = isJsonObject(original['body'] ?? null) ? (original['body'] as JsonObject) : {};
  const content = typeof body['content'] === 'string' ? body['content'] : '';
  const isHtml = body['contentType'] === 'html';
  const lines = headerOf(original);
  if (!isHtml) {
    const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    return {
      contentType: 'text',
      content: `${comment}\r\n\r\n________________________________\r\n${head}\r\n\r\n${content}`,
    };
  }
  const head = lines.map(([name, value]) => `<b>${name}:</b> ${escaped(value)}<br>`).join('\r\n');
  const top = `<div>${escaped(comment)}</div>\r\n<hr>\r\n<div>${head}</div>\r\n`;
  return { contentType: 'html', content: withinBody(top, content) };
}

function headerOf(original: JsonObject): readonly (readonly [string, string])[] {
  const people = (name: string): string => {
    const value = original[name];
    return (Array.isArray(value) ? value : [value ?? null]).flatMap((each) => addressOf(each)?.text ?? []).join('; ');
  };
  const { sentDateTime, subject } = original;
  const lines: readonly (readonly [string, string])[] = [
    ['From', people('from')],
    ['Sent', typeof sentDateTime === 'string' ? new Date(sentDateTime).toUTCString() : ''],
    ['To', people('toRecipients')],
    ['Cc', people('ccRecipients')],
    ['Subject', typeof subject === 'string' ? subject : ''],
  ];
  return lines.filter(([, value]) => value !== '');
}

/** Puts HTML before what the body of a document shows. */
function withinBody(top: string, html: string): string {
  const open = /<body\b[^>]*>/i.exec(html);
  if (open === null) return `<html><body>${top}${html}</body></html>`;
  const at = open.index + open[0].length;
  return html.slice(0, at) + top + html.slice(at);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(/\r?\n/g, '<br>');
}
