export const HELP = `mockgraph - an OData-compliant fake of Microsoft Graph, made from CSDL documents

Usage
  mockgraph serve [options]     start the services and wait for requests
  mockgraph check FILE          report on a schema: counts, and every problem with its line
  mockgraph metadata pull VERSION|URL
                                download a published schema, or bring it up to date: v1.0, beta, or the
                                address of another cloud's; prints the path of the file
  mockgraph --help | --version

Options of serve
  --graph VERSION[=FILE]   a service at /VERSION with Graph's ways; may be repeated. v1.0 and beta without FILE are
                           Microsoft's whole schemas, downloaded once and kept in a cache (default: beta as a small
                           document that ships with mockgraph describes it)
  --strict VERSION         the Graph service at VERSION takes from clients no more than its schema allows, where
                           Microsoft's documentation is laxer; may be repeated
  --odata ROOT=FILE        a plain OData service at /ROOT, at the host's root when ROOT is empty; may be repeated
                           FILE is CSDL XML or JSON, gzipped or not, or an https:// address to download once
  --behaviors ROOT=FILE    code of yours for the service at /ROOT: a module of JavaScript whose default export says what
                           entities, actions and functions do; may be repeated
  --port PORT              port to listen on (default: 3000; 0 picks a free one)
  --host HOST              address to listen on (default: 127.0.0.1)
  --db FILE                SQLite file to keep the data in, or a postgres:// URL (default: in memory)
  --auth any|off           Graph services let in any bearer token, or ask for none (default: any)
  --samples on|off         Graph operations that nothing implements answer with a sample of their return type, or with 501
                           (default: on)
  --unknown-entities refuse|sample
                           an entity of a Graph service that a request names and nobody made is not there (404), or is made
                           as a sample of its type when it is first named (default: refuse)
  --examples FILE          documented requests and answers to take before samples, as JSON lines, gzipped or not; may be
                           repeated
  --admin on|off           seeding and resetting below /__admin (default: on where HOST is a loopback address)
  --limit NAME=NUMBER      what one request may ask for, as in maxTop=5000; may be repeated (README has the names);
                           maxStatementSeconds is how long PostgreSQL may take for a statement (SQLite cannot be ended)

Environment
  MOCKGRAPH_CACHE          folder of downloaded schemas (default: mockgraph in the system's folder for caches)

Exit codes
  0  ended by Ctrl-C or as asked      1  a fault of mockgraph itself, or schema errors found by check
  2  a mistake in the options, a file that cannot be read, a schema that cannot be
     downloaded, or a port in use

Examples
  mockgraph serve
  mockgraph serve --port 8080 --db devices.db --auth off
  mockgraph serve --graph v1.0 --graph beta
  mockgraph serve --graph v1.0=v1.csdl.gz --odata trippin=trippin.xml
  mockgraph check my-schema.xml
`;
