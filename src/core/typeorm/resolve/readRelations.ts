/** Relation decorators, and those that say how a relation is joined → declarations (decorator/relations in TypeORM). */
import type { CascadeOperation, RelationKind } from '../../model/relationGraph';
import { hasKind, isObjectLike, isTruthy, option, stringOption, type Registration, type Value } from '../evaluate/values';
import { nameRange, rangeOf } from '../parse/positions';
import type { JoinColumnArgs, RelationArgs, TargetArgs } from './declarations';
import { inverseOf, targetOf } from './readTargets';
import { isReflectedPromise, type RegistrationContext } from './registrationContext';

export function readRelation(context: RegistrationContext, registration: Registration, property: string, kind: RelationKind): void {
  const { evaluator, target } = context;
  const [first, second, third] = registration.args;
  const secondIsOptions = kind !== 'one-to-many' && isObjectLike(second);
  const options = secondIsOptions ? second : third;
  const inverse = secondIsOptions ? undefined : second;
  target.relations.push(
    createRelation(context, registration, options, {
      property,
      kind,
      // A decorator of the project's own may ask for the property's type.
      target: evaluator.registrar.decorating(registration, () => targetOf(evaluator, first, registration.applied)),
      inverse: inverseOf(evaluator, inverse, registration.call),
      lazy: option(options, 'lazy') === true || isReflectedPromise(context, registration),
      tree: null,
      inverseIndex: secondIsOptions ? null : 1,
    }),
  );
}

export function readTreeRelation(context: RegistrationContext, registration: Registration, property: string): void {
  const isParent = registration.decorator === 'TreeParent';
  const [options] = registration.args;
  context.target.relations.push(
    createRelation(context, registration, options, {
      property,
      kind: isParent ? 'many-to-one' : 'one-to-many',
      target: context.self,
      inverse: null,
      lazy: isReflectedPromise(context, registration),
      tree: isParent ? 'parent' : 'children',
      inverseIndex: null,
    }),
  );
}

interface RelationFacts extends Pick<RelationArgs, 'property' | 'kind' | 'target' | 'inverse' | 'lazy' | 'tree'> {
  /** Which argument of the decorator's call may name the inverse side. */
  readonly inverseIndex: number | null;
}

function createRelation({ evaluator }: RegistrationContext, registration: Registration, options: Value, facts: RelationFacts): RelationArgs {
  const { ts } = evaluator;
  const { member, applied, call } = registration;
  const read = readRelationOptions(options);
  const inverse = facts.inverseIndex !== null && ts.isCallExpression(call.node) ? call.node.arguments[facts.inverseIndex] : undefined;
  // Inside of a decorator of the project's own it is no place at which one relation could be mended.
  const isHere = call.sourceFile.fileName === member.sourceFile.fileName;
  const isWritten = isHere && inverse !== undefined && !(ts.isIdentifier(inverse) && inverse.text === 'undefined');
  // Spelled out: this is made for every relation of a workspace, and copying objects property by property is slow.
  return {
    property: facts.property,
    kind: facts.kind,
    target: facts.target,
    inverse: facts.inverse,
    cascade: read.cascade,
    onDelete: read.onDelete,
    onUpdate: read.onUpdate,
    nullable: read.nullable,
    eager: read.eager,
    lazy: facts.lazy,
    persistence: read.persistence,
    orphanedRowAction: read.orphanedRowAction,
    tree: facts.tree,
    foreignKey: read.foreignKey,
    source: nameRange(member),
    range: rangeOf(member),
    decorator: rangeOf(applied),
    inverseSource: isWritten ? rangeOf({ sourceFile: call.sourceFile, node: inverse }) : null,
  };
}

type RelationOptions = Pick<
  RelationArgs,
  'cascade' | 'onDelete' | 'onUpdate' | 'nullable' | 'eager' | 'persistence' | 'orphanedRowAction' | 'foreignKey'
>;

const cascadeOperations: readonly CascadeOperation[] = ['insert', 'recover', 'remove', 'soft-remove', 'update'];

/** The options of any relation, with TypeORM's defaults (metadata/RelationMetadata.ts). */
export function readRelationOptions(options: Value): RelationOptions {
  const cascade = option(options, 'cascade');
  const listed = hasKind(cascade, 'array') ? cascade.items : [];
  const action = stringOption(options, 'orphanedRowAction');
  return {
    cascade: cascade === true ? cascadeOperations : cascadeOperations.filter((operation) => listed.includes(operation)),
    onDelete: stringOption(options, 'onDelete'),
    onUpdate: stringOption(options, 'onUpdate'),
    nullable: option(options, 'nullable') !== false,
    eager: isTruthy(option(options, 'eager')),
    persistence: option(options, 'persistence') !== false,
    orphanedRowAction: action === 'delete' || action === 'soft-delete' || action === 'disable' ? action : 'nullify',
    foreignKey: option(options, 'createForeignKeyConstraints') !== false,
  };
}

export function readJoinColumn(property: string, options: Value): JoinColumnArgs {
  return { property, name: stringOption(options, 'name') || null, references: stringOption(options, 'referencedColumnName') || null };
}

export function readJoinTable(target: TargetArgs, property: string, options: Value): void {
  const columns = (one: string, several: string): JoinColumnArgs[] | null => {
    const single = option(options, one);
    if (hasKind(single, 'object')) return [readJoinColumn(property, single)];
    const list = option(options, several);
    return hasKind(list, 'array') ? list.items.map((item) => readJoinColumn(property, item)) : null;
  };
  target.joinTables.push({
    property,
    name: stringOption(options, 'name'),
    joinColumns: columns('joinColumn', 'joinColumns'),
    inverseJoinColumns: columns('inverseJoinColumn', 'inverseJoinColumns'),
  });
}
