import type { Clients } from '../clients.js';

import * as batches from './batches.js';
import * as devices from './devices.js';
import * as directory from './directory.js';
import * as drive from './drive.js';
import * as outlook from './outlook.js';
import * as users from './users.js';

/** What a program does with the clients; fails by an assertion. */
export type Journey = (clients: Clients) => Promise<void>;

const ALL = { ...users, ...directory, ...outlook, ...drive, ...devices, ...batches };

/** By name, in words: `users are paged through`. */
export const JOURNEYS: ReadonlyMap<string, Journey> = new Map(
  Object.entries(ALL).map(([name, journey]) => [
    name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    journey,
  ]),
);
