/** `for (let i = 0; i < orders.length; i++) { const order = orders[i]; … }`, or `while (i < orders.length)`: a loop over a list, written with a number. */
import type ts from 'typescript';
import { assignedBy, isAssigned } from './assignment';
import { referencesTo } from './iteration';
import type { Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { descendants, unwrap, type SourceText } from './sourceText';
import { singular } from './words';

const RESIZES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

type Counted = Pick<Loop, 'element' | 'list' | 'indexed'>;

/** The list and the constant that holds its element; null where the loop is more than that. */
export function countingLoop(source: SourceText, loop: ts.ForStatement): Counted | null {
  const { typescript } = source;
  const counter = counterOf(source, loop);
  const list = counter && listCountedTo(source, loop, counter.text);
  if (!counter || !list || !typescript.isBlock(loop.statement)) return null;
  return isDisturbed(source, loop.statement, list.text, counter.text) ? null : elementIn(source, loop.statement, list, counter);
}

/** `for (const i in posts)`: the names of an array's places. */
export function placesOf(source: SourceText, { initializer, expression, statement }: ts.ForInStatement): Counted | null {
  const { typescript } = source;
  const [place] = typescript.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const list = unwrap(source, expression);
  if (!place || !typescript.isIdentifier(place.name) || !typescript.isIdentifier(list) || !typescript.isBlock(statement)) return null;
  return isDisturbed(source, statement, list.text, place.name.text) ? null : elementIn(source, statement, list, place.name);
}

/** `let i = 0; while (i < orders.length) { const order = orders[i]; …; i++; }` */
export function countingWhile(source: SourceText, { expression, statement }: ts.WhileStatement): Counted | null {
  const { typescript, tree } = source;
  const list = typescript.isBinaryExpression(expression) && typescript.isIdentifier(expression.left) ? lengthOf(source, expression) : null;
  const counter = list && typescript.isBinaryExpression(expression) ? expression.left.getText(tree) : null;
  const declaration = counter === null ? null : nearestDeclaration(source, counter, expression);
  if (!list || counter === null || !declaration || !typescript.isIdentifier(declaration.name) || !typescript.isBlock(statement)) return null;
  const step = statement.statements.at(-1);
  const isStep = step && typescript.isExpressionStatement(step) && stepsOf(counter).includes(step.expression.getText(tree).replace(/\s/g, ''));
  const moves = referencesTo(source, declaration.name).filter((use) => assignedBy(source, use.parent) === use);
  const isCounted = declaration.initializer?.getText(tree) === '0' && isStep && moves.every((use) => use.pos >= step.pos && use.end <= step.end);
  return isCounted && !isDisturbed(source, statement, list.text, '') ? elementIn(source, statement, list, declaration.name) : null;
}

/** `const order = orders[i];` at the top of the body; without one, the place in the list stands for the element. */
function elementIn(source: SourceText, body: ts.Block, list: ts.Identifier, counter: ts.Identifier): Counted {
  const { typescript } = source;
  const element = body.statements
    .flatMap((statement) => (typescript.isVariableStatement(statement) ? [...statement.declarationList.declarations] : []))
    .find(
      ({ initializer, parent }) =>
        initializer && (parent.flags & typescript.NodeFlags.Const) !== 0 && isElement(source, initializer, list.text, counter.text),
    );
  return element ? { element: element.name, list } : { element: counter, list, indexed: singular(list.text) };
}

/** `let i = 0` … `i++` */
function counterOf(source: SourceText, { initializer, incrementor }: ts.ForStatement): ts.Identifier | null {
  const { typescript } = source;
  const [declaration] = initializer && typescript.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  if (!declaration?.initializer || !typescript.isIdentifier(declaration.name) || !incrementor) return null;
  const { text } = declaration.name;
  return declaration.initializer.getText(source.tree) === '0' && stepsOf(text).includes(incrementor.getText(source.tree).replace(/\s/g, ''))
    ? declaration.name
    : null;
}

function stepsOf(counter: string): string[] {
  return [`${counter}++`, `++${counter}`, `${counter}+=1`];
}

/** `orders` of `i < orders.length` */
function lengthOf({ typescript }: SourceText, { operatorToken, right }: ts.BinaryExpression): ts.Identifier | null {
  const isLength = typescript.isPropertyAccessExpression(right) && right.name.text === 'length' && typescript.isIdentifier(right.expression);
  return operatorToken.kind === typescript.SyntaxKind.LessThanToken && isLength ? (right.expression as ts.Identifier) : null;
}

/** `i < orders.length`, or `i < n` where the loop begins with `n = orders.length`. */
function listCountedTo(source: SourceText, { condition, initializer }: ts.ForStatement, counter: string): ts.Identifier | null {
  const { typescript } = source;
  if (!condition || !typescript.isBinaryExpression(condition) || condition.operatorToken.kind !== typescript.SyntaxKind.LessThanToken) return null;
  const { left } = condition;
  const declarations = initializer && typescript.isVariableDeclarationList(initializer) ? initializer.declarations.slice(1) : [];
  const [length, ...more] = declarations;
  const isNamed = length && typescript.isIdentifier(condition.right) && length.name.getText(source.tree) === condition.right.text;
  if (more.length > 0 || (length && !isNamed)) return null;
  const right = length?.initializer ?? condition.right;
  if (!typescript.isIdentifier(left) || left.text !== counter || !typescript.isPropertyAccessExpression(right) || right.name.text !== 'length')
    return null;
  return typescript.isIdentifier(right.expression) ? right.expression : null;
}

function isElement(source: SourceText, initializer: ts.Expression, list: string, counter: string): boolean {
  const value = unwrap(source, initializer);
  return source.typescript.isElementAccessExpression(value) && value.getText(source.tree).replace(/\s/g, '') === `${list}[${counter}]`;
}

/** Whether the body moves the counter, or changes which elements the list has. */
function isDisturbed(source: SourceText, body: ts.Block, list: string, counter: string): boolean {
  const { typescript, tree } = source;
  return [...descendants(source, body)].some((node) => {
    if (typescript.isCallExpression(node) && typescript.isPropertyAccessExpression(node.expression))
      return node.expression.expression.getText(tree) === list && RESIZES.test(node.expression.name.text);
    if (!isAssigned(source, node)) return false;
    const isPlace = typescript.isElementAccessExpression(node) && node.expression.getText(tree) === list;
    return isPlace || (typescript.isIdentifier(node) && [counter, list].includes(node.text)) || node.getText(tree) === `${list}.length`;
  });
}
