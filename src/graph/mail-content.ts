import { isJsonObject, type JsonObject, type JsonValue } from '../edm/index.js';
import type { Profile } from '../protocol/index.js';

import { isMessage } from './mime-message.js';

/**
 * The bytes behind `$value` that Graph makes from an entity's properties: the content of a file attachment, and a message
 * as MIME. Undefined where there is nothing to make them from. [Graph: Get attachment, Get MIME content of a message]
 */
export const contentOf: Profile['contentOf'] = (type, document) => {
  if (isMessage(type)) return { contentType: 'text/plain', bytes: Buffer.from(mime(document)) };
  const { contentBytes, contentType } = document;
  if (!type.properties.has('contentBytes')) return undefined;
  return {
    contentType: typeof contentType === 'string' && isMediaType(contentType) ? contentType : 'application/octet-stream',
    bytes: Buffer.from(textOf(contentBytes), 'base64url'),
  };
};

function isMediaType(text: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+(;[\x20-\x7e]*)?$/.test(text);
}

/** [RFC 5322 3.6, RFC 2045] */
function mime(message: JsonObject): string {
  const body = isJsonObject(message['body'] ?? null) ? (message['body'] as JsonObject) : {};
  const headers: readonly (readonly [string, string])[] = [
    ['From', addresses([message['from'] ?? message['sender'] ?? null])],
    ['To', addresses(message['toRecipients'])],
    ['Cc', addresses(message['ccRecipients'])],
    ['Subject', encodedWord(textOf(message['subject']))],
    ['Date', dateOf(message['sentDateTime'] ?? message['createdDateTime'])],
    ['Message-ID', textOf(message['internetMessageId']).replaceAll(/[^\x21-\x7e]/g, '')],
    ['MIME-Version', '1.0'],
    [
      'Content-Type',
      `text/${textOf(body['contentType']).toLowerCase() === 'html' ? 'html' : 'plain'}; charset="utf-8"`,
    ],
    ['Content-Transfer-Encoding', 'base64'],
  ];
  const head = headers.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  const content = Buffer.from(textOf(body['content'])).toString('base64');
  return [...head, '', ...(content.match(/.{1,76}/g) ?? []), ''].join('\r\n');
}

/** `{"emailAddress": {"name": "Ada", "address": "ada@contoso.com"}}` as `Ada <ada@contoso.com>`. */
function addresses(recipients: JsonValue | undefined): string {
  const list = Array.isArray(recipients) ? recipients : [];
  return list
    .flatMap((recipient) => {
      const address = isJsonObject(recipient) ? (recipient['emailAddress'] ?? null) : null;
      if (!isJsonObject(address)) return [];
      const mailbox = textOf(address['address']).replaceAll(/[^\x21-\x7e]|[<>,;]/g, '');
      if (mailbox === '') return [];
      const name = textOf(address['name']);
      return [name === '' ? mailbox : `${encodedWord(name)} <${mailbox}>`];
    })
    .join(', ');
}

/** Text that is no plain word goes as an encoded one, so that it can break out of no header. [RFC 2047] */
function encodedWord(text: string): string {
  return /^[\w .-]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function dateOf(value: JsonValue | undefined): string {
  const date = new Date(textOf(value));
  return Number.isNaN(date.getTime()) ? '' : date.toUTCString().replace('GMT', '+0000');
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
