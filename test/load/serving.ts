// The service of the load test as a process of its own: serving.js DATABASE SPACE, told to end by the end of its input.

import { once } from 'node:events';

import { serve } from './serve.js';

const [database = ':memory:', space = 'load'] = process.argv.slice(2);
const service = await serve(database, space);
process.stdout.write(`${service.root}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await service.close();
for (const fault of service.faults) process.stdout.write(`${fault}\n`);
