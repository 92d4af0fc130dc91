import type { EntitySet, NavigationProperty } from '../edm/index.js';

/** The templates that every tenant has from the start. [Graph: Create team; Microsoft Teams: Get started with Teams templates] */
const BASE_TEMPLATES = [
  'standard',
  'educationClass',
  'educationStaff',
  'educationProfessionalLearningCommunity',
  'retailStore',
  'retailManagerCollaboration',
  'healthcareWard',
  'healthcareHospital',
];

export function firstTemplates({ name, type }: EntitySet | NavigationProperty): readonly string[] {
  return name === 'teamsTemplates' && type.qualifiedName === 'microsoft.graph.teamsTemplate' ? BASE_TEMPLATES : [];
}
