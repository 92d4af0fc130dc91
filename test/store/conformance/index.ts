import { describe } from '@jest/globals';

import { changesConformance } from './changes.js';
import { concurrencyConformance } from './concurrency.js';
import { containedConformance } from './contained.js';
import { countsConformance } from './counts.js';
import type { OpenStore } from './fixture.js';
import { linksConformance } from './links.js';
import { lossesConformance } from './losses.js';
import { movesConformance } from './moves.js';
import { readsConformance } from './reads.js';
import { rowsConformance } from './rows.js';
import { snapshotsConformance } from './snapshots.js';
import { streamsConformance } from './streams.js';
import { unitsConformance } from './units.js';

/** The contract of a store, for any database. */
export function storeConformance(name: string, open: OpenStore): void {
  describe(name, () => {
    rowsConformance(open);
    containedConformance(open);
    linksConformance(open);
    lossesConformance(open);
    countsConformance(open);
    movesConformance(open);
    unitsConformance(open);
    concurrencyConformance(open);
    readsConformance(open);
    changesConformance(open);
    streamsConformance(open);
    snapshotsConformance(open);
  });
}
