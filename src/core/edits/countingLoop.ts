/** `for (let i = 0; i < orders.length; i++) { const order = orders[i]; … }`: a loop over a list, written with a number. */
import type ts from 'typescript';
import type { Loop } from './loops';
import { descendants, unwrap, type SourceText } from './sourceText';

const RESIZES = /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin)$/;

/** The list and the constant that holds its element; null where the loop is more than that. */
export function countingLoop(source: SourceText, loop: ts.ForStatement): Pick<Loop, 'element' | 'list'> | null {
  const { typescript } = source;
  const counter = counterOf(source, loop);
  const list = counter && listCountedTo(source, loop, counter);
  if (!counter || !list || !typescript.isBlock(loop.statement)) return null;
  const element = loop.statement.statements
    .flatMap((statement) => (typescript.isVariableStatement(statement) ? [...statement.declarationList.declarations] : []))
    .find(
      ({ initializer, parent }) =>
        initializer && (parent.flags & typescript.NodeFlags.Const) !== 0 && isElement(source, initializer, list.text, counter),
    );
  return element && !isDisturbed(source, loop.statement, list.text, counter) ? { element: element.name, list } : null;
}

/** `let i = 0` … `i++` */
function counterOf(source: SourceText, { initializer, incrementor }: ts.ForStatement): string | null {
  const { typescript } = source;
  const [declaration] = initializer && typescript.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  if (!declaration?.initializer || !typescript.isIdentifier(declaration.name) || !incrementor) return null;
  const { text } = declaration.name;
  const steps = [`${text}++`, `++${text}`, `${text}+=1`];
  return declaration.initializer.getText(source.tree) === '0' && steps.includes(incrementor.getText(source.tree).replace(/\s/g, '')) ? text : null;
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
function isDisturbed({ typescript, ...source }: SourceText, body: ts.Block, list: string, counter: string): boolean {
  const text = (node: ts.Node): string => node.getText(source.tree);
  return [...descendants({ typescript }, body)].some((node) => {
    if (typescript.isPrefixUnaryExpression(node) || typescript.isPostfixUnaryExpression(node)) return text(node.operand) === counter;
    if (typescript.isCallExpression(node) && typescript.isPropertyAccessExpression(node.expression))
      return text(node.expression.expression) === list && RESIZES.test(node.expression.name.text);
    if (!typescript.isBinaryExpression(node) || node.operatorToken.kind < typescript.SyntaxKind.FirstAssignment) return false;
    const isAssignment = node.operatorToken.kind <= typescript.SyntaxKind.LastAssignment;
    return isAssignment && (text(node.left) === counter || text(node.left) === list || text(node.left).startsWith(`${list}[`));
  });
}
