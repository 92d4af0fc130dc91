export { BehaviorRegistry } from './behavior-registry.js';
export { defineBehavior, type Behavior, type Handler, type Handlers } from './define-behavior.js';
export { entitiesOf, entityOf, storedEntitiesOf, type Entities, type Entity, type StoredEntities } from './entities.js';
export { readBehaviors } from './read-behaviors.js';
export { concreteType, sampleDocument, sampleValue, type SampleParts } from './sample.js';
export type {
  Annotations,
  BehaviorEvent,
  CreateEvent,
  DeleteEvent,
  MemberEvent,
  OperationEvent,
  OperationResult,
  StreamChange,
  Surroundings,
  UpdateEvent,
  ViewEvent,
} from './events.js';
