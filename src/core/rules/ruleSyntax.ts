/** What a rule needs of the source beyond the graph: the class member behind a relation, its decorators, and fixes made of changes. */
import type ts from 'typescript';
import { decoratorCalls, type DecoratorCall, type Member } from '../edits/decoratorEdits';
import { toTextEdits, descendants, type Change, type SourceText } from '../edits/sourceText';
import type { Entity, Relation, RelationKind, SourceRange } from '../model/relationGraph';
import type { MemberFacts } from './memberFacts';
import type { Fix, Problem, Rule, RuleContext, Severity } from './rule';

export interface RelationSyntax {
  readonly source: SourceText;
  readonly member: Member;
  /** TypeORM's own relation decorator on the member; null where another decorator applies it. */
  readonly decorator: DecoratorCall | null;
  readonly decorators: readonly DecoratorCall[];
}

const KIND_DECORATORS: Record<RelationKind, string> = {
  'one-to-one': 'OneToOne',
  'one-to-many': 'OneToMany',
  'many-to-one': 'ManyToOne',
  'many-to-many': 'ManyToMany',
};

/** Null for EntitySchema relations, and where the file cannot be read. */
export function syntaxOf(context: RuleContext, relation: Relation): RelationSyntax | null {
  const source = relation.decorator ? context.sourceOf(relation.source.file) : null;
  const member = source && memberAt(source, relation.source);
  if (!source || !member) return null;
  const decorators = decoratorCalls(source, member);
  return { source, member, decorators, decorator: decorators.find(({ name }) => name === KIND_DECORATORS[relation.kind]) ?? null };
}

/** False for relations of embedded values, and for those that a decorator gives another name than the member's. */
export function isWrittenAs({ source, member }: RelationSyntax, { property }: Relation): boolean {
  return member.name.getText(source.tree).replace(/['"]/g, '') === property;
}

/** The class member whose name, or any part of it, stands there. */
export function memberAt(source: SourceText, place: SourceRange): Member | null {
  const node = nodeAt(source, place);
  for (let up: ts.Node | undefined = node ?? undefined; up; up = up.parent) {
    if (
      source.typescript.isPropertyDeclaration(up) ||
      source.typescript.isGetAccessorDeclaration(up) ||
      source.typescript.isSetAccessorDeclaration(up)
    )
      return up;
  }
  return null;
}

export function classOf(context: RuleContext, entity: Entity): { readonly source: SourceText; readonly node: ts.ClassLikeDeclaration } | null {
  const source = context.sourceOf(entity.source.file);
  if (!source) return null;
  for (let up: ts.Node | undefined = nodeAt(source, entity.source) ?? undefined; up; up = up.parent) {
    if (source.typescript.isClassLike(up)) return { source, node: up };
  }
  return null;
}

/** The node that spans exactly a place. */
export function nodeAt(source: SourceText, { line, column, endLine, endColumn }: SourceRange): ts.Node | null {
  const lines = source.tree.getLineStarts();
  const start = (lines[line - 1] ?? 0) + column - 1;
  const end = (lines[endLine - 1] ?? 0) + endColumn - 1;
  for (const node of descendants(source, source.tree)) {
    if (node.getStart(source.tree) === start && node.end === end) return node;
  }
  return null;
}

export interface Edited {
  readonly source: SourceText;
  readonly changes: readonly Change[] | null;
}

/** A fix over one or more files; none where one of its changes could not be made. */
export function fixOf(title: string, edited: readonly Edited[], safe = false): Fix[] {
  if (edited.some(({ changes }) => changes === null)) return [];
  const edits = edited.flatMap(({ source, changes }) => toTextEdits(source, changes ?? []));
  return edits.length > 0 ? [{ title, safe, edits }] : [];
}

export interface Finding {
  readonly severity: Severity;
  readonly message: string;
  readonly source: SourceRange;
  readonly related?: Problem['related'];
  readonly fixes?: () => readonly Fix[];
}

/** A rule that looks at each relation of each entity, at those that it has from a sibling only there (`isFromSibling`). */
export function relationRule(id: string, check: (context: RuleContext, entity: Entity, relation: Relation) => Finding | null): Rule {
  return {
    id,
    *check(context, entity) {
      for (const relation of entity.relations) {
        if (isFromSibling(context, entity, relation)) continue;
        const found = check(context, entity, relation);
        if (found) yield { rule: id, related: [], fixes: () => [], ...found };
      }
    },
  };
}

/**
 * Children of one table that declare relations of one name have one relation to TypeORM, the one of the child that it reads first
 * (`EntityMetadataBuilder`: "for single table children we reuse relations created for their parents"). What that says is said of that child.
 */
export function isFromSibling(context: RuleContext, entity: Entity, relation: Relation): boolean {
  if (relation.declaredIn === entity.name) return false;
  return tableMates(context, entity).some(({ name, source }) => name === relation.declaredIn && source.file === relation.source.file);
}

/** The other children of a single-table inheritance that the entity is a child or the root of: they stand in the same table. */
export function tableMates(context: RuleContext, entity: Entity): Entity[] {
  const roots = entity.parentId === null ? [entity.id] : [entity.id, entity.parentId];
  return roots.flatMap((id) => context.entitiesWith(`parent ${id}`)).filter(({ id, type }) => id !== entity.id && type === 'entity-child');
}

export function nameOf(entity: Entity, relation: Relation): string {
  return `${entity.name}.${relation.property}`;
}

/** `author` as the parameter's name in `(author) => author.books`. */
export function parameterFor(entityName: string): string {
  return entityName.charAt(0).toLowerCase() + entityName.slice(1);
}

export function isToMany({ kind }: Relation): boolean {
  return kind === 'one-to-many' || kind === 'many-to-many';
}

/** The entity, its ancestors and its descendants: relations to any of them may stand for one another. */
export function isSameFamily(context: RuleContext, a: Entity, b: Entity): boolean {
  return isAncestor(context, a, b) || isAncestor(context, b, a);
}

function isAncestor(context: RuleContext, ancestor: Entity, entity: Entity): boolean {
  for (let at: Entity | undefined = entity; at; at = context.entity(at.parentId)) {
    if (at.id === ancestor.id) return true;
  }
  return false;
}

/** Relations of `from` that lead to `to` (or its family). */
export function relationsBetween(context: RuleContext, from: Entity, to: Entity): Relation[] {
  return from.relations.filter(({ targetId }) => {
    const target = context.entity(targetId);
    return target !== undefined && isSameFamily(context, target, to);
  });
}

/** Facts about the member that declares a relation; null for EntitySchema relations. */
export function factsOf(context: RuleContext, relation: Relation): MemberFacts | null {
  if (!relation.decorator) return null;
  return context.factsOf(relation.source.file).get(`${relation.source.line}:${relation.source.column}`) ?? null;
}

/** `an Author`, `a Book`: the article follows the sound as well as spelling can tell. */
export function withArticle(name: string): string {
  return `${/^(?:[AEIO]|U(?!s|ni))/i.test(name) ? 'an' : 'a'} ${name}`;
}
