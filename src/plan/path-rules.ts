import type { EntitySet, EntityType, JsonObject, NavigationProperty, Singleton, StructuredType } from '../edm/index.js';

/** What a profile may decide about paths. */
export interface PathRules {
  /** Whether `/users/1` means `/users(1)`. [OData-URL 4.3.6] */
  readonly keyAsSegment: boolean;
  /** Whether paths may name dynamic properties of open types, of which any name may be one. */
  readonly dynamicPaths: boolean;
  /** Whether a query may ask entities of an open type for a property of this name, which the type does not declare. */
  isDynamic(type: StructuredType, name: string): boolean;
  /** Whether names of path segments count in any case. */
  readonly ignoreCase: boolean;
  /** Whether expressions may compare dates with date-times, for which a date is the midnight in UTC that begins it. */
  readonly promotesDates: boolean;
  /** Namespaces whose operations may be called by their simple names. [OData-URL 4.5] */
  readonly defaultNamespaces: readonly string[];
  /** Whether a path may go on behind functions that are not declared composable. [CSDL-JSON 12.5] */
  readonly composesAll: boolean;
  /** Qualified names of the functions that tell the changes of the collection that they are bound to. */
  readonly deltaFunctions: readonly string[];
  /** Whether what a navigation property leads to is contained although the schema neither says so nor names a set for it. */
  readonly containsUnbound: boolean;
  /** Whether contexts name the one entity set of a contained type rather than the way to the entities. */
  readonly namesSetsOfContained: boolean;
  /** Whether contexts of what functions of collections give have the name of its type, where it is no set, without a namespace. */
  readonly namesBareTypes: boolean;
  /** Whether a set shows the entities of sets with derived types too: `directoryObjects` those of `users` and `groups`. */
  readonly hasUmbrellas: boolean;
  /** A property, possibly of a derived type, whose value may stand for the key in a path: users have principal names. */
  nameOf(type: EntityType, text: string): string | undefined;
  /** Whether an entity is there as soon as what it belongs to is, without ever having been written. */
  isImplied(element: Singleton | NavigationProperty): boolean;
  /**
   * How the references of a navigation property are kept; undefined where the schema's own partners decide.
   */
  linkOf(property: NavigationProperty): LinkRule | undefined;
  /** The values of equal properties by which entities of another collection belong to a navigation property. */
  matchOf(property: NavigationProperty): MatchRule | undefined;
  /**
   * The name of the references by which members of a contained collection hold each other: the collection shows those that
   * no other one holds, and a key finds all of them.
   */
  nestingOf(property: NavigationProperty): string | undefined;
  /** Navigation properties behind one of its owner that lead to the same: `calendarView` of a user is that of the calendar. */
  shortcutOf(property: NavigationProperty): readonly string[] | undefined;
  /** Whether what a collection shows depends on the request, so that it can be asked for by its own path alone. */
  isView(property: NavigationProperty): boolean;
  /** Names of navigation properties that entities of a type come with, asked for or not, beside those that the schema marks. [Core AutoExpand] */
  autoExpands(type: EntityType): readonly string[];
  /** What holds the members of a collection that nothing else holds: its path, and the property that leads from there. */
  holderOf(collection: string): { readonly path: string; readonly property: string } | undefined;
  /**
   * Where a member of a collection stands, whose key says so: behind another member, or without the key of one behind what
   * the collection belongs to. An occurrence is among the events and the instances, and stands with its series.
   */
  holderOfMember(
    property: NavigationProperty,
    key: string,
  ): { readonly key?: string; readonly property: string } | undefined;
  /** Canonical values of an entity that is there without ever having been written; its other members have their defaults. */
  impliedMembers(type: EntityType, place: { readonly collection: string; readonly key: string }): JsonObject;
  /** Keys of members that a set or a collection of an entity has from the start, such as the folders of a mailbox. */
  firstKeys(element: EntitySet | NavigationProperty): readonly string[];
  /** The member of another collection of an entity that one of its properties is a name for: a drive's root is one of its items. */
  memberNamed(property: NavigationProperty): { readonly collection: string; readonly key: string } | undefined;
  /** Where entities of a type form trees in which paths go by names: `root:/a/b.txt:/content`. */
  treeOf(type: EntityType): TreeRule | undefined;
  /** The properties that `$search` looks into for entities of a type, all of them strings; undefined: whatever is a string. [OData-Protocol 11.2.6.6] */
  searchedOf(type: EntityType): readonly string[] | undefined;
  /** Where each term of `$search` names the property of a type that it looks into; undefined: all of them. */
  searchOf(type: EntityType): SearchRule | undefined;
  /** Whether the service makes the content behind `$value` of such an entity, although the schema declares none. */
  hasMadeContent(type: EntityType): boolean;
  /** The entity of a set that a singleton is another name for: `/me` is one of the users. */
  aliasOf(singleton: Singleton): { readonly set: string; readonly key: string } | undefined;
}

/** How references are kept where a profile rather than the schema says so. */
export interface LinkRule {
  /** The name under which they are kept. */
  readonly name: string;
  /** Whether the property reads them backwards. */
  readonly inverse: boolean;
  /** Whether properties of both ends lead along them. */
  readonly isMutual: boolean;
  /** Whether a source has one at most. */
  readonly isSingle: boolean;
  /** Whether what it leads to belongs to the source, so that nobody refers to it from elsewhere, or takes it away alive. */
  readonly isOwner?: boolean;
  /**
   * The collection in which an entity stands that is created there, where that is not the set that the property is bound
   * to; undefined where what is created does not say: below the source.
   */
  standsIn?(source: Address, document: JsonObject): string | undefined;
  /** Whether the property leads on to what they lead to from there, however far. Such a property is only read. */
  readonly isTransitive: boolean;
}

/** Entities of a collection belong to a source whose property `here` equals theirs named `there`. */
export interface MatchRule {
  readonly collection: string;
  readonly here: string;
  readonly there: string;
}

interface Address {
  readonly collection: string;
  readonly key: string;
}

/** How entities are searched by property. */
export interface SearchRule {
  /** Properties that are searched word by word; the others by how they begin. */
  readonly byWord: readonly string[];
}

/** A tree in which paths go by names. */
export interface TreeRule {
  /** The navigation property that leads downwards. */
  readonly children: string;
  /** The property that holds the name. */
  readonly name: string;
  /** What an entity begins with that is made because a path leads through it. */
  readonly branch: JsonObject;
}
