import type { DeltaRules } from '../protocol/index.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Changes as Graph tells them: `{"id":"…","@removed":{"reason":"deleted"}}`. Tokens of directory objects live for seven
 * days. [Graph: Delta query]
 */
export const graphDelta: DeltaRules = {
  tokenAge: 7 * DAY,
  marksContext: false,
  writeRemoved: ({ key, reason }) => `{${key}${key === '' ? '' : ','}"@removed":{"reason":"${reason}"}}`,
};
