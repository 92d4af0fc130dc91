import { loadModel } from '../../../src/csdl/index.js';
import type { NavigationProperty, SchemaType } from '../../../src/edm/index.js';
import { defaultBindLimits, type BindContext } from '../../../src/plan/bind/index.js';
import { parseQuery, type QueryOptions } from '../../../src/url/index.js';

const CSDL = `<?xml version="1.0"?>
<edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.01"><edmx:DataServices>
<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Shop.Model" Alias="Shop">
  <EnumType Name="Status"><Member Name="unknown" Value="0"/><Member Name="pending" Value="1"/><Member Name="done" Value="2"/></EnumType>
  <EnumType Name="Color" IsFlags="true"><Member Name="None" Value="0"/><Member Name="Red" Value="1"/><Member Name="Green" Value="2"/><Member Name="Blue" Value="4"/></EnumType>
  <TypeDefinition Name="Length" UnderlyingType="Edm.Decimal"/>
  <ComplexType Name="Address">
    <Property Name="Street" Type="Edm.String"/>
    <Property Name="City" Type="Edm.String"/>
    <NavigationProperty Name="Country" Type="Shop.Country"/>
  </ComplexType>
  <ComplexType Name="HomeAddress" BaseType="Shop.Address"><Property Name="Floor" Type="Edm.Int16"/></ComplexType>
  <ComplexType Name="Box" OpenType="true"><Property Name="Size" Type="Edm.Int32"/></ComplexType>
  <EntityType Name="Country"><Key><PropertyRef Name="Code"/></Key><Property Name="Code" Type="Edm.String" Nullable="false"/></EntityType>
  <EntityType Name="Product"><Key><PropertyRef Name="ID"/></Key>
    <Property Name="ID" Type="Edm.Guid" Nullable="false"/>
    <Property Name="Name" Type="Edm.String"/>
    <Property Name="Price" Type="Edm.Double"/>
    <Property Name="Cost" Type="Edm.Decimal" Scale="variable"/>
    <Property Name="Weight" Type="Edm.Single"/>
    <Property Name="Rating" Type="Edm.Byte"/>
    <Property Name="Temperature" Type="Edm.SByte"/>
    <Property Name="Quantity" Type="Edm.Int16"/>
    <Property Name="Number" Type="Edm.Int32"/>
    <Property Name="Total" Type="Edm.Int64"/>
    <Property Name="IsActive" Type="Edm.Boolean"/>
    <Property Name="Data" Type="Edm.Binary"/>
    <Property Name="Born" Type="Edm.Date"/>
    <Property Name="Opens" Type="Edm.TimeOfDay"/>
    <Property Name="Takes" Type="Edm.Duration"/>
    <Property Name="CreatedAt" Type="Edm.DateTimeOffset"/>
    <Property Name="ChangedAt" Type="Edm.DateTimeOffset"/>
    <Property Name="Width" Type="Shop.Length"/>
    <Property Name="Status" Type="Shop.Status"/>
    <Property Name="Color" Type="Shop.Color"/>
    <Property Name="Photo" Type="Edm.Stream"/>
    <Property Name="Place" Type="Edm.GeographyPoint"/>
    <Property Name="Area" Type="Edm.GeographyPolygon"/>
    <Property Name="Route" Type="Edm.GeographyLineString"/>
    <Property Name="Address" Type="Shop.Address"/>
    <Property Name="Box" Type="Shop.Box"/>
    <Property Name="Tags" Type="Collection(Edm.String)"/>
    <Property Name="Scores" Type="Collection(Edm.Int32)"/>
    <Property Name="Addresses" Type="Collection(Shop.Address)"/>
    <NavigationProperty Name="Category" Type="Shop.Category" Partner="Products"/>
    <NavigationProperty Name="Parts" Type="Collection(Shop.Product)"/>
  </EntityType>
  <EntityType Name="SpecialProduct" BaseType="Shop.Product"><Property Name="Extra" Type="Edm.String"/></EntityType>
  <EntityType Name="Category" OpenType="true"><Key><PropertyRef Name="Code"/></Key>
    <Property Name="Code" Type="Edm.String" Nullable="false"/>
    <Property Name="Label" Type="Edm.String"/>
    <NavigationProperty Name="Products" Type="Collection(Shop.Product)" Partner="Category"/>
  </EntityType>
  <Function Name="age" IsBound="true"><Parameter Name="it" Type="Shop.Product"/><ReturnType Type="Edm.Int32"/></Function>
  <Action Name="sell" IsBound="true"><Parameter Name="it" Type="Shop.Product"/></Action>
  <EntityContainer Name="Container"><EntitySet Name="Products" EntityType="Shop.Product"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

export const { model } = loadModel({ text: CSDL });

export function typeNamed(name: string): SchemaType {
  return model.typeOrThrow(name);
}

/** A context over products; every navigation property is followed by stored references. */
export function contextOf(options: Partial<BindContext> = {}): BindContext {
  return {
    model,
    type: typeNamed('Shop.Product'),
    relationOf: (property: NavigationProperty) => ({
      kind: 'linked',
      property,
      storedAs: property.name,
      inverse: false,
      isTransitive: false,
      isMutual: false,
      isSingle: !property.isCollection,
    }),
    resolveRoot: () => {
      throw new Error('There is no service.');
    },
    aliases: new Map(),
    limits: defaultBindLimits,
    ...options,
  };
}

/** The options of a query as a URL has them: `$filter=…&@p=…`. */
export function options(query: string): QueryOptions {
  return parseQuery(encodeURI(query).replaceAll('+', '%2B'));
}
