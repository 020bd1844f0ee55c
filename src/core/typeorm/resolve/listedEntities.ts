/** What the `entities` of a DataSource's options list: classes, schemas and globs, in an array or an object. */
import type ts from 'typescript';
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, type Value } from '../evaluate/values';
import type { TargetKey } from './declarations';
import { isEntitySchema, schemaId } from './readSchemas';

/** The ids of the classes and schemas among them. */
export function listedClasses(value: Value): TargetKey[] {
  return listedItems(value).flatMap((item) => {
    if (hasKind(item, 'class')) return item.id === null ? [] : [item.id];
    return (isEntitySchema(item) && schemaId(item)) || [];
  });
}

/** `entities: [Order, 'src/*.ts']`, without parts from elsewhere. */
export function isWrittenOut(ts: Evaluator['ts'], property: ts.ObjectLiteralElementLike | undefined): boolean {
  if (!property || !ts.isPropertyAssignment(property)) return false;
  const { initializer } = property;
  if (ts.isArrayLiteralExpression(initializer)) return !initializer.elements.some((element) => ts.isSpreadElement(element));
  return ts.isObjectLiteralExpression(initializer) && !initializer.properties.some((each) => ts.isSpreadAssignment(each));
}

/** True where each item is a glob, a class or a schema that can be told. */
export function areKnown(value: Value): boolean {
  return listedItems(value).every((item) => typeof item === 'string' || (hasKind(item, 'class') && item.id !== null) || isEntitySchema(item));
}

/** The globs among them, as written. */
export function listedGlobs(value: Value): string[] {
  return listedItems(value).filter((item) => typeof item === 'string');
}

function listedItems(value: Value): Value[] {
  return hasKind(value, 'array') ? value.items : hasKind(value, 'object') ? [...value.properties.values()] : [];
}
