/** What a method of another class, or a function of another file, asks for a loop: one of its parameters is the key. */
import type ts from 'typescript';
import { assignedBy } from './assignment';
import { codeOfTurn } from './codeOfTurn';
import { withMade } from './handedNames';
import { holdsRows, keyHandedIn, throwsWithoutRow } from './helperQuestion';
import { isSifted, missingKeyObstacle } from './keyGuard';
import { declined, type Declined } from './loadRelations';
import { localRepository } from './localRepository';
import { dependsOnTurn } from './loopKey';
import { isChangedIn, whyKeyChanged } from './loopObstacles';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import type { Loop } from './loops';
import { questionOf } from './questionOf';
import { isOrFail } from './readOrThrow';
import { statementOfExport, type ServiceCall } from './serviceCall';
import { descendants, isWithin, type SourceText } from './sourceText';
import { throwPlace } from './throwPlace';

/** With the place of the key among the arguments. */
export type KeyedQuestion = LoopQuestion & { readonly index: number };

/** The method's lookup as a question of the loop: one of its parameters is the key. */
export function serviceQuestion(source: SourceText, found: ServiceCall, name: string, request: BatchRequest): KeyedQuestion | Declined {
  const { call, loop, home, fn, lookup } = found;
  const { typescript } = home;
  if (!/\.[cm]?tsx?$/.test(home.file)) return declined(`${name} stands in JavaScript; write one that takes all keys, and call it before the loop.`);
  if ('questionDotToken' in call.expression && call.expression.questionDotToken)
    return declined(`the object whose ${name} is called may be missing; look at that before the loop.`);
  const entity = request.graph.entities.find((each) => each.name === request.entity);
  const parameters = fn.parameters.filter((each) => !holdsRows(home, each, request.entity, lookup));
  const index = indexOfKey(source, found, parameters);
  const parameter = parameters[index];
  const argument = call.arguments[index];
  if (!entity || !parameter || !argument)
    return declined(`${name} takes more than a key; write one that takes all keys, and call it before the loop.`);
  if (parameters.some((each) => !typescript.isIdentifier(each.name) || !each.type || each.initializer || each.dotDotDotToken) || fn.typeParameters)
    return declined(`the parameter of ${name} has no plain type, which the method for all keys would take a list of.`);
  if (typescript.isMethodDeclaration(fn) && (typescript.getDecorators(fn)?.length ?? 0) > 0)
    return declined(`${name} is decorated, and what its decorators do would be left out; ask for all keys by a method of its own.`);
  if (isOrFail(lookup) && !throwPlace(home, lookup)) return declined(throwsWithoutRow(name));
  if (!fn.body) return declined(`the lookup of ${name} was not found again.`);
  const text = parameter.name.getText(home.tree);
  const statement = typescript.isBlock(fn.body) ? fn.body.statements.find((each) => isWithin(lookup, each)) : statementOfExport(home, fn);
  if (!statement) return declined(`the lookup of ${name} was not found again.`);
  const inside: Loop = { node: fn.body, element: parameter.name, list: fn.body as ts.Expression, body: fn.body, statement };
  const asked = { source: home, loop: inside, call: lookup, entity, request };
  const question = questionOf(asked);
  if (question.kind === 'declined') return question;
  const repository = localRepository(home, fn, lookup);
  const others = parameters.map((each) => each.name.getText(home.tree)).filter((each) => each !== text);
  const known = repository ? [...others, repository.name] : others;
  const pieces = codeOfTurn(home, fn.body);
  if (question.fixed.some((node) => isPrepared(home, inside, node, known) || isChangedIn(home, pieces, node)))
    return declined(`${name} prepares what its lookup needs; write one that takes all keys, and call it before the loop.`);
  const changed = whyKeyChanged(home, parameter.name, fn, lookup, question.key);
  if (changed) return declined(changed);
  const isSiftedInside = isSifted(home, parameter.name as ts.Identifier, lookup, fn.body, [text, question.key.inLoop]);
  if ((parameter.questionToken || /\b(undefined|null)\b/.test(parameter.type?.getText(home.tree) ?? '')) && !isSiftedInside)
    return declined(`the key of ${name} may be missing by its type, and nobody looks whether it is.`);
  const key = keyHandedIn(source, loop, argument, question.key, text, request);
  // A text of a number, of a row that is handed in: of which type its key is only the row's own type tells.
  if (!key || /^(String|BigInt)\(.*\./.test(question.key.inLoop))
    return declined(`what the loop hands to ${name} is not a plain value of its element.`);
  const missing = isSiftedInside ? null : missingKeyObstacle(source, loop, call, key, request);
  return missing
    ? declined(missing)
    : { ...question, index, key: { ...key, inLoop: question.key.inLoop }, query: (keys) => withMade(home, question.query(keys), repository) };
}

/** The only parameter that differs from turn to turn; -1 where there is none such. */
function indexOfKey(source: SourceText, { call, loop }: ServiceCall, parameters: readonly ts.ParameterDeclaration[]): number {
  if (call.arguments.length !== parameters.length) return -1;
  const varying = call.arguments.filter((argument) => dependsOnTurn(source, loop, argument));
  const isPlain = call.arguments.every((argument) => varying.includes(argument) || isSameEachTime(source, argument));
  return varying.length === 1 && isPlain ? call.arguments.findIndex((argument) => argument === varying[0]) : -1;
}

/** A name, a value, `ds.getRepository(User)`: asked for once, it is what it is each time. */
function isSameEachTime(source: SourceText, value: ts.Expression): boolean {
  const { typescript } = source;
  return [value, ...descendants(source, value)].every(
    (node) =>
      assignedBy(source, node) === null &&
      !typescript.isAwaitExpression(node) &&
      !typescript.isNewExpression(node) &&
      (!typescript.isCallExpression(node) || /\bget\w*Repository$/.test(node.expression.getText(source.tree))),
  );
}

/** Whether a node speaks of what the function makes, or of its key; its other parameters are the same in every turn. */
function isPrepared(home: SourceText, inside: Loop, node: ts.Node, others: readonly string[]): boolean {
  return [node, ...descendants(home, node)].some(
    (each) => home.typescript.isIdentifier(each) && !others.includes(each.text) && dependsOnTurn(home, inside, each),
  );
}
