/** `repo.find({ relations: { books: true }, where: { name }, order: { … } })`: the names in its options. */
import type ts from 'typescript';
import type { MethodCall } from '../edits/findCall';
import { propertyName } from '../edits/objectLiteral';
import { unwrap, type SourceText } from '../edits/sourceText';
import type { Entity } from '../model/relationGraph';
import { lookUp, type EntityOf } from './propertyPaths';
import { namesAlong, textStart } from './stringPaths';
import type { FindUsage, NameRole, UsageName } from './usage';

const ROLES: Readonly<Record<string, NameRole>> = { relations: 'relations', select: 'select', where: 'where', order: 'order' };

export function readFindUsage(
  source: SourceText,
  call: MethodCall,
  entity: Entity,
  entityOf: EntityOf,
): { readonly usage: FindUsage | null; readonly names: UsageName[] } {
  const argument = optionsArgument(source, call, entity);
  if (!argument) return { usage: null, names: [] };
  const names: UsageName[] = [];
  const reader: Reader = { source, entityOf, names };
  if (/By(OrFail)?$/.test(call.expression.name.text)) {
    readValue(reader, entity, '', argument, 'where');
    return { usage: null, names };
  }
  const options = unwrap(source, argument);
  if (!source.typescript.isObjectLiteralExpression(options)) return { usage: null, names };
  for (const property of options.properties) {
    const role = ROLES[propertyName(source, property) ?? ''];
    if (role && source.typescript.isPropertyAssignment(property)) readValue(reader, entity, '', property.initializer, role);
  }
  return { usage: { entity, call, options }, names };
}

/** Behind the entity, where a manager is asked: `manager.find(Author, { … })`. */
function optionsArgument(source: SourceText, call: MethodCall, entity: Entity): ts.Expression | undefined {
  const [first, second] = call.arguments;
  return first && source.typescript.isIdentifier(first) && first.text === entity.name ? second : first;
}

interface Reader {
  readonly source: SourceText;
  readonly entityOf: EntityOf;
  readonly names: UsageName[];
}

function readValue(reader: Reader, entity: Entity, prefix: string, value: ts.Expression, role: NameRole): void {
  const { typescript } = reader.source;
  const inner = unwrap(reader.source, value);
  if (typescript.isArrayLiteralExpression(inner)) {
    for (const element of inner.elements) readValue(reader, entity, prefix, element, role);
  } else if (typescript.isStringLiteralLike(inner)) {
    const start = textStart(reader.source, inner);
    // Only lists of relations and columns are strings; elsewhere a string is a value.
    if (start !== null && (role === 'relations' || role === 'select') && prefix === '' && typescript.isArrayLiteralExpression(inner.parent))
      reader.names.push(...namesAlong(entity, inner.text, start, role, reader.entityOf));
  } else if (typescript.isObjectLiteralExpression(inner)) {
    for (const property of inner.properties) readProperty(reader, entity, prefix, property, role);
  }
}

function readProperty(reader: Reader, entity: Entity, prefix: string, property: ts.ObjectLiteralElementLike, role: NameRole): void {
  const { source, names } = reader;
  const { typescript } = source;
  const name = propertyName(source, property);
  if (name === null || !property.name || (!typescript.isPropertyAssignment(property) && !typescript.isShorthandPropertyAssignment(property))) return;
  const path = prefix + name;
  const named = lookUp(entity, path, role);
  const isQuoted = !typescript.isIdentifier(property.name);
  const start = property.name.getStart(source.tree) + (isQuoted ? 1 : 0);
  names.push({ role, entity, path, named, start, end: property.name.end - (isQuoted ? 1 : 0), inString: false });
  if (!typescript.isPropertyAssignment(property)) return;
  if (named.kind === 'embedded') readValue(reader, entity, `${path}.`, property.initializer, role);
  if (named.kind !== 'relation') return;
  const target = reader.entityOf(named.relation.targetId);
  if (target) readValue(reader, target, '', property.initializer, role);
}
