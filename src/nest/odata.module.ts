import { Module, type DynamicModule, type Provider } from '@nestjs/common';

import type { Behavior } from '../behavior/index.js';
import { checkSchema, CsdlError, loadModel, metadataText, type Problem, writeCsdlJson } from '../csdl/index.js';
import type { ServiceError } from '../error/index.js';
import type { Limits, Profile } from '../protocol/index.js';
import { createService, type Service, type ServiceOptions, type ServiceRequest } from '../service.js';
import type { Store } from '../store/index.js';

import { DataPath } from './data-path.js';
import { STORE } from './store.module.js';

export interface ODataModuleOptions {
  /** First segment of the service's URLs: `beta`; empty for the host's root. */
  readonly root: string;
  /** CSDL documents that make the model: XML or JSON, gzipped or not. */
  readonly files: readonly string[];
  readonly profile: Profile;
  /** Limits other than those of the profile, on what one request may ask for. */
  readonly limits?: Partial<Limits>;
  /** Code for what the schema does not say; see `defineBehavior`. */
  readonly behaviors?: (model: ServiceOptions['model']) => readonly Behavior[];
  /** Documented answers for operations that nothing implements. */
  readonly examples?: ServiceOptions['examples'];
  /** The tenant whose data the service shows. */
  readonly space?: string;
  readonly onFault?: (error: ServiceError, request: ServiceRequest) => void;
}

/** The provider that holds the service of a root. */
export function serviceToken(root: string): string {
  return `mockgraph:service:/${root}`;
}

/** One OData service, made from its schema when the application starts, and entered into the data path. */
@Module({})
export class ODataModule {
  static register(options: ODataModuleOptions): DynamicModule {
    const service: Provider = {
      provide: serviceToken(options.root),
      inject: [STORE, DataPath],
      useFactory: (store: Store, dataPath: DataPath): Service => {
        const made = serviceFrom(options, store);
        dataPath.register(options.root, made);
        return made;
      },
    };
    return { module: class extends ODataModule {}, providers: [service], exports: [service] };
  }
}

function serviceFrom(
  { files, profile, limits = {}, behaviors = () => [], examples = [], space = 'default', onFault }: ODataModuleOptions,
  store: Store,
): Service {
  const loaded = loadModel(files, { untyped: profile.untyped });
  const { model, positions } = loaded;
  refuseErrors(checkSchema(model, positions), files);
  return createService({
    model,
    profile,
    limits,
    behaviors: behaviors(model),
    examples,
    space: store.space(space, { ignoreCase: profile.ignoreCase, counts: profile.counts(model) }),
    metadata: {
      xml: (version) => metadataText(loaded, { version }),
      json: (version) => writeCsdlJson(model, { version }),
    },
    ...(onFault === undefined ? {} : { onFault }),
  });
}

/** A schema that contradicts itself is not served: every request for the part in question would fail. */
function refuseErrors(problems: readonly Problem[], files: readonly string[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const others = errors.length === 1 ? '' : ` There are ${String(errors.length - 1)} more errors; see mockgraph check.`;
  const { file = files[0] ?? 'metadata', line, message } = first;
  throw new CsdlError({ file, ...(line === undefined ? {} : { line }) }, `${message}${others}`);
}
