/** Column decorators → declarations (decorator/columns in TypeORM). */
import type { ColumnKind, GenerationStrategy } from '../../model/relationGraph';
import { hasKind, isCallable, isTruthy, objectOf, option, stringOption, toText, type Registration, type Value } from '../evaluate/values';
import { calledName } from '../parse/compiledSyntax';
import { nameRange, rangeOf } from '../parse/positions';
import { columnTypeOf, columnTypeOfConstructor } from './columnTypes';
import type { ColumnArgs, TargetArgs } from './declarations';
import { hasUnknown } from './unknownValues';
import { isReflectedObject, reflectedType, type RegistrationContext } from './registrationContext';
import { targetOf } from './readTargets';

export function readColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target, evaluator } = context;
  const [first, second] = registration.args;
  const options = typeof first === 'string' || isCallable(first) ? second : first;
  // Whatever function comes first, TypeORM takes it for an embedded class.
  if (isCallable(first)) {
    const prefix = option(options, 'prefix');
    const isArray = reflectedType(context, registration) === 'Array' || option(options, 'array') === true;
    target.embeddeds.push({
      property,
      target: targetOf(evaluator, first, registration.applied),
      prefix: prefix === undefined || prefix === null || prefix === true ? undefined : prefix === false ? '' : (toText(prefix) ?? undefined),
      isArray,
      source: rangeOf(registration.applied),
    });
    return;
  }
  const column = columnArgs(context, registration, property, 'regular', options, typeof first === 'string' ? first : null);
  target.columns.push(column);
  if (option(options, 'unique') === true)
    target.uniques.push({ name: null, columns: [property], namedBy: 'list', source: rangeOf(registration.applied) });
  addGenerated(target, property, option(options, 'generated'));
}

export function readPrimaryColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const [first, second] = registration.args;
  const isType = typeof first === 'string' || (hasKind(first, 'native') && ['String', 'Boolean', 'Number'].includes(first.name));
  const options = isType ? second : first;
  const column = columnArgs(context, registration, property, 'regular', options, isType ? columnTypeOf(first) : null);
  if (column.nullable) {
    context.problem(
      'nullable-primary-column',
      `The primary column \`${property}\` is nullable, which TypeORM refuses: remove \`nullable: true\`.`,
      registration.applied,
    );
  }
  target.columns.push({ ...column, primary: true });
  addGenerated(target, property, option(options, 'generated'));
}

export function readPrimaryGeneratedColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const [first, second] = registration.args;
  const strategy = typeof first === 'string' ? first : 'increment';
  const options = objectOf();
  for (const given of [first, second])
    if (hasKind(given, 'object')) for (const [name, value] of given.properties) options.properties.set(name, value);
  const type = strategy === 'uuid' ? 'uuid' : 'int';
  const column = columnArgs(context, registration, property, 'regular', options, null, type);
  target.columns.push({ ...column, primary: true });
  addGenerated(target, property, strategy);
}

/**
 * A column that the app registers when it starts. Its options are taken for those of TypeORM's decorators; the decorator's own name has to
 * tell whether it is a key (`@PrimaryGeneratedId()`).
 */
export function readNotedProperty(context: RegistrationContext, registration: Registration, property: string): void {
  const { target, evaluator } = context;
  const { applied, args } = registration;
  const expression = evaluator.ts.isDecorator(applied.node) ? applied.node.expression : applied.node;
  const name = (evaluator.ts.isCallExpression(expression) && calledName(evaluator.ts, expression)) || expression.getText(applied.sourceFile);
  const column = columnArgs(context, registration, property, 'regular', args[0], null);
  const isFirst = target.columns.every(({ isNoted }) => !isNoted);
  target.columns.push({
    ...column,
    isNoted: true,
    primary: column.primary || /primary/i.test(name),
    type: columnTypeOf(option(args[0], 'type')),
    isToldAsObject: false,
  });
  if (/generated/i.test(name)) addGenerated(target, property, 'increment');
  if (!isFirst) return;
  const message = `\`@${name}\` only notes \`${property}\`; the app registers its column when it starts, maybe with another type or name than shown here: \`relation-lens verify\`, or a run with the profiler, compares the two.`;
  context.problem('column-registered-later', message, applied);
}

export function addGenerated(target: TargetArgs, property: string, generated: Value): void {
  if (!isTruthy(generated) || target.generated.has(property)) return;
  target.generated.set(property, isStrategy(generated) ? generated : 'increment');
}

function isStrategy(value: Value): value is GenerationStrategy {
  return value === 'increment' || value === 'uuid' || value === 'rowid' || value === 'identity';
}

export function columnArgs(
  context: RegistrationContext,
  registration: Registration,
  property: string,
  kind: ColumnKind,
  options: Value,
  writtenType: string | null,
  impliedType?: string,
): ColumnArgs {
  const reflected = reflectedType(context, registration);
  const given = option(options, 'type');
  const type = writtenType ?? columnTypeOf(given) ?? impliedType ?? defaultType(kind, reflected);
  const isGuessed = kind === 'regular' && writtenType === null && given === undefined && impliedType === undefined && !hasUnknown(options);
  const read = readColumnOptions(options, kind);
  return {
    property,
    kind,
    name: read.name,
    length: read.length,
    primary: read.primary,
    nullable: read.nullable,
    type,
    isArray: option(options, 'array') === true,
    isToldAsObject: isGuessed && isReflectedObject(context, registration),
    source: nameRange(registration.member),
  };
}

/** The options that say something about the graph, with TypeORM's defaults (metadata/ColumnMetadata.ts). */
export function readColumnOptions(options: Value, kind: ColumnKind): Pick<ColumnArgs, 'name' | 'length' | 'primary' | 'nullable'> {
  const nullable = option(options, 'nullable');
  const isNullable = nullable === undefined ? option(options, 'default') === null && hasProperty(options, 'default') : isTruthy(nullable);
  const length = option(options, 'length');
  return {
    name: stringOption(options, 'name') || null,
    length: typeof length === 'string' || typeof length === 'number' ? String(length) : null,
    primary: isTruthy(option(options, 'primary')),
    nullable: kind === 'delete-date' || isNullable,
  };
}

function hasProperty(options: Value, name: string): boolean {
  return hasKind(options, 'object') && options.properties.has(name);
}

export function defaultType(kind: ColumnKind, reflected: string): string | null {
  switch (kind) {
    case 'create-date':
    case 'update-date':
    case 'delete-date':
      return 'timestamp';
    case 'version':
    case 'tree-level':
      return 'int';
    default:
      return columnTypeOfConstructor(reflected);
  }
}
