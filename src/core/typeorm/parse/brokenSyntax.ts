/** Files that do not parse as a whole: which classes a mistake before them has swallowed, and which are lost in it. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';

/** The first mistake of a file; null for one that parses. */
export function firstSyntaxError(sourceFile: ts.SourceFile): ts.Diagnostic | null {
  // The parser keeps them on the tree, though TypeScript's types do not say so; asking a program for them would cost a type check.
  return (sourceFile as { readonly parseDiagnostics?: readonly ts.Diagnostic[] }).parseDiagnostics?.[0] ?? null;
}

/**
 * Exported classes within an expression or a body, which only a bracket that is not closed yet can put there:
 *
 *     const load = createRequire(
 *
 *     @Entity()
 *     export class Author {}
 */
export function swallowedClasses(ts: Compiler, sourceFile: ts.SourceFile): ts.ClassDeclaration[] {
  if (!firstSyntaxError(sourceFile)) return [];
  const found: ts.ClassDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isModuleDeclaration(node)) return;
    if (ts.isClassLike(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) found.push(asDeclaration(ts, node));
    ts.forEachChild(node, visit);
  };
  for (const statement of sourceFile.statements) if (!ts.isModuleDeclaration(statement)) ts.forEachChild(statement, visit);
  return found;
}

function asDeclaration(ts: Compiler, node: ts.ClassLikeDeclaration): ts.ClassDeclaration {
  if (ts.isClassDeclaration(node)) return node;
  const { modifiers, name, typeParameters, heritageClauses, members } = node;
  return ts.setTextRange(ts.factory.createClassDeclaration(modifiers, name, typeParameters, heritageClauses, members), node);
}

const entityOrClass = /^@(?:\w+\.)?(?:View|Child)?Entity\b|\bclass\s+(\w+)/gm;

/** Entities that the text of a broken file declares at the start of a line, and that are not among those that could be read. */
export function lostEntities({ text }: ts.SourceFile, read: ReadonlySet<string>): { readonly name: string; readonly end: number }[] {
  const lost: { name: string; end: number }[] = [];
  // Other libraries have entities as well.
  if (!text.includes('typeorm')) return lost;
  let isEntity = false;
  for (const { 0: whole, 1: name, index } of text.matchAll(entityOrClass)) {
    if (isEntity && name !== undefined && !read.has(name)) lost.push({ name, end: index + whole.length });
    isEntity = name === undefined;
  }
  return lost;
}
