import { openStore } from '../../src/store/index.js';
import { storeConformance } from './conformance/index.js';
import { temporaryDirectory } from './temporary-directory.js';

const pathOf = temporaryDirectory();
let files = 0;

storeConformance('SQLite in a file', async () => openStore({ database: await pathOf(`${files++}.db`) }));
