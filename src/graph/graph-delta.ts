import type { DeltaRules } from '../protocol/index.js';

import { DRIVE_ITEM } from './drives.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * Changes as Graph tells them: `{"id":"…","@removed":{"reason":"deleted"}}`, and items of drives with the facet that says
 * so: `{"id":"…","deleted":{"state":"deleted"}}`. Tokens of directory objects live for seven days. [Graph: Delta query,
 * user: delta, driveItem: delta, deleted]
 */
export const graphDelta: DeltaRules = {
  tokenAge: 7 * DAY,
  marksContext: false,
  namesSelected: false,
  writeRemoved({ key, reason, type }) {
    const mark = type === DRIVE_ITEM ? '"deleted":{"state":"deleted"}' : `"@removed":{"reason":"${reason}"}`;
    return `{${key}${key === '' ? '' : ','}${mark}}`;
  },
};
