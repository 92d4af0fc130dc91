import { openStore } from '../../src/store/index.js';
import { storeConformance } from './conformance/index.js';

storeConformance('SQLite in memory', () => openStore({ database: ':memory:' }));
