import type { CsdlDocument } from '../../src/edm/index.js';

const nullable = { $Nullable: true };
const reports = { $Name: 'root', $Type: 'microsoft.graph.reportRoot' };
const period = { $Name: 'period' };

/** Mail, tasks, workbooks and reports, as far as Graph has rules of its own for them. */
export const office: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    outlookItem: { $Kind: 'EntityType', $Abstract: true, $BaseType: 'microsoft.graph.entity', changeKey: nullable },
    message: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.outlookItem', subject: nullable, sender: nullable },
    plannerTask: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      title: nullable,
      assignments: { $Type: 'microsoft.graph.plannerAssignments', ...nullable },
    },
    plannerAssignments: { $Kind: 'ComplexType', $OpenType: true },
    person: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      displayName: nullable,
      phones: { $Collection: true },
      mails: { $Type: 'microsoft.graph.mail', $Collection: true },
      notes: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'microsoft.graph.note' },
      friends: { $Kind: 'NavigationProperty', $Collection: true, $Type: 'microsoft.graph.person' },
      family: { $Kind: 'NavigationProperty', $Collection: true, $Type: 'microsoft.graph.person' },
    },
    note: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      first: { $Kind: 'NavigationProperty', $ContainsTarget: true, $Type: 'microsoft.graph.note', $Nullable: true },
    },
    house: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      hall: { $Type: 'microsoft.graph.floor', ...nullable },
    },
    floor: { $Kind: 'ComplexType', level: nullable },
    attic: {
      $Kind: 'ComplexType',
      $BaseType: 'microsoft.graph.floor',
      boxes: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'microsoft.graph.note' },
      chest: { $Kind: 'NavigationProperty', $ContainsTarget: true, $Type: 'microsoft.graph.note', $Nullable: true },
    },
    mail: { $Kind: 'ComplexType', tags: { $Collection: true } },
    workbookRow: {
      $Kind: 'EntityType',
      $BaseType: 'microsoft.graph.entity',
      values: { $Type: 'microsoft.graph.Json', ...nullable },
      facet: { $Type: 'microsoft.graph.root', ...nullable },
    },
    Json: { $Kind: 'ComplexType' },
    root: { $Kind: 'ComplexType' },
    report: { $Kind: 'ComplexType', content: { $Type: 'Edm.Stream', ...nullable } },
    usageCounts: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', userName: nullable, sent: nullable },
    reportRoot: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity' },
    getUsers: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $IsComposable: true,
        $Parameter: [reports, period],
        $ReturnType: { $Type: 'microsoft.graph.report' },
      },
    ],
    getCounts: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [reports],
        $ReturnType: { $Type: 'microsoft.graph.usageCounts', $Collection: true },
      },
    ],
    configurationActivity: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [reports],
        $ReturnType: { $Type: 'microsoft.graph.report' },
      },
    ],
    getPersonCount: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [{ $Name: 'people', $Type: 'microsoft.graph.person', $Collection: true }],
        $ReturnType: { $Type: 'Edm.Int64' },
      },
    ],
    getNotes: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [{ $Name: 'people', $Type: 'microsoft.graph.person', $Collection: true }],
        $ReturnType: { $Type: 'microsoft.graph.note', $Collection: true },
      },
    ],
    addRow: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [
          { $Name: 'row', $Type: 'microsoft.graph.workbookRow' },
          { $Name: 'values', $Type: 'microsoft.graph.Json', $Nullable: true },
        ],
        $ReturnType: { $Type: 'microsoft.graph.plannerTask' },
      },
    ],
    GraphService: {
      $Kind: 'EntityContainer',
      messages: { $Collection: true, $Type: 'microsoft.graph.message' },
      houses: { $Collection: true, $Type: 'microsoft.graph.house' },
      people: {
        $Collection: true,
        $Type: 'microsoft.graph.person',
        $NavigationPropertyBinding: { friends: 'people' },
      },
      plannerTasks: { $Collection: true, $Type: 'microsoft.graph.plannerTask' },
      rows: { $Collection: true, $Type: 'microsoft.graph.workbookRow' },
      reports: { $Type: 'microsoft.graph.reportRoot' },
    },
  },
  'microsoft.graph.greetings': {
    wave: [{ $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'person', $Type: 'microsoft.graph.person' }] }],
  },
  'contoso.graph': {
    shout: [{ $Kind: 'Action', $IsBound: true, $Parameter: [{ $Name: 'person', $Type: 'microsoft.graph.person' }] }],
  },
};
