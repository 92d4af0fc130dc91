import { writeSync } from 'node:fs';

import { openStore } from '../../src/store/index.js';

// Writes rows in pairs, one unit after another, and says the number of each unit once it is acknowledged.
// Where the store cannot be opened it says why.
const [, , database] = process.argv;
try {
  const store = await openStore({ database: database! });
  const space = store.space('test');
  for (let number = 1; ; number++) {
    await space.write(async (unit) => {
      for (const key of [`${number}a`, `${number}b`]) {
        const document = JSON.stringify({ key, text: 'x'.repeat(500) });
        await unit.insert({ collection: 'things', key, type: 'test.thing', document, sent: undefined });
        if (number % 10 === 0) await new Promise(setImmediate);
      }
    });
    writeSync(1, `${number}\n`);
  }
} catch (error) {
  writeSync(1, `${(error as Error).message}\n`);
  process.exit(1);
}
