/** Shared by the rules about two sides that should name each other: which relation could be the other side, and the edits that name or write it. */
import { ensureImport, addInverse, appendMember, inverseText, removeFromList } from '../edits/decoratorEdits';
import { exportedAs, importClass } from '../edits/importClass';
import { brokenByImport } from '../edits/importCycle';
import { bang, importRelation, isJavaScript, relationType } from '../edits/relationType';
import { detectStyle } from '../edits/sourceStyle';
import type { Entity, Relation, RelationKind } from '../model/relationGraph';
import { inverseName, type InverseName } from './inverseName';
import type { Fix, RuleContext } from './rule';
import { classOf, fixOf, isSameFamily, isToMany, nameOf, parameterFor, relationsBetween, syntaxOf } from './ruleSyntax';

export const COUNTERPART: Record<RelationKind, RelationKind> = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
};

export interface UnresolvedInverse {
  readonly target: Entity;
  readonly inverse: InverseName;
}

/** An inverse that is written, can be read, and is no relation of the target. */
export function unresolvedInverse(context: RuleContext, relation: Relation): UnresolvedInverse | null {
  const target = context.entity(relation.targetId);
  if (!relation.inverseSource || relation.inverse !== null || !target || context.hasUnknownParts(target)) return null;
  const inverse = inverseName(context, relation);
  return inverse && !isOfUnreadEmbedded(context, target, inverse.name) ? { target, inverse } : null;
}

/** `customFields.owner`, where `customFields` has no column or relation that could be read: they are registered when the app starts. */
function isOfUnreadEmbedded(context: RuleContext, target: Entity, path: string): boolean {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0 || memberKind(context, target, first) === 'missing') return false;
  return ![...target.columns, ...target.relations].some(({ property }) => property.startsWith(`${first}.`));
}

export function memberKind(context: RuleContext, target: Entity, name: string): 'plain' | 'missing' {
  if (target.columns.some(({ property }) => property === name || property.startsWith(`${name}.`))) return 'plain';
  const found = classOf(context, target);
  return found?.node.members.some((member) => member.name && found.source.typescript.isIdentifier(member.name) && member.name.text === name)
    ? 'plain'
    : 'missing';
}

/** The relation whose foreign key is the column of that property. */
export function relationOverColumn(target: Entity, property: string): string | null {
  const column = target.columns.find((candidate) => candidate.property === property)?.column;
  return target.relations.find(({ joinColumns }) => joinColumns.some((join) => join.column === column))?.property ?? null;
}

/** The one relation of the target that leads back and could be the other side. */
export function onlyWayBack(context: RuleContext, target: Entity, entity: Entity, relation: Relation): string | null {
  const ways = relationsBetween(context, target, entity).filter(
    ({ kind, property }) => kind === COUNTERPART[relation.kind] && !(target.id === entity.id && property === relation.property),
  );
  return ways.length === 1 ? (ways[0]?.property ?? null) : null;
}

export function whoNames(context: RuleContext, entity: Entity, relation: Relation, target: Entity): Relation | undefined {
  return target.relations.find((candidate) => {
    const named =
      candidate.inverse === relation.property && !(target.id === entity.id && candidate.property === relation.property)
        ? context.entity(candidate.targetId)
        : undefined;
    return named !== undefined && isSameFamily(context, named, entity);
  });
}

export function renameInverse(inverse: InverseName, name: string): Fix[] {
  return fixOf(`Change to '${name}'`, [replaceName(inverse, name)]);
}

/** Takes the inverse out of the relation's arguments. */
export function removeInverse(context: RuleContext, relation: Relation): Fix[] {
  const syntax = syntaxOf(context, relation);
  const named = inverseName(context, relation);
  const call = syntax?.decorator?.call;
  const argument = call?.arguments.find((each) => named !== null && each.pos <= named.node.pos && named.node.end <= each.end);
  if (!syntax || !call || !argument) return [];
  return fixOf('Remove the inverse', [{ source: syntax.source, changes: [removeFromList(syntax.source, call.arguments, argument)] }]);
}

export function replaceName(
  { source, node, place }: InverseName,
  name: string,
): { source: InverseName['source']; changes: { start: number; end: number; newText: string }[] } {
  const isString = source.typescript.isStringLiteralLike(node);
  const start = node.getStart(source.tree) + (isString ? 1 : 0);
  return { source, changes: [{ start, end: start + place.endColumn - place.column, newText: name }] };
}

export function nameInverse(context: RuleContext, entity: Entity, relation: Relation, target: Entity, property: string): Fix[] {
  const syntax = syntaxOf(context, relation);
  const isShared = entity.relations.some((each) => each !== relation && each.targetId === target.id && each.inverse === property);
  if (!syntax?.decorator || isShared) return [];
  return fixOf(`Name ${target.name}.${property} as the inverse of ${nameOf(entity, relation)}`, [
    { source: syntax.source, changes: addInverse(syntax.source, syntax.decorator, parameterFor(target.name), property) },
  ]);
}

/** Writes the other side into the target's class, names it here, and imports what both need. */
export function writeOtherSide(context: RuleContext, entity: Entity, relation: Relation, target: Entity): Fix[] {
  const syntax = syntaxOf(context, relation);
  const there = classOf(context, target);
  if (!syntax?.decorator || !there || relation.property.includes('.')) return [];
  // A class within a function is made anew by each call: its text is that of several entities.
  const { isSourceFile } = there.source.typescript;
  const own = classOf(context, entity);
  if (!own || !isSourceFile(there.node.parent) || !isSourceFile(own.node.parent)) return [];
  if (brokenByImport(there.source, own.source) !== null) return [];
  const home = context.sourceOf(entity.source.file);
  // What is not exported cannot be named there.
  if (there.source.file !== entity.source.file && home && exportedAs(home, entity.name) === 'none') return [];
  const kind = COUNTERPART[relation.kind];
  const many = isToMany({ ...relation, kind });
  const taken = new Set([...target.columns, ...target.relations].map(({ property }) => property));
  const property = freeName(many ? plural(parameterFor(entity.name)) : parameterFor(entity.name), taken);
  const decorator = { 'one-to-one': 'OneToOne', 'one-to-many': 'OneToMany', 'many-to-one': 'ManyToOne', 'many-to-many': 'ManyToMany' }[kind];
  const end = detectStyle(there.source).semicolons ? ';' : '';
  const type = relationType(there, { ...own, name: entity.name }, many, context.isEcmaScriptModule);
  const lines = [
    `@${decorator}(() => ${entity.name}, ${inverseText(parameterFor(entity.name), relation.property)})`,
    isJavaScript(there.source.file) ? `${property}${end}` : `${property}${bang(there.source.text)}: ${type.text}${end}`,
  ];
  const here = addInverse(syntax.source, syntax.decorator, parameterFor(target.name), property);
  const other = [
    ...ensureImport(there.source, decorator, 'typeorm'),
    ...(type.wrapped ? importRelation(there.source) : []),
    ...(there.source.file === entity.source.file ? [] : importClass(there.source, entity.name, entity.source.file, home)),
    appendMember(there.source, there.node, lines),
  ];
  const title = `Write the other side, ${target.name}.${property}`;
  if (there.source.file === syntax.source.file) return fixOf(title, [{ source: syntax.source, changes: here && [...here, ...other] }]);
  return fixOf(title, [
    { source: syntax.source, changes: here },
    { source: there.source, changes: other },
  ]);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}${i}`;
    if (!taken.has(name)) return name;
  }
}

function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
