import type { Server } from 'node:http';

import type { INestApplication } from '@nestjs/common';

import type { Behavior } from '../behavior/index.js';
import { BehaviorError, ServiceError } from '../error/index.js';
import { graphBehaviors, graphProfile } from '../graph/index.js';
import { createApplication, serviceToken, type ODataModuleOptions } from '../nest/index.js';
import { odataProfile, type Example } from '../protocol/index.js';
import type { Service } from '../service.js';

import { loadBehaviors } from './load-behaviors.js';
import { cachedDocument } from './metadata/pull.js';
import { packageVersion, SHIPPED_DOCUMENT } from './package-file.js';
import type { DocumentSource, ServeOptions, Mount } from './read-arguments.js';
import { examplesFor, examplesLine, readExamples } from './read-examples.js';
import { serviceCounts } from './service-counts.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const SHUTDOWN_MILLISECONDS = 10_000;

/** `mockgraph serve`: resolves when the server was asked to end and the requests in flight are done. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const services = await modulesOf(options, terminal);
  const application = await open(services, options);
  await listen(application, options);
  const ended = endOf(application, terminal);
  for (const { root } of services) terminal.out(startLine(application, root, options.host, process.uptime()));
  return ended;
}

async function modulesOf(options: ServeOptions, terminal: Terminal): Promise<ODataModuleOptions[]> {
  const { graph, odata, authentication, strict, samples, unknownEntities, examples: files, limits } = options;
  const onFault = (error: ServiceError): void => {
    const { cause } = error;
    terminal.error(cause instanceof Error ? (cause.stack ?? cause.message) : error.message);
  };
  const examples = examplesOf(files, graph, terminal);
  const modules: ODataModuleOptions[] = [];
  for (const { root, document } of graph) {
    const behaviors = await behaviorsAt(root, options);
    modules.push({
      root,
      files: [await documentFile(document, terminal)],
      profile: graphProfile({ authentication, samples, unknownEntities, strict: strict.includes(root) }),
      limits,
      behaviors: (model) => [...behaviors, ...graphBehaviors(model)],
      examples: examplesFor(root, examples),
      onFault,
    });
  }
  for (const { root, document } of odata) {
    const behaviors = await behaviorsAt(root, options);
    modules.push({
      root,
      files: [await documentFile(document, terminal)],
      profile: odataProfile,
      limits,
      behaviors: () => behaviors,
      onFault,
    });
  }
  return modules;
}

/** The user's own behaviours of a service, which act before those of mockgraph. */
async function behaviorsAt(root: string, { behaviors }: ServeOptions): Promise<Behavior[]> {
  const loaded: Behavior[] = [];
  for (const each of behaviors) if (each.root === root) loaded.push(...(await loadBehaviors(each.file)));
  return loaded;
}

function examplesOf(files: readonly string[], graph: readonly Mount[], terminal: Terminal): Example[] {
  const roots = graph.map(({ root }) => root);
  return files.flatMap((file) => {
    const examples = readExamples(file);
    terminal.out(examplesLine(file, examples, roots));
    return examples;
  });
}

async function documentFile(source: DocumentSource, terminal: Terminal): Promise<string> {
  switch (source.kind) {
    case 'file':
      return source.path;
    case 'shipped':
      return SHIPPED_DOCUMENT;
    case 'published':
      return cachedDocument(source.name, terminal);
  }
}

/** A database that cannot be opened is a mistake in `--db`, names that a schema does not have are one in `--behaviors`. */
async function open(
  services: readonly ODataModuleOptions[],
  { database, admin }: ServeOptions,
): Promise<INestApplication> {
  try {
    return await createApplication({
      services,
      store: { database },
      control: admin,
    });
  } catch (error) {
    if (error instanceof ServiceError || error instanceof BehaviorError)
      throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function listen(application: INestApplication, { port, host }: ServeOptions): Promise<void> {
  try {
    await application.listen(port, host);
  } catch (error) {
    await application.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new UsageError(`Port ${String(port)} on ${host} is in use; choose another with --port.`, { cause: error });
    if (code === 'EACCES')
      throw new UsageError(`Port ${String(port)} on ${host} may not be opened; choose one above 1023 with --port.`, {
        cause: error,
      });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new UsageError(`${host} is no address of this machine; see --host.`, { cause: error });
    throw error;
  }
}

/** Example: `mockgraph 0.1.0 at http://127.0.0.1:3000/beta: 4 entity types, 26 routes, ready in 0.4 s` */
function startLine(application: INestApplication, root: string, host: string, seconds: number): string {
  const address = (application.getHttpServer() as Server).address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const name = host.includes(':') ? `[${host}]` : host;
  const { types, routes } = serviceCounts(application.get<Service>(serviceToken(root), { strict: false }).model);
  return `mockgraph ${packageVersion()} at http://${name}:${String(port)}/${root}: ${String(types)} types, ${String(routes)} routes, ready in ${seconds.toFixed(2)} s`;
}

/** SIGINT and SIGTERM let requests in flight finish; a second signal, or ten seconds, end at once. */
function endOf(application: INestApplication, terminal: Terminal): Promise<number> {
  return new Promise((resolve, reject) => {
    let isEnding = false;
    const end = (): void => {
      if (isEnding) process.exit(130);
      isEnding = true;
      const timer = setTimeout(() => {
        terminal.error('Requests in flight did not finish in time.');
        process.exit(1);
      }, SHUTDOWN_MILLISECONDS);
      application.close().then(() => {
        clearTimeout(timer);
        resolve(0);
      }, reject);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
