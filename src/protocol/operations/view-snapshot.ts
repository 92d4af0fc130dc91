import { createHash } from 'node:crypto';

import type { Address, Row } from '../../store/index.js';

/** A member of a computed collection as a client has been told of it. */
export interface ShownMember extends Address {
  readonly type: string;
  /** Differs wherever anything that is shown differs. */
  readonly print: string;
}

/** What a client knows of a computed collection, by the paths of the members. */
export type Snapshot = ReadonlyMap<string, ShownMember>;

export const NOTHING_SHOWN: Snapshot = new Map();

export function snapshotOf(rows: readonly Row[]): Snapshot {
  return new Map(rows.map((row) => [pathOf(row), shownMember(row)]));
}

export function shownMember({ collection, key, type, ...row }: Row): ShownMember {
  // One that was made anew at the same place is another one; what is not stored counts its members down.
  const text = [Math.max(0, row.sequence), row.version, row.document, row.sent ?? ''].join('\n');
  const print = createHash('sha256').update(text).digest('base64url').slice(0, 16);
  return { collection, key, type, print };
}

/** What has to be told to a client who knows one state so that it knows another: members that are new or differ, then those that went. */
export function differences(known: Snapshot, next: Snapshot): readonly ShownMember[] {
  const changed = [...next].filter(([path, { print }]) => known.get(path)?.print !== print);
  const gone = [...known].filter(([path]) => !next.has(path));
  return [...changed, ...gone].map(([, member]) => member);
}

export function pathOf({ collection, key }: Address): string {
  return `${collection}/${key}`;
}

/** Members by where they stand and of what type they are, which most have in common. */
type Groups = [collection: string, type: string, members: [key: string, print: string][]][];

export function writeSnapshot(snapshot: Snapshot): string {
  const groups: Groups = [];
  for (const { collection, type, key, print } of snapshot.values()) {
    const last = groups.at(-1);
    if (last?.[0] === collection && last[1] === type) last[2].push([key, print]);
    else groups.push([collection, type, [[key, print]]]);
  }
  return JSON.stringify(groups);
}

export function readSnapshot(text: string): Snapshot {
  const members = (JSON.parse(text) as Groups).flatMap(([collection, type, each]) =>
    each.map(([key, print]) => ({ collection, type, key, print })),
  );
  return new Map(members.map((member) => [pathOf(member), member]));
}
