/** TypeORM's decorators, as they were applied → declarations. Each case follows the decorator of that name in TypeORM. */
import type { ColumnKind, RelationKind, TreeKind } from '../../model/relationGraph';
import { gettersOf } from '../evaluate/classes';
import { notCalled, outOfBudget } from '../evaluate/decorators';
import { notedProperty } from '../evaluate/notedProperties';
import { isGraphDecorator } from '../evaluate/typeormModule';
import { hasKind, isObjectLike, objectOf, option, stringOption, toText, type Registration, type Value } from '../evaluate/values';
import { rangeOf } from '../parse/positions';
import { columnTypeOf } from './columnTypes';
import type { InheritanceArgs } from './declarations';
import { addGenerated, columnArgs, readColumn, readNotedProperty, readPrimaryColumn, readPrimaryGeneratedColumn } from './readColumns';
import { readIndex, readUnique } from './readIndices';
import { readJoinColumn, readJoinTable, readRelation, readTreeRelation } from './readRelations';
import { inverseOf, targetOf } from './readTargets';
import type { RegistrationContext } from './registrationContext';
import { hasUnknown, unknownValues } from './unknownValues';

/** Adds what one decorator registered to its target. */
export function readRegistration(context: RegistrationContext, written: Registration): void {
  const registration = withGetters(context, written);
  const { property, decorator, args, applied } = registration;
  if (decorator === notCalled) {
    const name = toText(args[0]) ?? '';
    context.problem('decorator-not-called', `\`@${name}\` does nothing until it is called: write \`@${name}()\`.`, applied);
    return;
  }
  if (decorator === outOfBudget) {
    const message = 'This decorator takes too long to evaluate, so what it says is left out: write its arguments as plain values.';
    context.problem('too-much-to-evaluate', message, applied);
    return;
  }
  if (property === null) readClassDecorator(context, registration);
  else readMemberDecorator(context, registration, property);
  reportUnknown(context, registration);
}

/** Decorators that copy what they are given, and getters of its class are not copied. */
const copying = new Set(['PrimaryColumn', 'PrimaryGeneratedColumn']);

/** Options may be instances of a class, whose getters TypeORM asks as it does any property. */
function withGetters({ evaluator }: RegistrationContext, registration: Registration): Registration {
  const { decorator, args } = registration;
  if (copying.has(decorator) || !args.some((arg) => hasKind(arg, 'instance'))) return registration;
  const read = (arg: Value): Value => {
    const getters = hasKind(arg, 'instance') ? gettersOf(evaluator, arg) : [];
    return hasKind(arg, 'instance') && getters.length > 0 ? objectOf([...arg.properties, ...getters]) : arg;
  };
  return {
    ...registration,
    args: args.map((arg) =>
      evaluator.budget.attempt(
        () => read(arg),
        () => arg,
      ),
    ),
  };
}

function reportUnknown(context: RegistrationContext, { decorator, property, args, applied }: Registration): void {
  if (!isGraphDecorator(decorator) || !args.some((arg) => hasUnknown(arg))) return;
  const what = `\`@${decorator}\`${property === null ? '' : ` of \`${property}\``}`;
  for (const { message, place } of unknownValues(args, what, applied)) context.problem('unknown-value', message, place);
}

function readClassDecorator(context: RegistrationContext, { decorator, args, applied }: Registration): void {
  const { target } = context;
  const [first, second] = args;
  switch (decorator) {
    case 'Entity':
    case 'ViewEntity': {
      const options = isObjectLike(first) ? first : second;
      const name = typeof first === 'string' ? first : stringOption(options, 'name');
      target.tables.push({ type: decorator === 'Entity' ? 'regular' : 'view', name, schema: stringOption(options, 'schema') });
      return;
    }
    case 'ChildEntity':
      target.tables.push({ type: 'entity-child', name: null, schema: null });
      if (typeof first === 'string' || typeof first === 'number' || typeof first === 'boolean') target.discriminatorValue ??= first;
      return;
    case 'TableInheritance':
      target.inheritance ??= readInheritance(first);
      return;
    case 'Tree':
      if (isTreeKind(first)) target.tree ??= first;
      return;
    case 'Index':
      return readIndex(context, args, null, applied);
    case 'Unique':
      return readUnique(context, args, null, applied);
    case 'ForeignKey':
      target.foreignKeys.push({ property: null, target: targetOf(context.evaluator, first, applied), source: rangeOf(applied) });
      return;
    default:
  }
}

export function readInheritance(options: Value): InheritanceArgs {
  const column = option(options, 'column');
  const given = typeof column === 'string' ? objectOf([['name', column]]) : column;
  const pattern = stringOption(options, 'pattern') ?? 'STI';
  if (!hasKind(given, 'object')) return { pattern, column: null };
  const name = stringOption(given, 'name');
  return {
    pattern,
    column: { property: name ?? 'type', name, type: columnTypeOf(option(given, 'type')) ?? 'varchar', nullable: option(given, 'nullable') === true },
  };
}

export function isTreeKind(value: Value): value is TreeKind {
  return value === 'adjacency-list' || value === 'closure-table' || value === 'nested-set' || value === 'materialized-path';
}

const columnKinds: Readonly<Record<string, ColumnKind>> = {
  ViewColumn: 'regular',
  CreateDateColumn: 'create-date',
  UpdateDateColumn: 'update-date',
  DeleteDateColumn: 'delete-date',
  VersionColumn: 'version',
  TreeLevelColumn: 'tree-level',
};

const relationKinds: Readonly<Record<string, RelationKind>> = {
  OneToOne: 'one-to-one',
  OneToMany: 'one-to-many',
  ManyToOne: 'many-to-one',
  ManyToMany: 'many-to-many',
};

function readMemberDecorator(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const { decorator, args, applied } = registration;
  const [first] = args;
  switch (decorator) {
    case 'Column':
      return readColumn(context, registration, property);
    case 'PrimaryColumn':
      return readPrimaryColumn(context, registration, property);
    case 'PrimaryGeneratedColumn':
      return readPrimaryGeneratedColumn(context, registration, property);
    case 'ObjectIdColumn': {
      const column = columnArgs(context, registration, property, 'object-id', first, null);
      target.columns.push({ ...column, primary: true, name: column.name ?? '_id' });
      return;
    }
    case 'VirtualColumn': {
      const options = typeof first === 'string' ? args[1] : first;
      target.columns.push(columnArgs(context, registration, property, 'virtual-property', options, typeof first === 'string' ? first : null));
      return;
    }
    case notedProperty:
      return readNotedProperty(context, registration, property);
    case 'Generated':
      return addGenerated(target, property, first ?? 'increment');
    case 'JoinColumn':
      for (const options of hasKind(first, 'array') ? first.items : [first]) target.joinColumns.push(readJoinColumn(property, options));
      return;
    case 'JoinTable':
      return readJoinTable(target, property, first);
    case 'RelationId':
      target.relationIds.push({ property, relation: inverseOf(context.evaluator, first, applied), source: rangeOf(applied) });
      return;
    case 'TreeParent':
    case 'TreeChildren':
      return readTreeRelation(context, registration, property);
    case 'Index':
      return readIndex(context, args, property, applied);
    case 'Unique':
      return readUnique(context, args, property, applied);
    case 'ForeignKey':
      target.foreignKeys.push({ property, target: targetOf(context.evaluator, first, applied), source: rangeOf(applied) });
      return;
    default: {
      const kind = columnKinds[decorator];
      if (kind) target.columns.push(columnArgs(context, registration, property, kind, first, null));
      const relation = relationKinds[decorator];
      if (relation) readRelation(context, registration, property, relation);
    }
  }
}
