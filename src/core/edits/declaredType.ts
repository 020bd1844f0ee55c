/**
 * Whether a field of a loop's element may be missing by the type that the code declares for it: `productId` of `interface Item { productId?: number }`, where
 * the loop runs over `items: Item[]`, or over the `items` of a request of such a class. Types that only the compiler infers are not known here.
 */
import type ts from 'typescript';
import { importedDeclaration, typeNamed } from './importedModule';
import type { Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { unwrap, type SourceText } from './sourceText';

interface DeclaredType {
  readonly source: SourceText;
  readonly node: ts.TypeNode;
}

/** @param value `item.productId`, or `productId` of `for (const { productId } of items)` */
export function mayBeMissingByType(source: SourceText, loop: Loop, value: ts.Expression): boolean {
  const name = fieldOf(source, loop, unwrap(source, value));
  const element = name === null ? null : elementOf(source, loop);
  const field = element && name !== null ? memberOf(element, name) : null;
  return !!field && (field.isOptional || /\bundefined\b/.test(field.type?.node.getText() ?? ''));
}

function fieldOf({ typescript }: SourceText, { element }: Loop, value: ts.Expression): string | null {
  if (typescript.isPropertyAccessExpression(value) && typescript.isIdentifier(value.expression) && typescript.isIdentifier(element))
    return value.expression.text === element.text ? value.name.text : null;
  if (!typescript.isIdentifier(value) || !typescript.isObjectBindingPattern(element)) return null;
  const bound = element.elements.find(({ name }) => typescript.isIdentifier(name) && name.text === value.text);
  return bound && !bound.initializer ? (bound.propertyName ?? bound.name).getText() : null;
}

/** As a callback's parameter declares it, or as its list does. */
function elementOf(source: SourceText, { element, list }: Loop): DeclaredType | null {
  const { typescript } = source;
  if (typescript.isParameter(element.parent) && element.parent.type) return { source, node: element.parent.type };
  const declared = typeOf(source, list);
  return declared && elementType(declared);
}

/** Of a name, or of a member of one: `items`, `order.items`. */
function typeOf(source: SourceText, expression: ts.Expression): DeclaredType | null {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (typescript.isIdentifier(value)) {
    const node = nearestDeclaration(source, value.text, value)?.type;
    return node ? { source, node } : null;
  }
  const owner = typescript.isPropertyAccessExpression(value) ? typeOf(source, value.expression) : null;
  return owner && typescript.isPropertyAccessExpression(value) ? (memberOf(owner, value.name.text)?.type ?? null) : null;
}

/** `Item` of `Item[]`, `readonly Item[]`, `Set<Item>`. */
function elementType({ source, node }: DeclaredType): DeclaredType | null {
  const { typescript } = source;
  if (typescript.isTypeOperatorNode(node) || typescript.isParenthesizedTypeNode(node)) return elementType({ source, node: node.type });
  if (typescript.isArrayTypeNode(node)) return { source, node: node.elementType };
  const [only, ...more] = typescript.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
  return only && more.length === 0 ? { source, node: only } : null;
}

interface Member {
  readonly isOptional: boolean;
  readonly type: DeclaredType | null;
}

function memberOf({ source, node }: DeclaredType, name: string, depth = 0): Member | null {
  const { typescript } = source;
  if (!typescript.isTypeReferenceNode(node)) return memberIn(source, node, name, depth);
  const found = typescript.isIdentifier(node.typeName) ? declarationNamed(source, node.typeName.text) : null;
  return found && memberIn(found.source, found.node, name, depth);
}

/** @param depth aliases on the way here: code that is not finished may name one by itself */
function memberIn(source: SourceText, node: ts.Node, name: string, depth: number): Member | null {
  const { typescript } = source;
  if (typescript.isTypeAliasDeclaration(node)) return depth > 4 ? null : memberOf({ source, node: node.type }, name, depth + 1);
  if (!typescript.isInterfaceDeclaration(node) && !typescript.isTypeLiteralNode(node) && !typescript.isClassDeclaration(node)) return null;
  const members: readonly (ts.TypeElement | ts.ClassElement)[] = node.members;
  for (const member of members)
    if ((typescript.isPropertySignature(member) || typescript.isPropertyDeclaration(member)) && member.name.getText(source.tree) === name)
      return { isOptional: member.questionToken !== undefined, type: member.type ? { source, node: member.type } : null };
  return null;
}

/** An interface, an alias or a class of the file, or an imported one; a value may have the same name. */
function declarationNamed(source: SourceText, name: string): { readonly source: SourceText; readonly node: ts.Node } | null {
  const own = typeNamed(source, name);
  if (own) return { source, node: own };
  const imported = importedDeclaration(source, name);
  return imported && { source: imported.source, node: typeNamed(imported.source, imported.name) ?? imported.node };
}
