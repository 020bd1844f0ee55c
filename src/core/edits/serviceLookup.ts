/**
 * A lookup that stands in a method of another class (a service, a repository of one's own) which the loop calls. The class gets a method that asks for
 * all keys, by its own repository:
 *
 *     for (const post of posts) { const author = await this.users.findOne(post.authorId); … }
 *
 *     const userById = await this.users.usersById(posts.map((post) => post.authorId));
 *     for (const post of posts) { const author = userById.get(post.authorId) ?? null; … }
 *
 * A method that does more than to return the row (it throws where there is none) is called as before, and handed the rows. An exported function gets one
 * beside it that takes all keys, `findUsersById(ds, ids)`, but no parameter more: others may hand it on as a value.
 */
import type ts from 'typescript';
import type { Entity } from '../model/relationGraph';
import { askingFunction } from './askingFunction';
import { ensureImports } from './decoratorEdits';
import { entityTypeImport } from './entityType';
import type { MethodCall } from './findCall';
import { callsItself, readInHelper } from './helperLookup';
import { replaceNames } from './handedNames';
import { holdsRows } from './helperQuestion';
import { exportedDeclaration, importOf, passesOnAll, specifierPassingOn } from './importedModule';
import { declined, type Declined } from './loadRelations';
import { columnOf, plainValues } from './lookupKey';
import { localRepository } from './localRepository';
import { dependsOnTurn } from './loopKey';
import { innerListsOf, keysOfNest, loopsTogether, queriesInstead, type LoopNest } from './loopNest';
import { obstacleInBody, sharedRow, writeWithin } from './loopObstacles';
import { placeBefore } from './loopPlace';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import { canAwaitBefore, NO_PLACE } from './loops';
import { isTypeOfNumber } from './mapOfNumbers';
import { mapType, namesOf, readRow } from './mapOfRows';
import { isOrFail } from './readOrThrow';
import { refusedKeyObstacle } from './refusedKey';
import { ownerOf, receiverOf, type ServiceCall } from './serviceCall';
import { serviceQuestion, type KeyedQuestion } from './serviceQuestion';
import { detectStyle } from './sourceStyle';
import type { Change, SourceText } from './sourceText';
import { freshName } from './words';

export type ServiceResult =
  | {
      readonly kind: 'changes';
      readonly inLoop: readonly Change[];
      readonly atHome: readonly Change[];
      /** What passes it on, where a module between the two files names what it passes on. */
      readonly between: readonly (readonly [source: SourceText, changes: readonly Change[]])[];
      /** What gets the query for all keys: the class, or the file of a function. */
      readonly place: string;
      readonly queries: number | 'untold';
    }
  | Declined;

export function serviceLookup(source: SourceText, found: ServiceCall, request: BatchRequest): ServiceResult {
  const { call, loop, home, fn } = found;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  const owner = ownerOf(found);
  if (!entity || !owner) return declined(`${request.entity} is asked for by a method that no class of this application declares.`);
  const { name } = owner;
  const question = serviceQuestion(source, found, name, request);
  if (question.kind === 'declined') return question;
  const nest = loopsTogether(source, loop, { fixed: fixedOf(found, question) });
  const queries = queriesInstead(source, nest, request);
  if (queries === null)
    return declined(
      nest[0].isInline ? NO_PLACE : 'the loop runs inside of another one, so the query would still run once for each turn of that one.',
    );
  const obstacle = obstacleTo(source, found, { question, nest, name, request });
  if (obstacle) return declined(obstacle);
  const type = entityTypeImport(home, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in the file of ${name}, and the rows of all keys need it.`);
  const handedBefore = fn.parameters.find((each) => holdsRows(home, each, entity.name, found.lookup))?.name.getText(home.tree);
  const wanted = namesOf(question, entity.name).map;
  const map = handedBefore ?? freshName(home, wanted, [], fn);
  const isPure = !handedBefore && isReplaceable(found, question, entity.name);
  if (!isPure && owner.kind === 'file')
    return declined(
      `${name} does more than to return what it finds, and others may hand it on as it is; write one that takes all keys, and call it before the loop.`,
    );
  const asking = askingFunction(source, found, question, { entity: entity.name, map });
  const reached = owner.kind === 'file' ? importedBeside(source, found, asking.name) : { imports: [], between: [] };
  if (reached === null) return declined(`${name} comes by way of another module, which would have to pass on one for all keys too.`);
  const place = placeBefore(source, nest[0], nest.length === 1 ? request.elementEntity : null);
  const local = freshName(source, wanted, [place.list], nest[0].statement);
  const keys = keysOfNest(source, nest, place.list, question.key);
  const end = detectStyle(source).semicolons ? ';' : '';
  const receiver = receiverOf(call);
  const given = call.arguments.map((argument, i) => (i === question.index ? keys : argument.getText(source.tree)));
  const asks = `const ${local} = await ${receiver ? `${receiver.getText(source.tree)}.` : ''}${asking.name}(${given.join(', ')})${end}`;
  const handed = isPure ? null : handOver(found, question, { map, local, entity });
  if (handed?.kind === 'declined') return handed;
  if (handed && callsItself(home, fn)) return declined(`${name} calls itself, perhaps with keys that the loop does not have.`);
  return {
    kind: 'changes',
    place: owner.place,
    queries,
    between: reached.between,
    inLoop: [
      ...reached.imports,
      ...place.insert([asks]),
      ...(handed ? handed.inLoop : readRow(source, { ...question, call: call as MethodCall, key: keyInLoop(source, found, question) }, local)),
    ],
    atHome: [
      ...ensureImports(home, isOrFail(found.lookup) ? ['EntityNotFoundError', 'In'] : ['In'], 'typeorm'),
      ...type,
      ...asking.changes,
      ...(handed?.atHome ?? []),
    ],
  };
}

/** What has to be the same in every turn. */
function fixedOf({ call }: ServiceCall, { index }: Pick<KeyedQuestion, 'index'>): ts.Expression[] {
  const receiver = receiverOf(call);
  return [...(receiver ? [receiver] : []), ...call.arguments.filter((_, i) => i !== index)];
}

type Reached = { readonly imports: readonly Change[] } & Pick<Extract<ServiceResult, { kind: 'changes' }>, 'between'>;

/** Imports what stands beside the function from where that comes; null where it is not passed on from there. */
function importedBeside(source: SourceText, { call, home }: ServiceCall, name: string): Reached | null {
  const root = receiverOf(call) ?? call.expression;
  const imported = importOf(source, root.getText(source.tree));
  const opened = imported && source.open(imported.specifier);
  if (!opened) return null;
  const imports = imported.name === '*' ? [] : ensureImports(source, [name], imported.specifier);
  // A module that passes on several others passes on nothing of a name that two of them have.
  const beside = exportedDeclaration(opened, name);
  if (beside && beside.source.tree !== home.tree) return null;
  if (beside || opened.tree === home.tree || passesOnAll(opened, home)) return { imports, between: [] };
  const named = specifierPassingOn(opened, imported.name, home);
  return named && { imports, between: [[opened, [{ start: named.end, end: named.end, newText: `, ${name}` }]]] };
}

/** The key as the loop writes it: what the method makes of its parameter, made of what it is handed. */
function keyInLoop(source: SourceText, { call, home, fn }: ServiceCall, { key, index }: KeyedQuestion): LoopQuestion['key'] {
  const parameter = fn.parameters[index];
  const argument = call.arguments[index];
  if (!parameter || !argument) return key;
  return { ...key, inLoop: replaceNames(home, key.inLoop, new Map([[parameter.name.getText(home.tree), argument.getText(source.tree)]])) };
}

interface Wanted {
  readonly question: KeyedQuestion;
  readonly nest: LoopNest;
  readonly name: string;
  readonly request: BatchRequest;
}

function obstacleTo(source: SourceText, found: ServiceCall, { question, nest, name, request }: Wanted): string | null {
  const { call, loop, home, fn, lookup } = found;
  const entity = request.graph.entities.find((each) => each.name === request.entity);
  const fixed = fixedOf(found, question);
  if (!entity || fixed.some((node) => dependsOnTurn(source, loop, node))) return `what ${name} is called with is another thing in each turn.`;
  if (!canAwaitBefore(source, nest[0])) return 'the function around the loop is not async.';
  if (!fn.body) return null;
  const write = writeWithin(home, fn.body, { ...request, known: [lookup], code: name });
  if (write) return write;
  const within = { source: home, body: fn.body, lookup, name };
  const type = columnOf(entity, question.property)?.type ?? null;
  const refused = refusedKeyObstacle({ ...question, source, call, loop, outermost: nest[0], type, request, within });
  if (refused) return refused;
  const isPlain = plainValues(entity, question, request);
  const asked = {
    ...question,
    source,
    call,
    fixed,
    request,
    innerLists: innerListsOf(nest),
    isPlain,
    isOwnKey: true,
    isByPrimaryKey: false,
  };
  if (question.measure) return obstacleInBody(nest[0], asked);
  return obstacleInBody(nest[0], asked) ?? sharedRow(asked) ?? (returnsLookup(found) ? null : sharedRow({ ...question, source: home, isPlain }));
}

/** `return this.users.findOneBy({ id });` and nothing else. */
function returnsLookup({ home, fn, lookup }: ServiceCall): boolean {
  const { typescript } = home;
  const isLookup = (value: ts.Node | undefined): boolean =>
    value === lookup || (!!value && typescript.isAwaitExpression(value) && value.expression === lookup);
  if (!fn.body || !typescript.isBlock(fn.body)) return isLookup(fn.body);
  const made = localRepository(home, fn, lookup)?.statement;
  const [only, ...more] = fn.body.statements.filter((statement) => statement !== made);
  return !!only && more.length === 0 && typescript.isReturnStatement(only) && isLookup(only.expression);
}

/** Whether the Map's row can stand for the call: nothing else is done (nor thrown), and by its type the method gives the row, or null. */
function isReplaceable(found: ServiceCall, { one, measure }: LoopQuestion, entity: string): boolean {
  if (isOrFail(found.lookup)) return false;
  const type = found.fn.type?.getText(found.home.tree) ?? null;
  if (measure) return returnsLookup(found) && (type === null || isTypeOfNumber(measure, type));
  return returnsLookup(found) && (type === null || (new RegExp(`\\b${entity}\\b`).test(type) && (!one || /\bnull\b/.test(type))));
}

interface Names {
  /** The rows by their key, as the method's parameter. */
  readonly map: string;
  /** The same as the loop's constant. */
  readonly local: string;
  readonly entity: Entity;
}

/** One argument more, and a parameter for it, of which the method reads the row where it is given. */
function handOver(
  { call, home, fn, lookup }: ServiceCall,
  question: LoopQuestion,
  { map, local, entity }: Names,
): { readonly kind: 'handed'; readonly inLoop: readonly Change[]; readonly atHome: readonly Change[] } | Declined {
  const argument = call.arguments.at(-1);
  const parameter = fn.parameters.at(-1);
  const read = readInHelper(home, lookup, question, { map, entity, optional: true });
  if (read.length === 0 || !argument || !parameter) return declined('what the method does with the lookup is more than to wait for it.');
  const inLoop = [{ start: argument.end, end: argument.end, newText: `, ${local}` }];
  if (fn.parameters.some((each) => holdsRows(home, each, entity.name, lookup))) return { kind: 'handed', inLoop, atHome: [] };
  return {
    kind: 'handed',
    inLoop,
    atHome: [{ start: parameter.end, end: parameter.end, newText: `, ${map}?: ${mapType(question, entity.name)}` }, ...read],
  };
}
