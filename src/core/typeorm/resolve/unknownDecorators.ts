/** Decorators that are meant to be TypeORM's, but that nothing declares: misspelt ones, and those whose import is missing. */
import type ts from 'typescript';
import { nearestName } from '../../model/nearestName';
import type { GraphProblem } from '../../model/relationGraph';
import { decoratorsOf } from '../evaluate/decorators';
import type { Evaluator } from '../evaluate/evaluator';
import { decoratorNames } from '../evaluate/typeormModule';
import { isUnknown, type ClassSyntax } from '../evaluate/values';
import { rangeOf } from '../parse/positions';

/** How many letters may be wrong. */
const misspeltBy = 2;

/**
 * Each name once, where it stands first.
 * @param syntax a class that some decorator of TypeORM stands in. Where it stands in a function, names may come from there, so nothing is said.
 */
export function unknownDecorators(evaluator: Evaluator, { node, scope }: ClassSyntax): GraphProblem[] {
  if (scope.outer || scope.names) return [];
  const { sourceFile } = scope.module;
  const told = new Set<string>();
  return [node, ...node.members].flatMap((owner) =>
    decoratorsOf(evaluator, owner).flatMap((decorator) => {
      const name = nameOf(evaluator.ts, decorator);
      const meant = name === null || told.has(name) || isDeclared(scope.module, name) ? null : nearestName(name, decoratorNames, misspeltBy);
      if (name === null || meant === null) return [];
      told.add(name);
      const next = name === meant ? 'import it from typeorm' : `write \`@${meant}\` if that is meant`;
      const message = `\`@${name}\` is neither declared nor imported here, so that it says nothing to TypeORM: ${next}.`;
      return [{ code: 'unknown-decorator', message, source: rangeOf({ sourceFile, node: decorator }) }];
    }),
  );
}

/** Decorators of a class without an entity decorator that may be one: their name says so, and nobody can tell where they come from. */
export function unreadEntityDecorators(evaluator: Evaluator, { node, scope }: ClassSyntax): GraphProblem[] {
  if (scope.outer || scope.names) return [];
  return decoratorsOf(evaluator, node).flatMap((decorator) => {
    const unread = unreadFrom(evaluator, decorator, scope, /Entity/);
    return unread === null ? [] : [unreadProblem(scope, decorator, unread, 'an entity of the class')];
  });
}

/**
 * The same of members that have no column or relation otherwise. Each name once, where it stands first.
 * @param known names of the members that have one
 */
export function unreadColumnDecorators(evaluator: Evaluator, { node, scope }: ClassSyntax, known: ReadonlySet<string | null>): GraphProblem[] {
  if (scope.outer || scope.names) return [];
  const told = new Set<string>();
  return node.members.flatMap((member) => {
    const property = member.name && evaluator.ts.isIdentifier(member.name) ? member.name.text : null;
    if (property === null || known.has(property)) return [];
    return decoratorsOf(evaluator, member).flatMap((decorator) => {
      const unread = unreadFrom(evaluator, decorator, scope, /Column|(?:One|Many)To(?:One|Many)/);
      if (unread === null || told.has(unread.name)) return [];
      told.add(unread.name);
      return [unreadProblem(scope, decorator, unread, `a column or relation of \`${property}\``)];
    });
  });
}

interface Unread {
  readonly name: string;
  readonly module: string;
}

/** A decorator's name, and the module that has it and cannot be read; null for others, and for names that say nothing of what is looked for. */
function unreadFrom(evaluator: Evaluator, decorator: ts.Decorator, scope: ClassSyntax['scope'], telling: RegExp): Unread | null {
  const name = nameOf(evaluator.ts, decorator);
  const value = name !== null && telling.test(name) ? evaluator.lookup(name, scope) : undefined;
  return name === null || !isUnknown(value) || value.isForeign || value.package === null ? null : { name, module: value.package };
}

function unreadProblem({ module: { sourceFile } }: ClassSyntax['scope'], node: ts.Decorator, { name, module }: Unread, what: string): GraphProblem {
  const message = `\`@${name}\` could not be read, since \`${module}\` lies outside of the workspace: if it makes ${what}, that is missing here. Install the package, or add its folder.`;
  return { code: 'unknown-decorator', message, source: rangeOf({ sourceFile, node }) };
}

function nameOf(ts: Evaluator['ts'], { expression }: ts.Decorator): string | null {
  const called = ts.isCallExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(called) ? called.text : null;
}

function isDeclared({ outline, tree }: ClassSyntax['scope']['module'], name: string): boolean {
  return outline.imports.has(name) || outline.aliases.has(name) || tree.declarations.has(name);
}
