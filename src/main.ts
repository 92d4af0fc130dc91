#!/usr/bin/env node
import { main, terminal } from './cli/index.js';

process.exitCode = await main(process.argv.slice(2), terminal);
