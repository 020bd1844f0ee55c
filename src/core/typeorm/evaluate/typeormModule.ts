/** TypeORM's exports as the evaluator sees them: decorator factories that register, EntitySchema, naming helpers. */
import { camelCase, defaultNaming, snakeCase, titleCase } from '../resolve/naming';
import type { Evaluator } from './evaluator';
import { getMetadataArgsStorage } from './metadataStorage';
import { strategyMembers } from './strategyMembers';
import { native, unknown, type NativeValue, type Value } from './values';

/** Every decorator of TypeORM, true for those that tell something about the graph. */
const decorators: Readonly<Record<string, boolean>> = {
  Entity: true,
  ChildEntity: true,
  ViewEntity: true,
  TableInheritance: true,
  Tree: true,
  Column: true,
  PrimaryColumn: true,
  PrimaryGeneratedColumn: true,
  CreateDateColumn: true,
  UpdateDateColumn: true,
  DeleteDateColumn: true,
  VersionColumn: true,
  ObjectIdColumn: true,
  ViewColumn: true,
  VirtualColumn: true,
  TreeLevelColumn: true,
  Generated: true,
  OneToOne: true,
  OneToMany: true,
  ManyToOne: true,
  ManyToMany: true,
  JoinColumn: true,
  JoinTable: true,
  TreeParent: true,
  TreeChildren: true,
  Index: true,
  Unique: true,
  ForeignKey: true,
  RelationId: true,
  Check: false,
  Exclusion: false,
  EventSubscriber: false,
  AfterInsert: false,
  AfterLoad: false,
  AfterRecover: false,
  AfterRemove: false,
  AfterSoftRemove: false,
  AfterUpdate: false,
  BeforeInsert: false,
  BeforeRecover: false,
  BeforeRemove: false,
  BeforeSoftRemove: false,
  BeforeUpdate: false,
};

const graphDecorators = new Map(Object.entries(decorators).flatMap(([name, isOfGraph]) => (isOfGraph ? [[name, name] as const] : [])));

/** The names of TypeORM's decorators. */
export const decoratorNames: readonly string[] = Object.keys(decorators);

export function isGraphDecorator(name: string): boolean {
  return graphDecorators.has(name);
}

/** The name in a string of its own: one cut from a source text keeps the whole text alive. Undefined where it is no decorator of the graph. */
export function graphDecoratorName(name: string): string | undefined {
  return graphDecorators.get(name);
}

const cache = new WeakMap<Evaluator, Map<string, Value>>();

export function typeormExport(evaluator: Evaluator, name: string): Value {
  let values = cache.get(evaluator);
  if (!values) cache.set(evaluator, (values = new Map()));
  if (!values.has(name)) values.set(name, createExport(evaluator, name));
  return values.get(name);
}

function createExport(evaluator: Evaluator, name: string): Value {
  if (name === '*' || name === '=' || name === 'default') {
    return { kind: 'namespace', get: (member) => typeormExport(evaluator, member), names: () => Object.keys(decorators) };
  }
  if (Object.hasOwn(decorators, name)) return decoratorFactory(evaluator, name);
  switch (name) {
    case 'getMetadataArgsStorage':
      return getMetadataArgsStorage;
    case 'snakeCase':
      return textFunction(name, snakeCase);
    case 'camelCase':
      return textFunction(name, camelCase);
    case 'titleCase':
      return textFunction(name, titleCase);
    default:
      return native(name, () => unknown, name === 'DefaultNamingStrategy' ? strategyMembers(defaultNaming) : new Map());
  }
}

/** `Column(…)` gives a decorator; calling that with a class's prototype and a property's name registers the column. */
function decoratorFactory(evaluator: Evaluator, name: string): NativeValue {
  const isOfGraph = isGraphDecorator(name);
  const factory = native(name, (args, { place }) =>
    native(`@${name}`, (applied) => {
      if (isOfGraph) evaluator.registrar.register(name, args, place, applied);
      return undefined;
    }),
  );
  return isOfGraph ? { ...factory, decorator: name } : factory;
}

function textFunction(name: string, convert: (text: string) => string): NativeValue {
  return native(name, ([text]) => (typeof text === 'string' ? convert(text) : unknown));
}
