/**
 * A lookup that stands in a method of another class (a service, a repository of one's own) which the loop calls. The class gets a method that asks for
 * all keys, by its own repository:
 *
 *     for (const post of posts) { const author = await this.users.findOne(post.authorId); … }
 *
 *     const userById = await this.users.usersById(posts.map((post) => post.authorId));
 *     for (const post of posts) { const author = userById.get(post.authorId) ?? null; … }
 *
 * A method that does more than to return the row (it throws where there is none) is called as before, and handed the rows.
 */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { calleeOf } from './callee';
import { ensureImports } from './decoratorEdits';
import { entityTypeImport } from './entityType';
import type { MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import { findQuestion } from './findQuestion';
import { holdsRows, keyHandedIn, lookupsIn, readInHelper, replaceName } from './helperLookup';
import { isSifted, missingKeyObstacle } from './keyGuard';
import { declined, type Declined } from './loadRelations';
import { calledFunction } from './localFunction';
import { isPlainColumn } from './lookupKey';
import { dependsOnTurn } from './loopKey';
import { keysOfNest, loopsTogether, queriesInstead, type LoopNest } from './loopNest';
import { obstacleInBody, sharedRow, writeWithin } from './loopObstacles';
import { placeBefore } from './loopPlace';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import { canAwaitBefore, loopAround, NO_PLACE, type Loop } from './loops';
import { linesOfRows, mapType, readRow } from './mapOfRows';
import { detectStyle, indentAt } from './sourceStyle';
import { descendants, type Change, type SourceText } from './sourceText';
import { freshName, lowerFirst, plural, titleCase } from './words';

export interface ServiceCall {
  /** The call in the loop. */
  readonly call: MethodCall;
  readonly loop: Loop;
  /** The file of the method that is called. */
  readonly home: SourceText;
  readonly method: ts.MethodDeclaration;
  readonly lookup: MethodCall;
}

export type ServiceResult =
  | {
      readonly kind: 'changes';
      readonly inLoop: readonly Change[];
      readonly atHome: readonly Change[];
      readonly className: string;
      readonly queries: number | 'untold';
    }
  | Declined;

/**
 * The call on the site's line whose method, of another class, looks the entity up; `mended` where it is handed its rows, or was replaced.
 *
 * @param asked where the query was seen to be asked: a class that extends the declared one may do it otherwise
 */
export function findServiceCall(source: SourceText, site: Site, asked: Site, entity: string): ServiceCall | Declined | 'mended' | null {
  const { typescript } = source;
  for (const call of callsOnLine(source, site)) {
    const callee = calledFunction(source, call) ? null : calleeOf(source, call);
    if (!callee?.fn.body || !typescript.isMethodDeclaration(callee.fn) || callee.source.file !== asked.file) continue;
    const { source: home, fn: method } = callee;
    if (call.arguments.length > 1 && method.parameters.some((parameter) => holdsRows(home, parameter, entity))) return 'mended';
    const [lookup, ...more] = lookupsIn(home, method, entity);
    if (!lookup || more.length > 0) continue;
    const around = loopAround(source, call);
    if (around.kind === 'other') return declined(around.reason);
    if (around.kind === 'loop') return { call, loop: around.loop, home, method, lookup };
  }
  return isAskedBefore(source, site, entity) ? 'mended' : null;
}

/** The function around the line calls a method of another class that asks for the rows of all keys. */
function isAskedBefore(source: SourceText, site: Site, entity: string): boolean {
  const { typescript } = source;
  const isOnLine = (node: ts.Node): boolean =>
    source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line < site.line &&
    source.tree.getLineAndCharacterOfPosition(node.end).line + 1 >= site.line;
  const [body] = [...descendants(source, source.tree)].filter((node) => typescript.isFunctionLike(node) && isOnLine(node));
  return [...(body ? descendants(source, body) : [])].some((node) => {
    const callee = typescript.isCallExpression(node) && !calledFunction(source, node) ? calleeOf(source, node) : null;
    return !!callee && typescript.isMethodDeclaration(callee.fn) && new RegExp(`Map<[^]*\\b${entity}\\b`).test(callee.fn.type?.getText() ?? '');
  });
}

export function serviceLookup(source: SourceText, found: ServiceCall, request: BatchRequest): ServiceResult {
  const { call, loop, home, method } = found;
  const { typescript } = source;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  const owner = method.parent;
  if (!entity || !typescript.isClassDeclaration(owner) || !owner.name)
    return declined(`${request.entity} is asked for by a method that no class of this application declares.`);
  const name = `${owner.name.text}.${method.name.getText(home.tree)}()`;
  const question = questionOf(source, found, name, request);
  if (question.kind === 'declined') return question;
  const nest = loopsTogether(source, loop, { fixed: [call.expression.expression] });
  const queries = queriesInstead(source, nest, request);
  if (queries === null)
    return declined(
      nest[0].isInline ? NO_PLACE : 'the loop runs inside of another one, so the query would still run once for each turn of that one.',
    );
  const obstacle = obstacleTo(source, found, { question, nest, name, request });
  if (obstacle) return declined(obstacle);
  const type = entityTypeImport(home, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in the file of ${name}, and the rows of all keys need it.`);
  const handedBefore = method.parameters.find((each) => holdsRows(home, each, entity.name))?.name.getText(home.tree);
  const one = lowerFirst(entity.name);
  const wanted = `${question.one ? one : plural(one)}By${titleCase(question.rowKey.name)}`;
  const map = handedBefore ?? freshName(home, wanted, [], method);
  const asking = askingMethod(found, question, entity.name, map);
  const isPure = !handedBefore && isReplaceable(found, question, entity.name);
  const place = placeBefore(source, nest[0], nest.length === 1 ? request.elementEntity : null);
  const local = freshName(source, wanted, [place.list], nest[0].statement);
  const keys = keysOfNest(source, nest, place.list, question.key);
  const end = detectStyle(source).semicolons ? ';' : '';
  const receiver = call.expression.expression.getText(source.tree);
  const before = place.insert([`const ${local} = await ${receiver}.${asking.name}(${keys})${end}`]);
  const handed = isPure ? null : handOver(found, question, { map, local, entity: entity.name });
  if (handed?.kind === 'declined') return handed;
  return {
    kind: 'changes',
    className: owner.name.text,
    queries,
    inLoop: [...before, ...(handed ? handed.inLoop : readRow(source, { ...question, call, key: keyInLoop(source, found, question) }, local))],
    atHome: [...ensureImports(home, ['In'], 'typeorm'), ...type, ...asking.changes, ...(handed?.atHome ?? [])],
  };
}

/** The key as the loop writes it: what the method makes of its parameter, made of what it is handed. */
function keyInLoop(source: SourceText, { call, home, method }: ServiceCall, { key }: LoopQuestion): LoopQuestion['key'] {
  const [parameter] = method.parameters;
  const [argument] = call.arguments;
  if (!parameter || !argument) return key;
  return { ...key, inLoop: replaceName(key.inLoop, parameter.name.getText(home.tree), argument.getText(source.tree)) };
}

/** The method's lookup as a question of the loop: its only parameter is the key. */
function questionOf(source: SourceText, found: ServiceCall, name: string, request: BatchRequest): LoopQuestion | Declined {
  const { call, loop, home, method, lookup } = found;
  const { typescript } = home;
  if (!/\.[cm]?tsx?$/.test(home.file)) return declined(`${name} stands in JavaScript; write one that takes all keys, and call it before the loop.`);
  if (call.expression.questionDotToken) return declined(`the object whose ${name} is called may be missing; look at that before the loop.`);
  const entity = request.graph.entities.find((each) => each.name === request.entity);
  const [parameter, ...more] = method.parameters.filter((each) => !holdsRows(home, each, request.entity));
  const [argument] = call.arguments;
  if (!entity || !parameter || !argument || more.length > 0 || call.arguments.length !== 1)
    return declined(`${name} takes more than a key; write one that takes all keys, and call it before the loop.`);
  if (!typescript.isIdentifier(parameter.name) || !parameter.type || parameter.initializer || parameter.dotDotDotToken)
    return declined(`the parameter of ${name} has no plain type, which the method for all keys would take a list of.`);
  if ((typescript.getDecorators(method)?.length ?? 0) > 0)
    return declined(`${name} is decorated, and what its decorators do would be left out; ask for all keys by a method of its own.`);
  if (lookup.expression.name.text.endsWith('OrFail'))
    return declined(`${name} throws where there is no row, which a Map would not; let it look first: find the row, and throw where it is null.`);
  const statement = method.body?.statements.find((each) => each.pos <= lookup.pos && each.end >= lookup.end);
  if (!method.body || !statement) return declined(`the lookup of ${name} was not found again.`);
  const inside: Loop = { node: method, element: parameter.name, list: parameter.name, body: method.body, statement };
  const question = findQuestion({ source: home, loop: inside, call: lookup, entity, request });
  if (question.kind === 'declined') return question;
  if (question.fixed.some((node) => dependsOnTurn(home, inside, node)))
    return declined(`${name} prepares what its lookup needs; write one that takes all keys, and call it before the loop.`);
  const text = parameter.name.text;
  const isSiftedInside = isSifted(home, parameter.name, lookup, method.body, [text, question.key.inLoop]);
  if ((parameter.questionToken || /\b(undefined|null)\b/.test(parameter.type.getText(home.tree))) && !isSiftedInside)
    return declined(`the key of ${name} may be missing by its type, and nobody looks whether it is.`);
  const key = keyHandedIn(source, loop, argument, question.key, text, request);
  // A text of a number, of a row that is handed in: of which type its key is only the row's own type tells.
  if (!key || /^String\(.*\./.test(question.key.inLoop)) return declined(`what the loop hands to ${name} is not a plain value of its element.`);
  const missing = isSiftedInside ? null : missingKeyObstacle(source, loop, call, key, request);
  return missing ? declined(missing) : { ...question, key: { ...key, inLoop: question.key.inLoop } };
}

interface Wanted {
  readonly question: LoopQuestion;
  readonly nest: LoopNest;
  readonly name: string;
  readonly request: BatchRequest;
}

function obstacleTo(source: SourceText, found: ServiceCall, { question, nest, name, request }: Wanted): string | null {
  const { call, loop, home, method, lookup } = found;
  const entity = request.graph.entities.find((each) => each.name === request.entity);
  const receiver = call.expression.expression;
  if (!entity || dependsOnTurn(source, loop, receiver)) return `the object whose ${name} is called is another one in each turn.`;
  if (!canAwaitBefore(source, nest[0])) return 'the function around the loop is not async.';
  const write = method.body && writeWithin(home, method.body, { ...request, known: [lookup], code: name });
  if (write) return write;
  const isPlain = (property: string): boolean => isPlainColumn(entity, property, request);
  const asked = { ...question, source, call, fixed: [receiver], request, isPlain, isOwnKey: true, isByPrimaryKey: false };
  return obstacleInBody(nest[0], asked) ?? sharedRow(asked) ?? (returnsLookup(found) ? null : sharedRow({ ...question, source: home, isPlain }));
}

/** `return this.users.findOneBy({ id });` and nothing else. */
function returnsLookup({ home, method, lookup }: ServiceCall): boolean {
  const { typescript } = home;
  const [only, ...more] = method.body?.statements ?? [];
  if (!only || more.length > 0 || !typescript.isReturnStatement(only) || !only.expression) return false;
  return only.expression === lookup || (typescript.isAwaitExpression(only.expression) && only.expression.expression === lookup);
}

/** Whether the Map's row can stand for the call: nothing else is done, and by its type the method gives the row, or null. */
function isReplaceable(found: ServiceCall, { one }: LoopQuestion, entity: string): boolean {
  const type = found.method.type?.getText(found.home.tree) ?? null;
  return returnsLookup(found) && (type === null || (new RegExp(`\\b${entity}\\b`).test(type) && (!one || /\bnull\b/.test(type))));
}

/** The method that asks for all keys, behind the one that asks for one; nothing is added where an edit before has written it. */
function askingMethod(
  { home, method }: ServiceCall,
  question: LoopQuestion,
  entity: string,
  map: string,
): { readonly name: string; readonly changes: readonly Change[] } {
  const style = detectStyle(home);
  const { newline, semicolons } = style;
  const indent = indentAt(home.text, method.getStart(home.tree));
  const end = semicolons ? ';' : '';
  const asked = question.key.inLoop === method.parameters[0]?.name.getText(home.tree) ? method.parameters[0].type?.getText(home.tree) : undefined;
  const given = asked ?? question.rowKey.typeIn(entity);
  const keys = freshName(home, plural(lowerFirst(question.rowKey.name.split('.').at(-1) ?? 'key')), [], method);
  const rows = freshName(home, plural(lowerFirst(entity)), [], method);
  const lines = linesOfRows(home, question, { map, rows, keys, type: entity, at: method });
  const made = `const ${map} = `;
  const body =
    question.one && lines.at(-1)?.startsWith(made)
      ? [...lines.slice(0, -1), `return ${lines.at(-1)?.slice(made.length) ?? ''}`]
      : [...lines, `return ${map}${end}`];
  const isStatic = method.modifiers?.some(({ kind }) => kind === home.typescript.SyntaxKind.StaticKeyword) ?? false;
  const members = (method.parent as ts.ClassDeclaration).members.map((each) => each.name?.getText(home.tree));
  const written = (name: string): string =>
    [
      `${indent}${isStatic ? 'static ' : ''}async ${name}(${keys}: readonly ${/^[\w.]+(\['\w+'\])?$/.test(given) ? given : `(${given})`}[]): Promise<${mapType(question, entity)}> {`,
      ...body.map((line) => `${indent}${style.indent}${line}`),
      `${indent}}`,
    ].join(newline);
  const wanted = `${plural(lowerFirst(entity))}By${titleCase(question.rowKey.name)}`;
  let name = wanted;
  for (let i = 2; members.includes(name); i++) {
    if (home.text.includes(written(name))) return { name, changes: [] };
    name = `${wanted}${i}`;
  }
  return { name, changes: [{ start: method.end, end: method.end, newText: `${newline}${newline}${written(name)}` }] };
}

interface Names {
  /** The rows by their key, as the method's parameter. */
  readonly map: string;
  /** The same as the loop's constant. */
  readonly local: string;
  readonly entity: string;
}

/** One argument more, and a parameter for it, of which the method reads the row where it is given. */
function handOver(
  { call, home, method, lookup }: ServiceCall,
  question: LoopQuestion,
  { map, local, entity }: Names,
): { readonly kind: 'handed'; readonly inLoop: readonly Change[]; readonly atHome: readonly Change[] } | Declined {
  const argument = call.arguments.at(-1);
  const parameter = method.parameters.at(-1);
  const read = readInHelper(home, lookup, question, map, true);
  if (!read || !argument || !parameter) return declined('what the method does with the lookup is more than to wait for it.');
  const inLoop = [{ start: argument.end, end: argument.end, newText: `, ${local}` }];
  if (method.parameters.some((each) => holdsRows(home, each, entity))) return { kind: 'handed', inLoop, atHome: [] };
  return {
    kind: 'handed',
    inLoop,
    atHome: [{ start: parameter.end, end: parameter.end, newText: `, ${map}?: ${mapType(question, entity)}` }, read],
  };
}
