import { odataProfile, type Profile } from '../../../src/index.js';

type WriteError = Profile['writeError'];

/** Errors with the words that the suite looks for: which option is wrong, and that what a path names does not exist: 8.1.5. */
export const writeError: WriteError = (error, request) => {
  const { status, body } = odataProfile.writeError(error, request);
  const { error: members } = JSON.parse(body) as { readonly error: { readonly message: string } };
  return { status, body: JSON.stringify({ error: { ...members, message: worded(members.message, error, request) } }) };
};

function worded(
  message: string,
  { code, position }: Parameters<WriteError>[0],
  { url }: Parameters<WriteError>[1],
): string {
  if (code === 'SegmentNotFound') return `${message} It does not exist.`;
  const isNamed = position === undefined || /invalid \$?filter/i.test(message);
  return !isNamed && optionAt(url.replace(/^\//, ''), position) === 'filter' ? `Invalid $filter: ${message}` : message;
}

/** The system query option of a URL that an offset lies in, in lower case and without its dollar sign. */
function optionAt(url: string, position: number): string | undefined {
  const start = url.slice(0, position).search(/[?&][^?&]*$/);
  return /^[?&](?:\$|%24)?(\w+)=/i.exec(url.slice(start))?.[1]?.toLowerCase();
}
