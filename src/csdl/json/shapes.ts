/** What a `$` member holds. `name` is a qualified name or a path, `facet` a number or a word. */
export type Shape = 'name' | 'flag' | 'any' | 'facet' | 'list' | 'object';

const FACETS = { $MaxLength: 'facet', $Precision: 'facet', $Scale: 'facet', $SRID: 'facet', $Unicode: 'flag' } as const;
const TYPED = { $Type: 'name', $Collection: 'flag', $Nullable: 'flag', ...FACETS } as const;
const STRUCTURED = { $Kind: 'name', $BaseType: 'name', $Abstract: 'flag', $OpenType: 'flag' } as const;
const OPERATION = {
  $Kind: 'name',
  $IsBound: 'flag',
  $EntitySetPath: 'name',
  $Parameter: 'list',
  $ReturnType: 'object',
} as const;

/** The `$` members of each kind of object. [CSDL-JSON 3 to 14] */
export const SHAPES = {
  Document: { $Version: 'name', $EntityContainer: 'name', $Reference: 'object' },
  Reference: { $Include: 'list', $IncludeAnnotations: 'list' },
  Schema: { $Alias: 'name', $Annotations: 'object' },
  EntityType: { ...STRUCTURED, $HasStream: 'flag', $Key: 'list' },
  ComplexType: STRUCTURED,
  Property: { $Kind: 'name', ...TYPED, $DefaultValue: 'any' },
  NavigationProperty: {
    $Kind: 'name',
    $Type: 'name',
    $Collection: 'flag',
    $Nullable: 'flag',
    $Partner: 'name',
    $ContainsTarget: 'flag',
    $ReferentialConstraint: 'object',
    $OnDelete: 'name',
  },
  EnumType: { $Kind: 'name', $UnderlyingType: 'name', $IsFlags: 'flag' },
  TypeDefinition: { $Kind: 'name', $UnderlyingType: 'name', ...FACETS },
  Term: { $Kind: 'name', ...TYPED, $DefaultValue: 'any', $BaseTerm: 'name', $AppliesTo: 'list' },
  Action: OPERATION,
  Function: { ...OPERATION, $IsComposable: 'flag' },
  Parameter: { $Name: 'name', ...TYPED },
  ReturnType: TYPED,
  EntityContainer: { $Kind: 'name', $Extends: 'name' },
  ContainerChild: {
    $Kind: 'name',
    $Type: 'name',
    $Collection: 'flag',
    $Nullable: 'flag',
    $Action: 'name',
    $Function: 'name',
    $EntitySet: 'name',
    $IncludeInServiceDocument: 'flag',
    $NavigationPropertyBinding: 'object',
  },
} satisfies Record<string, Record<string, Shape>>;

/** The kinds of declarations that a schema holds by themselves, and those that it holds in arrays of overloads. */
export const DECLARATION_KINDS = ['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition', 'Term', 'EntityContainer'];
export const OPERATION_KINDS = ['Action', 'Function'];
