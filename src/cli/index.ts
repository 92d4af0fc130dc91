export { main } from './main.js';
export { terminal, type Terminal } from './terminal.js';
