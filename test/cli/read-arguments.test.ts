import { describe, expect, it } from '@jest/globals';

import { readArguments } from '../../src/cli/read-arguments.js';
import { UsageError } from '../../src/cli/usage-error.js';

const DEFAULTS = {
  kind: 'serve',
  port: 3000,
  host: '127.0.0.1',
  database: ':memory:',
  authentication: 'any',
  examples: [],
  samples: true,
  unknownEntities: 'refuse',
  admin: true,
  limits: {},
  graph: [{ root: 'beta', document: { kind: 'shipped' } }],
  strict: [],
  odata: [],
  behaviors: [],
};

const published = (root: string, name = root) => ({ root, document: { kind: 'published', name } });
const file = (root: string, path: string) => ({ root, document: { kind: 'file', path } });

const words = (line: string) => line.split(' ').filter((word) => word !== '');

describe('a command line', () => {
  it.each([
    ['', { kind: 'help' }],
    ['--help', { kind: 'help' }],
    ['-h', { kind: 'help' }],
    ['help', { kind: 'help' }],
    ['serve --help', { kind: 'help' }],
    ['--version', { kind: 'version' }],
    ['-v', { kind: 'version' }],
    ['check schema.xml', { kind: 'check', file: 'schema.xml' }],
    ['serve', DEFAULTS],
    ['serve --port 8080', { ...DEFAULTS, port: 8080 }],
    ['serve --port=0', { ...DEFAULTS, port: 0 }],
    ['--port 65535 serve', { ...DEFAULTS, port: 65_535 }],
    ['serve --host ::1', { ...DEFAULTS, host: '::1' }],
    ['serve --host 0.0.0.0', { ...DEFAULTS, host: '0.0.0.0', admin: false }],
    ['serve --host 0.0.0.0 --admin on', { ...DEFAULTS, host: '0.0.0.0' }],
    ['serve --admin off', { ...DEFAULTS, admin: false }],
    ['serve --db data.db', { ...DEFAULTS, database: 'data.db' }],
    ['serve --db postgres://u:p@host/db', { ...DEFAULTS, database: 'postgres://u:p@host/db' }],
    ['serve --auth off', { ...DEFAULTS, authentication: 'off' }],
    ['serve --auth any', DEFAULTS],
    ['serve --limit maxTop=5 --limit maxUrl=100', { ...DEFAULTS, limits: { maxTop: 5, maxUrl: 100 } }],
    ['serve --strict beta', { ...DEFAULTS, strict: ['beta'] }],
    [
      'serve --graph v1.0 --graph beta --strict V1.0',
      { ...DEFAULTS, graph: [published('v1.0'), published('beta')], strict: ['v1.0'] },
    ],
    ['serve --samples off', { ...DEFAULTS, samples: false }],
    ['serve --unknown-entities sample', { ...DEFAULTS, unknownEntities: 'sample' }],
    ['serve --unknown-entities refuse', DEFAULTS],
    ['serve --samples on --examples a.jsonl --examples b.gz', { ...DEFAULTS, examples: ['a.jsonl', 'b.gz'] }],
    ['serve --graph v1.0', { ...DEFAULTS, graph: [published('v1.0')] }],
    ['serve --graph v1.0=a=b.xml', { ...DEFAULTS, graph: [file('v1.0', 'a=b.xml')] }],
    [
      'serve --graph beta --graph v1.0=v1.csdl.gz',
      {
        ...DEFAULTS,
        graph: [published('beta'), file('v1.0', 'v1.csdl.gz')],
      },
    ],
    ['serve --odata trip=trip.xml', { ...DEFAULTS, graph: [], odata: [file('trip', 'trip.xml')] }],
    [
      'serve --graph us=https://graph.microsoft.us/v1.0/$metadata',
      { ...DEFAULTS, graph: [published('us', 'https://graph.microsoft.us/v1.0/$metadata')] },
    ],
    [
      'serve --odata trip=http://localhost/$metadata',
      { ...DEFAULTS, graph: [], odata: [published('trip', 'http://localhost/$metadata')] },
    ],
    [
      'serve --odata Trip=trip.xml --behaviors trip=a=b.js --behaviors TRIP=c.mjs',
      {
        ...DEFAULTS,
        graph: [],
        odata: [file('Trip', 'trip.xml')],
        behaviors: [
          { root: 'Trip', file: 'a=b.js' },
          { root: 'Trip', file: 'c.mjs' },
        ],
      },
    ],
    ['serve --behaviors beta=a.js', { ...DEFAULTS, behaviors: [{ root: 'beta', file: 'a.js' }] }],
    [
      'serve --odata =trip.xml --behaviors =a.js',
      { ...DEFAULTS, graph: [], odata: [file('', 'trip.xml')], behaviors: [{ root: '', file: 'a.js' }] },
    ],
    ['metadata pull beta', { kind: 'pull', document: 'beta' }],
    [
      'serve --odata =trip.xml --graph beta',
      { ...DEFAULTS, graph: [published('beta')], odata: [file('', 'trip.xml')] },
    ],
  ])('is understood: %s', (line, command) => {
    expect(readArguments(words(line))).toEqual(command);
  });

  it.each([
    ['serve --limit maxTop', "--limit needs NAME=NUMBER, not 'maxTop'."],
    ['serve --limit maxTop=x', "--limit needs NAME=NUMBER, not 'maxTop=x'."],
    ['serve --limit maxTops=5', "There is no limit 'maxTops'. Did you mean 'maxTop'?"],
    ['serve --limit constructor=5', "There is no limit 'constructor'."],
    ['serve --limit maxTop=0', '--limit: maxTop must be a whole number from 1 on, not 0.'],
    ['serve --limit maxNesting=501', '--limit: maxNesting must be at most 500, not 501.'],
    ['srve', "Unknown command 'srve'. Did you mean 'serve'?"],
    ['chekc a', "Unknown command 'chekc'. Did you mean 'check'?"],
    ['nonsense', "Unknown command 'nonsense'."],
    ['--port 1', 'Say what to do: mockgraph serve, mockgraph check FILE, or mockgraph metadata pull VERSION.'],
    ['metadata', 'metadata needs to know what to do: mockgraph metadata pull VERSION.'],
    ['metadata pul v1.0', "Unknown command 'metadata pul'. Did you mean 'pull'?"],
    ['metadata pull', 'metadata pull needs exactly one VERSION or address.'],
    ['metadata pull v1.0 beta', 'metadata pull needs exactly one VERSION or address.'],
    ['serve schema.xml', "Unexpected argument 'schema.xml'; serve takes options only."],
    ['check', 'check needs exactly one FILE.'],
    ['check a b', 'check needs exactly one FILE.'],
    ['serve --prot 1', "Unknown option --prot. Did you mean '--port'?"],
    ['serve --database a', 'Unknown option --database.'],
    ['serve -p 1', 'Unknown option -p.'],
    ['serve --constructor 1', 'Unknown option --constructor.'],
    ['serve --port 1 --port 2', 'The option --port is given more than once.'],
    ['check a.xml --port 1', '--port is an option of serve; check takes none.'],
    ['metadata pull beta --strict beta', '--strict is an option of serve; metadata takes none.'],
    ['serve --port', 'The option --port needs a value.'],
    ['serve --port --db a', 'The option --port needs a value.'],
    ['serve --host=', 'The option --host needs a value.'],
    ['serve --db=', 'The option --db needs a value.'],
    ['serve --help=yes', 'The option --help takes no value.'],
    ['serve --port 65536', "--port must be a number from 0 to 65535, not '65536'."],
    ['serve --port x', "--port must be a number from 0 to 65535, not 'x'."],
    ['serve --port=-1', "--port must be a number from 0 to 65535, not '-1'."],
    ['serve --port 1e3', "--port must be a number from 0 to 65535, not '1e3'."],
    ['serve --strict v1.0', "--strict: there is no Graph service at 'v1.0'."],
    ['serve --strict bata', "--strict: there is no Graph service at 'bata'. Did you mean 'beta'?"],
    ['serve --odata a=a.xml --strict a', "--strict: there is no Graph service at 'a'."],
    ['serve --strict', 'The option --strict needs a value.'],
    ['serve --auth on', "--auth must be 'any' or 'off', not 'on'."],
    ['serve --unknown-entities yes', "--unknown-entities must be 'refuse' or 'sample', not 'yes'."],
    ['serve --odata a=b --unknown-entities sample', '--unknown-entities needs a service with --graph.'],
    ['serve --samples no', "--samples must be 'on' or 'off', not 'no'."],
    ['serve --examples', 'The option --examples needs a value.'],
    ['serve --odata a=b.xml --examples c', '--examples needs a service with --graph.'],
    ['serve --admin yes', "--admin must be 'on' or 'off', not 'yes'."],
    ['serve --graph =a.xml', "--graph needs VERSION or VERSION=FILE, not '=a.xml'."],
    ['serve --graph beta=', "--graph needs VERSION or VERSION=FILE, not 'beta='."],
    ['serve --odata trip', "--odata needs ROOT=FILE, not 'trip'."],
    ['serve --odata trip=', "--odata needs ROOT=FILE, not 'trip='."],
    ['serve --behaviors beta', "--behaviors needs ROOT=FILE, not 'beta'."],
    ['serve --behaviors beta=', "--behaviors needs ROOT=FILE, not 'beta='."],
    ['serve --behaviors bata=a.js', "--behaviors: there is no service at 'bata'. Did you mean 'beta'?"],
    ['serve --odata a/b=c', "--odata: 'a/b' is no single path segment of letters, digits, '.', '_', '~' and '-'."],
    ['serve --graph beta --odata Beta=a.xml', 'Two services are to be at /Beta.'],
    ['serve --odata =a.xml --odata =b.xml', 'Two services are to be at /.'],
  ])('is refused: %s', (line, message) => {
    let error: unknown;
    try {
      readArguments(words(line));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toBe(message);
  });
});
