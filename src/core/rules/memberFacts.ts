/**
 * What the source says about relation members beyond the graph. Read once per text and kept without the syntax tree: rules look at every
 * relation of a workspace at every keystroke, and trees of all files would not fit the memory that a server may take.
 */
import type ts from 'typescript';
import { decoratorCalls, optionsArgument } from '../edits/decoratorEdits';
import { findProperty } from '../edits/objectLiteral';
import { unwrap, type SourceText } from '../edits/sourceText';
import type { SourceRange } from '../model/relationGraph';
import { graphDecoratorName } from '../typeorm/evaluate/typeormModule';
import { assignedArrays } from '../typeorm/parse/assignedArrays';

export interface MemberFacts {
  /** TypeORM's decorators, and others that are given a cascade. */
  readonly decorators: readonly DecoratorFacts[];
  /** `= []` behind the property, or in the constructor. */
  readonly arrayInitializer: SourceRange | null;
  /** The property's type as far as it can be told from its text; null where there is none, or it is something else. */
  readonly type: WrittenType | null;
}

interface DecoratorFacts {
  readonly name: string;
  readonly place: SourceRange;
  /** True where it is called without arguments. */
  readonly bare: boolean;
  readonly cascade: CascadeWritten | null;
}

export interface WrittenType {
  readonly place: SourceRange;
  readonly promise: boolean;
  readonly array: boolean;
  /** The class that is named, behind `Promise<…>`, `Relation<…>`, an array, `| null`. */
  readonly name: string;
}

interface CascadeWritten {
  readonly place: SourceRange;
  /** A string where an array belongs, or words of an array; null where it is computed. */
  readonly text: string | readonly string[] | boolean | null;
}

/** By `line:column` of the member's name. */
export type FileFacts = ReadonlyMap<string, MemberFacts>;

const RELATION = /\b(?:OneToOne|OneToMany|ManyToOne|ManyToMany|TreeParent|TreeChildren)\b/;

export function readFileFacts(source: SourceText): FileFacts {
  const { typescript } = source;
  const facts = new Map<string, MemberFacts>();
  let assigned: ReadonlyMap<string, ts.Node> = new Map();
  const visit = (node: ts.Node): void => {
    if (typescript.isClassLike(node)) {
      const outer = assigned;
      assigned = assignedArrays(typescript, node);
      typescript.forEachChild(node, visit);
      assigned = outer;
      return;
    }
    if (!typescript.isPropertyDeclaration(node)) return typescript.forEachChild(node, visit);
    const member = readMember(source, node, assigned);
    if (!member) return;
    const { line, column } = rangeOf(source, node.name);
    facts.set(`${line}:${column}`, member);
  };
  if (RELATION.test(source.text)) visit(source.tree);
  return facts;
}

/** @param assigned arrays that the class's constructor assigns, by property */
function readMember(source: SourceText, node: ts.PropertyDeclaration, assigned: ReadonlyMap<string, ts.Node>): MemberFacts | null {
  const { typescript } = source;
  const calls = decoratorCalls(source, node);
  // Those of plain columns are no relation's.
  if (calls.every(({ name }) => name.endsWith('Column') && graphDecoratorName(name) !== undefined)) return null;
  const decorators = calls.flatMap((decorator) => {
    const cascade = cascadeOf(source, optionsArgument(source, decorator));
    const name = graphDecoratorName(decorator.name) ?? (cascade ? decorator.name : undefined);
    return name === undefined ? [] : [{ name, place: rangeOf(source, decorator.decorator), bare: decorator.call.arguments.length === 0, cascade }];
  });
  const isArray = node.initializer !== undefined && typescript.isArrayLiteralExpression(unwrap(source, node.initializer));
  const array = isArray ? node.initializer : typescript.isIdentifier(node.name) ? assigned.get(node.name.text) : undefined;
  return {
    decorators,
    arrayInitializer: array ? rangeOf(source, array) : null,
    type: node.type ? writtenType(source, node.type, node.type) : null,
  };
}

export function rangeOf(source: SourceText, node: ts.Node): SourceRange {
  const from = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  const to = source.tree.getLineAndCharacterOfPosition(node.end);
  return { file: source.file, line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
}

function cascadeOf(source: SourceText, options: ts.ObjectLiteralExpression | null): CascadeWritten | null {
  const { typescript } = source;
  const property = options && findProperty(source, options, 'cascade');
  if (!property || !typescript.isPropertyAssignment(property)) return null;
  const value = unwrap(source, property.initializer);
  return { place: rangeOf(source, property.initializer), text: writtenCascade(typescript, value) };
}

function writtenCascade(typescript: SourceText['typescript'], value: ts.Expression): CascadeWritten['text'] {
  if (typescript.isStringLiteralLike(value)) return value.text;
  if (value.kind === typescript.SyntaxKind.TrueKeyword) return true;
  if (value.kind === typescript.SyntaxKind.FalseKeyword) return false;
  if (!typescript.isArrayLiteralExpression(value) || !value.elements.every((element) => typescript.isStringLiteralLike(element))) return null;
  return value.elements.map((element) => (element as ts.StringLiteral).text);
}

/** `Promise<Relation<Book>[] | null>` is a promise of an array of Book. Aliases and other generics say nothing: null. */
function writtenType(source: SourceText, written: ts.TypeNode, type: ts.TypeNode): WrittenType | null {
  const { typescript } = source;
  if (typescript.isParenthesizedTypeNode(type)) return writtenType(source, written, type.type);
  if (typescript.isUnionTypeNode(type)) {
    const [only, ...more] = type.types.filter((part) => !isNothing(typescript, part));
    return only && more.length === 0 ? writtenType(source, written, only) : null;
  }
  if (typescript.isArrayTypeNode(type)) return arrayOf(writtenType(source, written, type.elementType));
  if (!typescript.isTypeReferenceNode(type) || !typescript.isIdentifier(type.typeName)) return null;
  const name = type.typeName.text;
  const [argument, ...rest] = type.typeArguments ?? [];
  if (!argument) return { place: rangeOf(source, written), promise: false, array: false, name };
  if (rest.length > 0) return null;
  const inner = writtenType(source, written, argument);
  if (name === 'Promise') return inner && { ...inner, promise: true };
  if (name === 'Relation') return inner;
  return name === 'Array' || name === 'ReadonlyArray' ? arrayOf(inner) : null;
}

function isNothing(typescript: SourceText['typescript'], type: ts.TypeNode): boolean {
  const { SyntaxKind } = typescript;
  if (type.kind === SyntaxKind.UndefinedKeyword) return true;
  return typescript.isLiteralTypeNode(type) && type.literal.kind === SyntaxKind.NullKeyword;
}

function arrayOf(type: WrittenType | null): WrittenType | null {
  return type && !type.promise && !type.array ? { ...type, array: true } : null;
}
