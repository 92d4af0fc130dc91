import type { NavigationProperty } from '../edm/index.js';
import type { LinkRule } from '../plan/index.js';

const DIRECTORY_OBJECT = 'microsoft.graph.directoryObject';

/** What the documentation adds to a property by `$ref`, although the schema contains it there or names no set for it. */
interface DocumentedReference {
  /** Where the entities stand: a path, or with a slash before it a collection beside the source's; by default below the source. */
  readonly home?: string;
  /** The property, without namespace, that leads there from the other end and keeps the references for both. */
  readonly backOf?: string;
}

const REFERENCES: Readonly<Record<string, DocumentedReference>> = {
  // [Graph: Update apiConnectorConfiguration]
  'userFlowApiConnectorConfiguration/postAttributeCollection': { home: 'identity/apiConnectors' },
  'userFlowApiConnectorConfiguration/postFederationSignup': { home: 'identity/apiConnectors' },
  // [Graph: Create invitation]
  'invitation/invitedUser': { home: 'users' },
  // [Graph: Add connector to connectorGroup]
  'connectorGroup/members': { home: '/connectors' },
  'connector/memberOf': { home: '/connectorGroups', backOf: 'connectorGroup/members' },
  // [Graph: Assign onPremisesAgentGroup to publishedResource, Assign onPremisesAgent to onPremisesAgentGroup]
  'publishedResource/agentGroups': { home: '/agentGroups' },
  'onPremisesAgentGroup/publishedResources': { home: '/publishedResources', backOf: 'publishedResource/agentGroups' },
  'onPremisesAgent/agentGroups': { home: '/agentGroups' },
  'onPremisesAgentGroup/agents': { home: '/agents', backOf: 'onPremisesAgent/agentGroups' },
  // [Graph: Add class to a school, Add educationUser to a school, Add member to an educationClass, Add teacher]
  'educationSchool/classes': { home: 'education/classes' },
  'educationClass/schools': { home: 'education/schools', backOf: 'educationSchool/classes' },
  'educationSchool/users': { home: 'education/users' },
  'educationUser/schools': { home: 'education/schools', backOf: 'educationSchool/users' },
  'educationClass/members': { home: 'education/users' },
  'educationUser/classes': { home: 'education/classes', backOf: 'educationClass/members' },
  'educationClass/teachers': { home: 'education/users' },
  'educationUser/taughtClasses': { home: 'education/classes', backOf: 'educationClass/teachers' },
  // [Graph: Attach rubric to assignment]
  'educationAssignment/rubric': {},
  // [Graph: Add categories to assignment, Remove category from assignment]
  'educationAssignment/categories': { home: '/assignmentCategories' },
  // [Graph: Add tab to channel, Add app to team, Pin a message in a chat]
  'teamsTab/teamsApp': { home: 'appCatalogs/teamsApps' },
  'teamsAppInstallation/teamsApp': { home: 'appCatalogs/teamsApps' },
  'pinnedChatMessageInfo/message': {},
  // [Graph: Add custodian sources, Add noncustodial sources]
  'sourceCollection/custodianSources': {},
  'sourceCollection/noncustodialSources': {},
};

/** The properties of which others are the other end. */
const KEEPERS = new Set(Object.values(REFERENCES).flatMap(({ backOf }) => (backOf === undefined ? [] : [backOf])));

/** Relations that clients make by `$ref`, whatever the schema says of them. */
export function documentedReference(property: NavigationProperty): LinkRule | undefined {
  const holder = `${property.declaringType.name}/${property.name}`;
  const reference = REFERENCES[holder];
  if (reference === undefined) return isOfDirectory(property) ? linkOf(holder, property) : undefined;
  const { home, backOf } = reference;
  return {
    ...linkOf(backOf ?? holder, property),
    inverse: backOf !== undefined,
    isMutual: backOf !== undefined || KEEPERS.has(holder),
    standsIn: ({ collection }) => (home?.startsWith('/') === true ? beside(collection, home) : home),
  };
}

/**
 * Objects of the directory stand in its sets and nowhere else: what is said to contain any of them refers to them. Their
 * own relations, and the deleted ones, have rules apart. [Graph: directoryObject resource type]
 */
function isOfDirectory({ name, type, declaringType, containsTarget }: NavigationProperty): boolean {
  if (!containsTarget || type.qualifiedName !== DIRECTORY_OBJECT) return false;
  return declaringType.name !== 'directory' || name !== 'deletedItems';
}

function linkOf(name: string, { isCollection }: NavigationProperty): LinkRule {
  return { name, inverse: false, isSingle: !isCollection, isMutual: false, isTransitive: false };
}

/** `profiles/1/connectors` for `profiles/1/connectorGroups`. */
function beside(collection: string, home: string): string {
  return `${collection.slice(0, collection.lastIndexOf('/'))}${home}`;
}
