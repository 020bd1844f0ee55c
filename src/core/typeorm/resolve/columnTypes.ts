/** Column types for display: as written, or as TypeORM infers them from the property's TypeScript type. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { hasKind, type Value } from '../evaluate/values';

/** `Reflect.getMetadata('design:type')` as far as TypeORM looks at it: the constructor's name. */
export function designType(ts: Compiler, node: ts.TypeNode | undefined): string {
  if (!node) return 'Object';
  const K = ts.SyntaxKind;
  switch (node.kind) {
    case K.StringKeyword:
    case K.TemplateLiteralType:
      return 'String';
    case K.NumberKeyword:
      return 'Number';
    case K.BooleanKeyword:
    case K.TypePredicate:
      return 'Boolean';
    case K.BigIntKeyword:
      return 'BigInt';
    case K.ArrayType:
    case K.TupleType:
      return 'Array';
    case K.LiteralType:
      return literalType(ts, node as ts.LiteralTypeNode);
    case K.ParenthesizedType:
      return designType(ts, (node as ts.ParenthesizedTypeNode).type);
    case K.TypeOperator:
      return designType(ts, (node as ts.TypeOperatorNode).type);
    case K.UnionType:
      return unionType(ts, (node as ts.UnionTypeNode).types);
    case K.TypeReference: {
      const { typeName } = node as ts.TypeReferenceNode;
      return ts.isIdentifier(typeName) ? typeName.text : typeName.right.text;
    }
    default:
      return 'Object';
  }
}

function literalType(ts: Compiler, { literal }: ts.LiteralTypeNode): string {
  switch (literal.kind) {
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return 'String';
    case ts.SyntaxKind.NumericLiteral:
    case ts.SyntaxKind.PrefixUnaryExpression:
      return 'Number';
    case ts.SyntaxKind.TrueKeyword:
    case ts.SyntaxKind.FalseKeyword:
      return 'Boolean';
    default:
      return 'Object';
  }
}

/** The members' common type; null and undefined do not count. */
function unionType(ts: Compiler, types: readonly ts.TypeNode[]): string {
  const names = new Set(types.filter((type) => !isNullish(ts, type)).map((type) => designType(ts, type)));
  const [first] = names;
  return names.size === 1 && first !== undefined ? first : 'Object';
}

/** Whether a type is a union with null or undefined; an optional property's is none. */
export function mayBeNullish(ts: Compiler, type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.ParenthesizedType) return mayBeNullish(ts, (type as ts.ParenthesizedTypeNode).type);
  return (
    type.kind === ts.SyntaxKind.UnionType &&
    (type as ts.UnionTypeNode).types.some((member) => isNullish(ts, member) && member.kind !== ts.SyntaxKind.NeverKeyword)
  );
}

/**
 * Whether the compiler tells TypeORM no more of a property's type than `Object`, for which no database has a type: a union of kinds, `unknown`, an object
 * written out; with `strictNullChecks`, anything that may be null. False where a name has to be looked up first.
 */
export function isToldAsObject(ts: Compiler, type: ts.TypeNode | undefined, hasStrictNulls: () => boolean): boolean {
  if (!type) return true;
  const K = ts.SyntaxKind;
  if (type.kind === K.ParenthesizedType) return isToldAsObject(ts, (type as ts.ParenthesizedTypeNode).type, hasStrictNulls);
  if (type.kind === K.AnyKeyword || type.kind === K.UnknownKeyword || type.kind === K.ObjectKeyword || type.kind === K.TypeLiteral) return true;
  if (type.kind !== K.UnionType) return false;
  const kinds = (type as ts.UnionTypeNode).types.filter((member) => !isNullish(ts, member)).map((member) => designType(ts, member));
  return (mayBeNullish(ts, type) && hasStrictNulls()) || (kinds.every((kind) => SIMPLE.has(kind)) && new Set(kinds).size > 1);
}

const SIMPLE: ReadonlySet<string> = new Set(['String', 'Number', 'Boolean', 'BigInt', 'Array']);

function isNullish(ts: Compiler, type: ts.TypeNode): boolean {
  if (type.kind === ts.SyntaxKind.UndefinedKeyword || type.kind === ts.SyntaxKind.NeverKeyword) return true;
  return ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
}

/** The database type that stands for a JavaScript constructor, in the words of most drivers. */
const typeOfConstructor: Readonly<Record<string, string>> = {
  String: 'varchar',
  Number: 'int',
  Boolean: 'boolean',
  Date: 'timestamp',
  Buffer: 'blob',
  Uint8Array: 'blob',
  BigInt: 'bigint',
};

export function columnTypeOfConstructor(name: string): string | null {
  return Object.hasOwn(typeOfConstructor, name) ? (typeOfConstructor[name] ?? null) : null;
}

/** The `type` argument of a column: a name, or one of JavaScript's constructors. */
export function columnTypeOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  return hasKind(value, 'native') ? columnTypeOfConstructor(value.name) : null;
}

/** The type of a column in TypeORM's metadata; a constructor's name comes in lower case there. */
export function columnTypeOfMetadata(name: string, isConstructor: boolean): string | null {
  const constructor = Object.keys(typeOfConstructor).find((each) => each.toLowerCase() === name);
  return isConstructor ? columnTypeOfConstructor(constructor ?? '') : name === 'undefined' ? null : name;
}
