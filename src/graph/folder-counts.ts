import type { EntityType, JsonObject, Model } from '../edm/index.js';
import type { Profile } from '../protocol/index.js';

import { CHILD_FOLDERS, MAIL_FOLDER, MESSAGES } from './mailboxes.js';

type CountRule = ReturnType<Profile['counts']>[number];

/** What a folder says of what is in it, by the navigation property that leads there. [Graph: mailFolder resource type] */
const COUNTS: Readonly<Record<string, CountRule['members']>> = {
  [MESSAGES]: { totalItemCount: {}, unreadItemCount: { isRead: false } },
  [CHILD_FOLDERS]: { childFolderCount: {} },
};

/** Mail folders know how many messages and folders are in them, and how many of the messages are not read. */
export const folderCounts: Profile['counts'] = (model) => {
  const folder = model.type(MAIL_FOLDER);
  return folder?.kind === 'entity' ? Object.keys(COUNTS).flatMap((name) => countsBehind(folder, name, model)) : [];
};

/** A folder that nobody wrote has nothing in it. */
export function impliedCounts(type: EntityType): JsonObject {
  if (type.qualifiedName !== MAIL_FOLDER) return {};
  const members = Object.values(COUNTS).flatMap((counts) => Object.keys(counts));
  return Object.fromEntries(members.flatMap((member) => (type.properties.has(member) ? [[member, 0]] : [])));
}

function countsBehind(folder: EntityType, name: string, model: Model): readonly CountRule[] {
  const property = folder.navigationProperties.get(name);
  const declared = Object.entries(COUNTS[name]!).filter(([member]) => folder.properties.has(member));
  if (property === undefined || declared.length === 0) return [];
  return [
    {
      storedAs: `${MAIL_FOLDER}/${name}`,
      holders: namesOf(folder, model),
      counted: namesOf(property.type, model),
      members: Object.fromEntries(declared),
    },
  ];
}

function namesOf(type: EntityType, model: Model): ReadonlySet<string> {
  return new Set([type, ...model.derivedTypes(type)].map(({ qualifiedName }) => qualifiedName));
}
