/** What stands, or may be written, at a place within a string: a relation's path, a query builder's SQL. */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from '../edits/findCall';
import type { SourceText } from '../edits/sourceText';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { namesAt, type EntityOf } from './propertyPaths';
import { joinPath, JOIN } from './readBuilderUsage';
import { findEntity, readUsages } from './readUsages';
import type { BuilderUsage, Named, NameRole, UsageName } from './usage';

/** The name in a string at an offset; null elsewhere. Keys of objects are the compiler's to explain. */
export function usageNameAt(source: SourceText, graph: RelationGraph, offset: number): UsageName | null {
  return readUsages(source, graph).names.find(({ inString, start, end }) => inString && start <= offset && offset <= end) ?? null;
}

export interface Candidate {
  readonly name: string;
  readonly named: Named | { readonly kind: 'alias'; readonly entity: Entity };
  /** Whose name it is; null for aliases. */
  readonly entity: Entity | null;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Offsets of what is written of the name so far, and would be replaced. */
  readonly start: number;
  readonly end: number;
}

/** What could be written at an offset in a string; null where nothing is known of it. */
export function candidatesAt(source: SourceText, graph: RelationGraph, offset: number): Candidates | null {
  const literal = literalAround(source, offset);
  if (!literal) return null;
  const written = source.text.slice(literal.getStart(source.tree) + 1, offset);
  const entityOf: EntityOf = (id) => graph.entities.find((entity) => entity.id === id);
  return inBuilder(source, graph, literal, written, offset, entityOf) ?? inList(source, graph, literal, written, offset, entityOf);
}

function literalAround(source: SourceText, offset: number): ts.StringLiteralLike | null {
  const { typescript } = source;
  let found: ts.StringLiteralLike | null = null;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    if (typescript.isStringLiteralLike(node)) {
      if (node.getStart(source.tree) < offset && offset < node.end) found = node;
      return;
    }
    typescript.forEachChild(node, visit);
  };
  visit(source.tree);
  return found;
}

/** `'author.bo|'` and `'au|'` in the strings of a query builder. */
function inBuilder(
  source: SourceText,
  graph: RelationGraph,
  literal: ts.StringLiteralLike,
  written: string,
  offset: number,
  entityOf: EntityOf,
): Candidates | null {
  const call = callAround(source, literal);
  const builder = call && readUsages(source, graph).builders.find(({ calls }) => calls.includes(call));
  if (!call || !builder) return null;
  const role: NameRole | null = roleIn(call, literal);
  const path = /([A-Za-z_]\w*(?:\.\w*)*)$/.exec(written)?.[1] ?? '';
  if (role === null || /[:'"]$/.test(written.slice(0, written.length - path.length))) return null;
  const parts = path.split('.');
  const last = parts.at(-1) ?? '';
  const place = { start: offset - last.length, end: offset + (/^\w*/.exec(source.text.slice(offset))?.[0].length ?? 0) };
  if (parts.length === 1) return { ...place, candidates: aliasesOf(builder) };
  const owner = builder.aliases.get(parts[0] ?? '');
  return owner ? { ...place, candidates: along(owner, parts.slice(1, -1), role, entityOf) } : null;
}

/** Which names a string argument takes; null for aliases, which are made up there. */
function roleIn(call: MethodCall, literal: ts.StringLiteralLike): NameRole | null {
  if (JOIN.test(call.expression.name.text)) {
    if (joinPath(call) === literal) return 'join';
    return call.arguments.indexOf(literal) > call.arguments.indexOf(joinPath(call) as ts.Expression) + 1 ? 'expression' : null;
  }
  return /^(?:(?:and|or)?where|(?:and|or)?having|(?:add)?(?:orderBy|groupBy|select)|distinctOn)$/i.test(call.expression.name.text)
    ? 'expression'
    : null;
}

function aliasesOf({ aliases }: BuilderUsage): Candidate[] {
  return [...aliases].map(([name, entity]) => ({ name, named: { kind: 'alias', entity }, entity: null }));
}

/** `relations: ['books.au|']` of a find. */
function inList(
  source: SourceText,
  graph: RelationGraph,
  literal: ts.StringLiteralLike,
  written: string,
  offset: number,
  entityOf: EntityOf,
): Candidates | null {
  const { typescript } = source;
  const property = typescript.isArrayLiteralExpression(literal.parent) ? literal.parent.parent : null;
  if (!property || !typescript.isPropertyAssignment(property) || !typescript.isIdentifier(property.name)) return null;
  const role = property.name.text === 'relations' ? 'relations' : property.name.text === 'select' ? 'select' : null;
  const call = callAround(source, property.parent);
  const entity = role && call ? findEntity(source, call, graph) : null;
  if (!role || !entity) return null;
  const parts = written.split('.');
  const last = parts.at(-1) ?? '';
  const end = offset + (/^\w*/.exec(source.text.slice(offset))?.[0].length ?? 0);
  return { start: offset - last.length, end, candidates: along(entity, parts.slice(0, -1), role, entityOf) };
}

function along(entity: Entity, parts: readonly string[], role: NameRole, entityOf: EntityOf): Candidate[] {
  let owner: Entity | undefined = entity;
  let prefix = '';
  for (const part of parts) {
    const named: Named | undefined = owner && namesAt(owner, prefix, role).find(({ name }) => name === part)?.named;
    if (named?.kind === 'embedded') prefix = `${prefix}${part}.`;
    else {
      owner = named?.kind === 'relation' ? entityOf(named.relation.targetId) : undefined;
      prefix = '';
    }
  }
  const found = owner;
  return found ? namesAt(found, prefix, role).map(({ name, named }) => ({ name, named, entity: found })) : [];
}

/** The call that has the node among its arguments, perhaps within an array. */
function callAround(source: SourceText, node: ts.Node): MethodCall | null {
  const holder = source.typescript.isArrayLiteralExpression(node.parent) ? node.parent.parent : node.parent;
  return isMethodCall(source, holder) && holder.expression !== node ? holder : null;
}

/** Where strings of a file name one property of an entity. A file without the word is not looked through. */
export function usagesOf(source: SourceText, graph: RelationGraph, entityIds: ReadonlySet<string>, path: string): UsageName[] {
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (!source.text.includes(last)) return [];
  return readUsages(source, graph).names.filter((name) => name.inString && name.path === path && entityIds.has(name.entity.id));
}
