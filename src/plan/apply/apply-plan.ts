import type { EntitySet, EntityType, Property, ScalarType, Singleton, StructuredType } from '../../edm/index.js';

import type { DeclaredTypes, Expression, Place, Source } from '../expression.js';
import type { Embed } from '../read-plan.js';
import type { OrderTerm } from '../terms.js';
import type { Shape } from '../shape.js';

/**
 * What `$apply` and the options behind it make of a collection: steps over rows, each over the result of the one before.
 * Rows begin as entities, which range variable 0 stands for, and gain columns or are replaced by rows of columns alone.
 * Column names are unique in the plan. [OData-Aggregation 3]
 */
export interface ApplyPlan {
  readonly from: Rows | CrossRows;
  readonly steps: readonly Step[];
  readonly page: { readonly limit: number | undefined; readonly skip: number };
  readonly result: Result;
}

/** Entities to start from. */
export interface Rows {
  readonly source: Source;
  /** Set where a type cast narrows the source: qualified names of the types that stay. */
  readonly typeNames?: readonly string[];
}

/** Entities of several sets, each with each; the sequences of a row's entities stand in its columns. [OData-URL 4.15] */
export interface CrossRows {
  readonly sets: readonly { readonly source: Source; readonly column: string }[];
}

/** A column and what stands in it: a value, for entities the sequence of a row, or what is the same where complex values are. */
export type Column =
  | { readonly column: string; readonly value: Expression }
  | { readonly column: string; readonly entity: Place }
  | { readonly column: string; readonly same: Place; readonly declared: DeclaredTypes };

export type Step =
  /** `variable` is one that stands for the row beside variable 0. */
  | { readonly kind: 'filter'; readonly condition: Expression; readonly variable?: number }
  /** Rows are no entities any more where they stand alone, but what stands in their columns. */
  | { readonly kind: 'compute'; readonly columns: readonly Column[]; readonly isAlone?: true }
  | { readonly kind: 'order'; readonly terms: readonly OrderTerm[] }
  | { readonly kind: 'page'; readonly limit: number | undefined; readonly skip: number }
  | RankStep
  | GroupStep
  | AggregateStep
  | FlattenStep
  | ConcatStep
  | JoinStep
  | BesideStep
  | NestStep
  | AddNestedStep
  | HierarchyStep
  | RollupStep;

/** The rows with the greatest or least measures, in their order. [OData-Aggregation 3.3.1] */
export interface RankStep {
  readonly kind: 'rank';
  readonly until: 'count' | 'percent' | 'sum';
  readonly direction: 'asc' | 'desc';
  /** Not about any row; what is no literal is checked as it is worked out. */
  readonly amount: Expression;
  readonly measure: Expression;
}

/** Steps for each group of rows with equal keys. Every row that they give has the keys too. [OData-Aggregation 3.2.3] */
export interface GroupStep {
  readonly kind: 'group';
  readonly keys: readonly Column[];
  readonly steps: readonly Step[];
}

/** One row instead of all, or of all of a group. [OData-Aggregation 3.2.1] */
export interface AggregateStep {
  readonly kind: 'aggregate';
  readonly values: readonly AggregateValue[];
  /** Values that need rows of their own: steps that end in one row, or one for each group. */
  readonly parts: readonly AggregatePart[];
}

export type AggregateMethod = 'sum' | 'average' | 'min' | 'max' | 'countdistinct';

export type AggregateValue =
  | { readonly method: 'count'; readonly column: string }
  | { readonly method: 'countdistinct'; readonly column: string; readonly entity: Place }
  /** `type` is the type of the result, to which the value is converted for sums and averages. */
  | {
      readonly method: AggregateMethod;
      readonly column: string;
      readonly value: Expression;
      readonly type: ScalarType;
    };

export interface AggregatePart {
  readonly steps: readonly Step[];
  readonly column: string;
  /** Whether the value is a number of rows, and so 0 where there are none. */
  readonly isCount: boolean;
}

/** The rows or items that a path leads to, instead of the rows that it starts from. */
export interface FlattenStep {
  readonly kind: 'flatten';
  /** Collections, and single entities too; each may start from the variables before it. */
  readonly path: readonly { readonly collection: Place; readonly variable: number }[];
  /** Whether the last of them are entities, which each occur once and are the rows from here on. */
  readonly isEntity: boolean;
  /** Values that start from the variables. */
  readonly columns: readonly Column[];
}

/** The rows of all branches one after the other. [OData-Aggregation 3.2.2] */
export interface ConcatStep {
  readonly kind: 'concat';
  /** Whether rows of any branch are entities. */
  readonly hasEntities: boolean;
  readonly columns: readonly ConcatColumn[];
  /** Column for the number of the row's form; see `Result`. */
  readonly formColumn: string | undefined;
  readonly branches: readonly ConcatBranch[];
}

export interface ConcatColumn {
  readonly column: string;
  readonly type: ColumnType;
}

/** What stands in a column, where no value says so. */
export type ColumnType = ScalarType | 'entity' | 'rows' | undefined;

export interface ConcatBranch {
  readonly steps: readonly Step[];
  /** Per column of the step what stands in it: a column of the branch, a value, or nothing. */
  readonly sources: readonly (string | Expression | undefined)[];
  /** The branch's own column of forms, and the number that each of its forms has in the whole. */
  readonly formColumn: string | undefined;
  readonly forms: readonly number[];
}

/** Each row with columns of the one row that the steps make of all, or of all of its group. [OData-Aggregation 3.6] */
export interface BesideStep {
  readonly kind: 'beside';
  readonly steps: readonly Step[];
  readonly columns: readonly string[];
}

/** A row for each pair of a row and one that it leads to. [OData-Aggregation 3.5.1] */
export interface JoinStep {
  readonly kind: 'join';
  /** Whether rows that lead nowhere stay. */
  readonly isOuter: boolean;
  readonly collection: Place;
  readonly part?: PartColumns;
  /** For the rows that one row leads to. */
  readonly steps: readonly Step[];
  /** What stands in front of the names of the columns of the joined rows, which may be joined several times. */
  readonly prefix?: string;
  /** Column for the sequence of the entity, or for whether there is a joined row. */
  readonly column: string;
  readonly isEntity: boolean;
  /** Set where the joined rows differ in structure. */
  readonly mixed?: MixedForms;
}

/** Columns of rows that are complex values of entities; see the place of this name. */
export interface PartColumns {
  readonly pointer: string;
  readonly value: string;
}

/** Each form of a row with each form of the rows that are joined with it. */
export interface MixedForms {
  /** Column for the number of the form. */
  readonly column: string;
  /** Columns for those of the two rows; undefined where a row has the first. */
  readonly outer: string | undefined;
  readonly inner: string | undefined;
  /** How many forms the joined rows have. */
  readonly count: number;
  /** Column for the sequence of the joined row, where that is an entity. */
  readonly sequence: string;
}

/** One row that holds all rows, or all of a group. [OData-Aggregation 3.5.2] */
export interface NestStep {
  readonly kind: 'nest';
  readonly nested: readonly Nested[];
}

/** Each row with those that it leads to within it. [OData-Aggregation 3.4.3] */
export interface AddNestedStep {
  readonly kind: 'addnested';
  readonly collection: Place;
  readonly part?: PartColumns;
  /** Columns that the rows within have from the row that they are in. */
  readonly inherited?: readonly string[];
  /** For the rows that one row leads to. */
  readonly nested: readonly Nested[];
}

/** Rows in a column: what the steps make of others. */
export interface Nested {
  readonly steps: readonly Step[];
  /** What options leave of them in answers, but not for expressions. */
  readonly further?: readonly Step[];
  /** Steps behind these that leave a page, and whether it is said how many rows there are in all. */
  readonly page?: readonly Step[];
  readonly isCounted?: boolean;
  readonly column: string;
  readonly result: Result;
}

/** A recursive hierarchy, to whose nodes rows belong. */
export interface HierarchyTree {
  readonly nodes: Rows;
  /** Leave some of the nodes out, and sort them; of a rollup those that get rows. */
  readonly nodeSteps: readonly Step[];
  /** Identifier of a node, which variable 0 stands for. */
  readonly node: Expression;
  /** A collection where a node may have several. */
  readonly parent: Place;
  /** Identifier of the node that a row belongs to. */
  readonly value: Expression;
  /** Collections that a row leads through to the identifiers of several nodes, from which the value starts then. */
  readonly through?: FlattenStep['path'];
}

/** Rows that belong to nodes above or below those of other rows, or all rows in the order of a tree. [OData-Aggregation 6.2] */
export interface HierarchyStep extends HierarchyTree {
  readonly kind: 'hierarchy';
  readonly take: TreePart;
}

/** Steps for each node over the rows that belong to it or one below it. [OData-Aggregation 6.3] */
export interface RollupStep extends HierarchyTree {
  readonly kind: 'rollup';
  /** Columns that are the same for all rows of a node: its sequence, its identifier, and some that are true. */
  readonly sequence: string;
  readonly identifier: string;
  readonly presences: readonly string[];
  /** Column for whether a row belongs to the node itself. */
  readonly self: string;
  readonly steps: readonly Step[];
  /** Whether the rows become the nodes, with the columns of the steps beside them. */
  readonly becomesNode: boolean;
}

export type TreePart =
  | {
      readonly kind: 'ancestors' | 'descendants';
      /** Leave the rows to start from. */
      readonly start: readonly Step[];
      readonly distance: number | undefined;
      readonly keepStart: boolean;
    }
  | {
      readonly kind: 'preorder' | 'postorder';
      /** Set where a node may be reached in several ways, each of which has rows of its own. */
      readonly ways?: Ways;
      /** Column for the sequence of the node, where a row may belong to several. */
      readonly nodeColumn?: string;
    };

/** How the ways to nodes are told apart. [OData-Aggregation 6.2.2.2] */
export interface Ways {
  /** Leave the nodes to start from; absent where these are the roots. */
  readonly start: readonly Step[] | undefined;
  /** Column for the identifiers of the nodes above, up to the one that was started from, as a JSON array. */
  readonly column: string;
  /** Identifier of a node, as a string. */
  readonly text: Expression;
}

/** How rows are read and written. */
export interface Result {
  /** Column with the number of a row's form; without it all rows have the first. */
  readonly formColumn: string | undefined;
  readonly forms: readonly Form[];
  /** Select list of the context URL. [OData-Aggregation 3.1.1] */
  readonly contextList: string;
}

/** What a row consists of. */
export interface Form {
  /** Present where rows still are entities. */
  readonly entity: EntityForm | undefined;
  readonly fields: readonly Field[];
}

export interface EntityForm {
  readonly type: EntityType;
  /** The set or singleton that they stand in, as far as it is known. */
  readonly container: EntitySet | Singleton | undefined;
  readonly shape: Shape;
  readonly embed: readonly Embed[];
  /** Set where the row is no more than a complex value of the entity, about which the shape is then. */
  readonly part?: PartForm;
}

/** A value of a complex property, or an item of one. */
export interface PartForm extends PartColumns {
  readonly property: Property;
  readonly type: StructuredType;
  /** Names of the complex properties that lead to it, the last of which is its own. */
  readonly within: readonly string[];
}

export type Field = ValueField | RecordField | EntityField | RowsField;

export interface ValueField {
  readonly kind: 'value';
  readonly name: string;
  readonly column: string;
  /** Undefined where it is always null. */
  readonly type: ScalarType | undefined;
  /** Whether a declared property holds it, so that its type is known. */
  readonly isDeclared: boolean;
  /** Set where the value is the text of a JSON array. */
  readonly isJson?: true;
}

/** A complex value or an entity of which only some properties are there. */
export interface RecordField {
  readonly kind: 'record';
  readonly name: string;
  readonly isNavigation: boolean;
  /** Boolean column that says whether there is anything; without it there is. */
  readonly presence: string | undefined;
  readonly fields: readonly Field[];
}

/** A related entity, by its sequence. */
export interface EntityField {
  readonly kind: 'entity';
  /** Whether no declared navigation property holds it, so that its context is written too. */
  readonly isDynamic: boolean;
  /** How it is written; as itself where nothing is said. */
  readonly as?: 'references' | 'link';
  /** Select list of its own context URL. */
  readonly contextList: string;
  readonly name: string;
  readonly column: string;
  readonly form: Form & { readonly entity: EntityForm };
}

/** Rows within the row. */
export interface RowsField {
  readonly kind: 'rows';
  /** Whether they are complex values rather than what navigation leads to. */
  readonly isStructural: boolean;
  /** Of their context URL: the set that the rows came from, as far as it is known, or the type of complex values. */
  readonly context: string | undefined;
  readonly name: string;
  readonly column: string;
  readonly result: Result;
  /** How they are written; as themselves where nothing is said. */
  readonly as?: 'references' | 'count';
  /** Whether it is said how many there are, whatever the page. */
  readonly isCounted?: boolean;
}
