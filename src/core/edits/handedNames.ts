/** Code of a function, as it is written where the function is called: its parameters' names become what is handed in. */
import type ts from 'typescript';
import type { LocalRepository } from './localRepository';
import { descendants, isPropertyName, type Compiler } from './sourceText';

/** The repository's constant becomes what it was made from. */
export function withMade(compiler: Compiler, text: string, repository: LocalRepository | null): string {
  return repository ? replaceNames(compiler, text, new Map([[repository.name, repository.value]])) : text;
}

/** Properties of such names, and texts, stay; `{ rating }` becomes `{ rating: least }`. @param text an expression, in which `\0` may stand for one that comes later */
export function replaceNames({ typescript }: Compiler, text: string, handed: ReadonlyMap<string, string>): string {
  if (handed.size === 0) return text;
  // One character stands for one, so that places in the tree are places in the text, but for the parenthesis before it.
  const tree = typescript.createSourceFile('text.ts', `(${text.replaceAll('\0', '0')})`, typescript.ScriptTarget.Latest, true);
  const names = [...descendants({ typescript }, tree)].filter(
    (node): node is ts.Identifier => typescript.isIdentifier(node) && handed.has(node.text) && !isOnlyName(typescript, node),
  );
  return names.reduceRight((written, node) => {
    const value = handed.get(node.text) ?? node.text;
    const isShorthand = typescript.isShorthandPropertyAssignment(node.parent) && value !== node.text;
    const put = isShorthand ? `${node.text}: ${value}` : isOperand(typescript, node) && !/^[\w$.]+$/.test(value) ? `(${value})` : value;
    return written.slice(0, node.getStart(tree) - 1) + put + written.slice(node.end - 1);
  }, text);
}

/** Whether an operator, or a property that is read, would take a part of what is put there. */
function isOperand(typescript: Compiler['typescript'], { parent }: ts.Identifier): boolean {
  return (
    typescript.isBinaryExpression(parent) ||
    typescript.isConditionalExpression(parent) ||
    typescript.isPrefixUnaryExpression(parent) ||
    typescript.isPropertyAccessExpression(parent) ||
    typescript.isElementAccessExpression(parent) ||
    typescript.isNonNullExpression(parent) ||
    typescript.isAsExpression(parent) ||
    typescript.isSpreadElement(parent)
  );
}

/** Of a property, or of one in a type. */
function isOnlyName(typescript: Compiler['typescript'], node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    isPropertyName({ typescript }, node) || (typescript.isPropertySignature(parent) && parent.name === node) || typescript.isTypeReferenceNode(parent)
  );
}
