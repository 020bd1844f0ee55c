/** The call of a loop whose method, of another class, or function, of another file, asks for the rows: which one it is, and what declares it. */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { calleeOf, type Callee } from './callee';
import type { MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { holdsRows, lookupIn } from './helperQuestion';
import { declined, type Declined } from './loadRelations';
import { calledFunction, isExported, type LocalFunction } from './localFunction';
import { loopAround, type Loop } from './loops';
import { descendants, fileName, functionName, isWithin, lineOf, type SourceText } from './sourceText';

export interface ServiceCall {
  /** The call in the loop. */
  readonly call: ts.CallExpression;
  readonly loop: Loop;
  /** The file of the method or function that is called. */
  readonly home: SourceText;
  readonly fn: LocalFunction;
  readonly lookup: MethodCall;
}

/**
 * The call on the site's line whose method, of another class, or function, of another file, looks the entity up; `mended` where it is handed its rows, or
 * was replaced.
 *
 * @param asked where the query was seen to be asked: a class that extends the declared one may do it otherwise
 */
export function findServiceCall(source: SourceText, site: Site, asked: Site, entity: string): ServiceCall | Declined | 'mended' | null {
  for (const call of [...callsOnLine(source, site), ...namedCallsOnLine(source, site)]) {
    const callee = calledFunction(source, call) ? null : calleeOf(source, call);
    if (!callee?.fn.body || callee.source.file !== asked.file || !mayStandBeside(callee)) continue;
    const { source: home, fn } = callee;
    const lookup = lookupIn(home, fn, asked, entity);
    if (call.arguments.length > 1 && fn.parameters.some((parameter) => holdsRows(home, parameter, entity, lookup))) return 'mended';
    if (!lookup) continue;
    const around = loopAround(source, call);
    if (around.kind === 'other') return declined(around.reason);
    if (around.kind === 'loop') return { call, loop: around.loop, home, fn, lookup };
  }
  return isAskedBefore(source, site, entity) ? 'mended' : null;
}

/** `customerOf(…)` */
function namedCallsOnLine(source: SourceText, { line }: Site): ts.CallExpression[] {
  const { typescript } = source;
  return [...descendants(source, source.tree)].filter(
    (node): node is ts.CallExpression =>
      typescript.isCallExpression(node) && typescript.isIdentifier(node.expression) && lineOf(source, node) === line,
  );
}

/** A method, or a function that its file exports: another one for all keys can stand beside it. */
function mayStandBeside({ source, fn }: Callee): boolean {
  return source.typescript.isMethodDeclaration(fn) || statementOfExport(source, fn) !== null;
}

/** The statement at the top of the file that exports the function. */
export function statementOfExport(home: SourceText, fn: LocalFunction): ts.Statement | null {
  const { typescript, tree } = home;
  if (typescript.isMethodDeclaration(fn) || !isExported(home, fn)) return null;
  return tree.statements.find((each) => each === fn || (typescript.isVariableStatement(each) && isWithin(fn, each))) ?? null;
}

/** The function around the line calls a method of another class, or a function of another file, that asks for the rows of all keys. */
function isAskedBefore(source: SourceText, site: Site, entity: string): boolean {
  const { typescript } = source;
  const isOnLine = (node: ts.Node): boolean =>
    source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line < site.line &&
    source.tree.getLineAndCharacterOfPosition(node.end).line + 1 >= site.line;
  const [body] = [...descendants(source, source.tree)].filter((node) => typescript.isFunctionLike(node) && isOnLine(node));
  return [...(body ? descendants(source, body) : [])].some((node) => {
    const callee = typescript.isCallExpression(node) && !calledFunction(source, node) ? calleeOf(source, node) : null;
    return !!callee && mayStandBeside(callee) && new RegExp(`(Map|Set)<[^]*\\b${entity}\\b`).test(callee.fn.type?.getText() ?? '');
  });
}

export interface Owner {
  readonly kind: 'class' | 'object' | 'file';
  /** How reasons name what is called. */
  readonly name: string;
  readonly place: string;
}

/** Null for a method of an object that has no name. */
export function ownerOf({ home, fn }: ServiceCall): Owner | null {
  const { typescript } = home;
  if (!typescript.isMethodDeclaration(fn)) return { kind: 'file', name: `the function ${functionName(home, fn) ?? ''}()`, place: fileName(home) };
  const { parent } = fn;
  const kind = typescript.isClassDeclaration(parent) ? 'class' : 'object';
  const place = kind === 'class' ? (parent as ts.ClassDeclaration).name?.text : constantOf(home, parent);
  return place ? { kind, name: `${place}.${fn.name.getText(home.tree)}()`, place } : null;
}

/** The constant that holds an object, or the repository that is extended by it. */
function constantOf(source: SourceText, object: ts.Node): string | undefined {
  const { typescript, tree } = source;
  const { parent } = object;
  if (typescript.isCallExpression(parent) || typescript.isSatisfiesExpression(parent)) return constantOf(source, parent);
  return typescript.isVariableDeclaration(parent) ? parent.name.getText(tree) : undefined;
}

/** `this.users` of `this.users.one(…)`, or the name of a module. */
export function receiverOf({ expression }: ts.CallExpression): ts.Expression | null {
  return 'expression' in expression ? (expression as ts.PropertyAccessExpression).expression : null;
}
