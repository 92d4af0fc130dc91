export { createSeeder, type Seeder, type SeedReport, type SeedRequest, type SeedTarget } from './seeder.js';
export { createMaker, type MakerOptions } from './maker.js';
