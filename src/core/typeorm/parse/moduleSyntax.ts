/**
 * What one file declares, imports and exports: a table of contents over its syntax tree. Nothing is evaluated here.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { readBabelClass } from './babelClass';
import { firstSyntaxError, swallowedClasses } from './brokenSyntax';
import { readFunctionClass, type FunctionClass } from './functionClass';
import { withoutMethodBodies } from './methodBodies';
import { parseFile } from './parseFile';
import { calledName, filledBy, readAssignment, readExportCall, unwrapAssignments } from './compiledSyntax';

export interface ImportBinding {
  readonly specifier: string;
  /** The exported name; `*` for a namespace import, `=` for `import x = require()`. */
  readonly name: string;
}

type ExportBinding =
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string }
  /** By an expression: see `exportExpressions`. */
  | { readonly kind: 'expression' };

/** What a name stands for; of a destructuring, the whole variable declaration. */
export type Declaration = ts.VariableDeclaration | ts.ImportEqualsDeclaration | NamedStatement;

/** A statement that declares one name. */
type NamedStatement = ts.FunctionDeclaration | ts.ClassDeclaration | MergingDeclaration;

/** What may add to a declaration of the same name. */
export type MergingDeclaration = ts.EnumDeclaration | ts.ModuleDeclaration;

/** What other files ask of a module: plain data, kept as long as the file stays as it is. */
export interface ModuleOutline {
  readonly imports: ReadonlyMap<string, ImportBinding>;
  readonly exports: ReadonlyMap<string, ExportBinding>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
  /** Top-level names; of classes with their own name (`Function.prototype.name`), null for everything else. */
  readonly names: ReadonlyMap<string, string | null>;
  /** Further names of a class, as compilers give them: `Post_1` of `let Post = Post_1 = class Post {}`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** True for `export =` and `module.exports =`. */
  readonly hasExportEquals: boolean;
}

/** A call or an assignment, of what compilers write the part that counts; else the whole statement. */
export type Effect = ts.CallExpression | ts.BinaryExpression | ts.Statement;

/** The parts that hold on to the syntax tree. */
export interface ModuleTree {
  readonly sourceFile: ts.SourceFile;
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Namespaces and enums that add to what has their name already, in order. */
  readonly merged: ReadonlyMap<string, readonly MergingDeclaration[]>;
  readonly exportExpressions: ReadonlyMap<string, ts.Expression>;
  readonly exportEquals: ts.Expression | null;
  /** What is done on the top level, in order: calls such as `Entity()(Post)`, assignments, loops and conditions. */
  readonly effects: readonly Effect[];
  /** Compiled enums: the call that fills the variable of that name. */
  readonly enums: ReadonlyMap<string, ts.CallExpression>;
}

/**
 * One file. Its tree can be let go of once it is read, and comes back when somebody asks for more: a workspace of thousands of
 * entities would otherwise keep every tree alive, which costs more than parsing a few of them again.
 */
export class ModuleSyntax {
  readonly outline: ModuleOutline;
  private loaded: ModuleTree | null;
  /** Where the method bodies end that the tree was parsed without. */
  private emptied: ReadonlySet<number> = noneEmptied;

  constructor(
    private readonly ts: Compiler,
    readonly file: string,
    private readonly text: string,
    /** Whether method bodies are left out until somebody asks for one. */
    private leavesOutBodies: boolean,
    /** Hears of each time that there is a tree to let go of. */
    private readonly onLoad: (module: ModuleSyntax) => void,
  ) {
    const { outline, tree } = this.load();
    this.outline = outline;
    this.loaded = tree;
  }

  get tree(): ModuleTree {
    return (this.loaded ??= this.load().tree);
  }

  /** The body of one of the module's functions as it is written. Where the tree was parsed without it, all of the module is parsed from then on. */
  wholeBody(body: ts.ConciseBody): ts.ConciseBody {
    if (!this.emptied.has(body.end) || !this.ts.isBlock(body) || body.statements.length > 0) return body;
    if (this.leavesOutBodies) {
      this.leavesOutBodies = false;
      this.loaded = this.load().tree;
    }
    return blockAt(this.ts, this.sourceFile, body.end) ?? body;
  }

  private load(): { outline: ModuleOutline; tree: ModuleTree } {
    const shortened = this.leavesOutBodies ? withoutMethodBodies(this.text) : null;
    if (shortened) this.emptied = shortened.emptied;
    const read = readModule(this.ts, parseFile(this.ts, this.file, shortened?.text ?? this.text));
    this.onLoad(this);
    return read;
  }

  get sourceFile(): ts.SourceFile {
    return this.tree.sourceFile;
  }

  release(): void {
    this.loaded = null;
  }
}

const noneEmptied: ReadonlySet<number> = new Set();

function blockAt(ts: Compiler, node: ts.Node, end: number): ts.Block | undefined {
  if (node.end === end && ts.isBlock(node)) return node;
  return ts.forEachChild(node, (child) => (child.pos < end && end <= child.end ? blockAt(ts, child, end) : undefined));
}

/** `class X {}` or `const X = class {}`. */
export function classNodeOf(ts: Compiler, declaration: Declaration): ts.ClassLikeDeclaration | null {
  if (ts.isClassDeclaration(declaration)) return declaration;
  const initializer = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  const value = initializer && unwrapAssignments(ts, initializer).value;
  return value && ts.isClassExpression(value) ? value : null;
}

/** The name by which an unnamed default export is known inside its module; TypeScript emits the same. */
const unnamedDefault = 'default_1';

/**
 * What runs when a file is loaded. CommonJS lets a file `return` on its top level; of what follows, imports and functions alone are there before
 * anything runs. In a file that does not parse, a `return` may only look as if it stood there.
 */
function runStatements(ts: Compiler, sourceFile: ts.SourceFile): readonly ts.Statement[] {
  const { statements } = sourceFile;
  const end = statements.findIndex((statement) => ts.isReturnStatement(statement));
  if (end < 0 || firstSyntaxError(sourceFile)) return statements;
  const hoisted = statements.slice(end).filter((statement) => ts.isImportDeclaration(statement) || ts.isFunctionDeclaration(statement));
  return [...statements.slice(0, end), ...hoisted];
}

function readModule(ts: Compiler, sourceFile: ts.SourceFile): { outline: ModuleOutline; tree: ModuleTree } {
  const imports = new Map<string, ImportBinding>();
  const declarations = new Map<string, Declaration>();
  const merged = new Map<string, MergingDeclaration[]>();
  const exports = new Map<string, ExportBinding>();
  const stars: string[] = [];
  const exportExpressions = new Map<string, ts.Expression>();
  const effects: Effect[] = [];
  const enums = new Map<string, ts.CallExpression>();
  const aliases = new Map<string, string>();
  let exportEquals: ts.Expression | null = null;
  const isJavaScript = /\.[cm]?js$/.test(sourceFile.fileName);
  if (sourceFile.fileName.endsWith('.json')) readJson();
  else for (const statement of runStatements(ts, sourceFile)) readStatement(statement);
  for (const swallowed of swallowedClasses(ts, sourceFile)) readDeclaration(swallowed);
  return {
    outline: { imports, exports, stars, names: namesOf(), aliases, hasExportEquals: exportEquals !== null },
    tree: { sourceFile, declarations, merged, exportExpressions, exportEquals, effects, enums },
  };

  /** Whoever requires it gets the whole. */
  function readJson(): void {
    const [statement] = sourceFile.statements;
    if (statement && ts.isExpressionStatement(statement)) exportEquals = statement.expression;
  }

  function namesOf(): Map<string, string | null> {
    const names = new Map<string, string | null>();
    for (const [name, declaration] of declarations) {
      const node = classNodeOf(ts, declaration);
      names.set(name, node ? (node.name?.text ?? name) : null);
    }
    return names;
  }

  function readStatement(statement: ts.Statement): void {
    switch (statement.kind) {
      case ts.SyntaxKind.ImportDeclaration:
        return readImport(statement as ts.ImportDeclaration);
      case ts.SyntaxKind.ImportEqualsDeclaration:
        return readImportEquals(statement as ts.ImportEqualsDeclaration);
      case ts.SyntaxKind.ExportDeclaration:
        return readExport(statement as ts.ExportDeclaration);
      case ts.SyntaxKind.ExportAssignment:
        return readExportAssignment(statement as ts.ExportAssignment);
      case ts.SyntaxKind.VariableStatement:
        for (const declaration of (statement as ts.VariableStatement).declarationList.declarations) {
          const written = isJavaScript ? readFunctionClass(ts, declaration, sourceFile) : null;
          if (written) declareFunctionClass(written);
          else declareName(declaration.name, declaration, isExported(statement));
          const decorated = isJavaScript && !written ? readBabelClass(ts, declaration) : null;
          if (decorated?.name) declarations.set(decorated.name.text, decorated);
        }
        return;
      case ts.SyntaxKind.ClassDeclaration:
      case ts.SyntaxKind.FunctionDeclaration:
      case ts.SyntaxKind.EnumDeclaration:
      case ts.SyntaxKind.ModuleDeclaration:
        return readDeclaration(statement as NamedStatement);
      case ts.SyntaxKind.ExpressionStatement:
        return readExpression(statement as ts.ExpressionStatement);
      case ts.SyntaxKind.ForOfStatement:
      case ts.SyntaxKind.ForInStatement:
      case ts.SyntaxKind.ForStatement:
      case ts.SyntaxKind.WhileStatement:
      case ts.SyntaxKind.DoStatement:
      case ts.SyntaxKind.LabeledStatement:
      case ts.SyntaxKind.IfStatement:
      case ts.SyntaxKind.SwitchStatement:
      case ts.SyntaxKind.TryStatement:
      case ts.SyntaxKind.Block:
        effects.push(statement);
        return;
      default:
    }
  }

  function readImport(statement: ts.ImportDeclaration): void {
    const clause = statement.importClause;
    if (!clause || !ts.isStringLiteral(statement.moduleSpecifier)) return;
    const specifier = statement.moduleSpecifier.text;
    if (clause.name) imports.set(clause.name.text, { specifier, name: 'default' });
    const bindings = clause.namedBindings;
    if (!bindings) return;
    if (ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, { specifier, name: '*' });
    else for (const element of bindings.elements) imports.set(element.name.text, { specifier, name: (element.propertyName ?? element.name).text });
  }

  function readImportEquals(statement: ts.ImportEqualsDeclaration): void {
    const reference = statement.moduleReference;
    const name = statement.name.text;
    if (!ts.isExternalModuleReference(reference)) {
      declarations.set(name, statement);
      if (isExported(statement)) exports.set(name, { kind: 'local', name });
    } else if (ts.isStringLiteral(reference.expression)) imports.set(name, { specifier: reference.expression.text, name: '=' });
  }

  function readExport(statement: ts.ExportDeclaration): void {
    const specifier = statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : null;
    const clause = statement.exportClause;
    if (!clause) {
      if (specifier !== null) stars.push(specifier);
      return;
    }
    if (ts.isNamespaceExport(clause)) {
      if (specifier !== null) exports.set(clause.name.text, { kind: 'from', specifier, name: '*' });
      return;
    }
    for (const element of clause.elements) {
      const name = (element.propertyName ?? element.name).text;
      exports.set(element.name.text, specifier === null ? { kind: 'local', name } : { kind: 'from', specifier, name });
    }
  }

  function readExportAssignment(statement: ts.ExportAssignment): void {
    if (statement.isExportEquals) exportEquals = statement.expression;
    else if (ts.isIdentifier(statement.expression)) exports.set('default', { kind: 'local', name: statement.expression.text });
    else exportExpression('default', statement.expression);
  }

  function readDeclaration(node: NamedStatement): void {
    const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
    const name = node.name?.text ?? (isDefault ? unnamedDefault : null);
    if (name === null) return;
    const known = declarations.get(name);
    const isMerging = ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node);
    // Overload signatures, and namespaces of nothing but types, precede the one that has a body.
    if (!known || (ts.isFunctionDeclaration(node) && node.body) || (ts.isModuleDeclaration(known) && !isMerging)) declarations.set(name, node);
    else if (isMerging) merged.set(name, [...(merged.get(name) ?? []), node]);
    if (isDefault) exports.set('default', { kind: 'local', name });
    else if (isExported(node)) exports.set(name, { kind: 'local', name });
  }

  function declareName(name: ts.BindingName, declaration: ts.VariableDeclaration, exported: boolean): void {
    if (ts.isIdentifier(name)) {
      declarations.set(name.text, declaration);
      const further = declaration.initializer && readAssignment(ts, declaration.initializer);
      for (const alias of further?.locals ?? []) aliases.set(alias, name.text);
      // Babel's `let Post = exports.Post = …`
      for (const alias of further?.exported ?? []) exports.set(alias, { kind: 'local', name: name.text });
      if (exported) exports.set(name.text, { kind: 'local', name: name.text });
      return;
    }
    for (const element of name.elements) if (ts.isBindingElement(element)) declareName(element.name, declaration, exported);
  }

  function declareFunctionClass({ node, statements, aliases: further }: FunctionClass): void {
    const name = node.name?.text ?? '';
    declarations.set(name, node);
    for (const alias of further) aliases.set(alias, name);
    for (const statement of statements) readStatement(statement);
  }

  function readExpression(statement: ts.ExpressionStatement): void {
    const { expression } = statement;
    if (ts.isCallExpression(expression)) return readCall(expression);
    const assignment = readAssignment(ts, expression);
    if (!assignment) {
      effects.push(statement);
      return;
    }
    const { locals, exported, toModule, value } = assignment;
    const call = ts.isCallExpression(value) ? value : null;
    // `Post = __decorate([Entity()], Post)`
    if (call && locals.length > 0 && isDecoration(call)) effects.push(call);
    else if (exported.length === 0 && !toModule) effects.push(statement);
    // esbuild's wrapper of exports that are read from another call.
    if (toModule && !(call && calledName(ts, call) === '__toCommonJS')) exportEquals = value;
    const local = ts.isIdentifier(value) ? value.text : locals[0];
    for (const name of exported) {
      if (local !== undefined && declarations.has(local)) exports.set(name, { kind: 'local', name: local });
      else if (!ts.isVoidExpression(value)) exportExpression(name, value);
    }
  }

  function readCall(call: ts.CallExpression): void {
    const compiled = readExportCall(ts, call);
    if (!compiled) {
      const filling = filledBy(ts, call);
      if (filling) {
        enums.set(filling.name, call);
        for (const name of filling.exported) exports.set(name, { kind: 'local', name: filling.name });
      }
      effects.push(call);
      return;
    }
    stars.push(...compiled.stars);
    for (const [name, value] of compiled.getters) {
      // Getters stand before what they get.
      if (ts.isIdentifier(value)) exports.set(name, { kind: 'local', name: value.text });
      else exportExpression(name, value);
    }
  }

  /** `__decorate([…], Post)` gives back the class, which has its name already. */
  function isDecoration(call: ts.CallExpression): boolean {
    return /^_\w*decorate\w*$/i.test(calledName(ts, call) ?? '');
  }

  function exportExpression(name: string, expression: ts.Expression): void {
    exports.set(name, { kind: 'expression' });
    exportExpressions.set(name, expression);
  }

  function isExported(node: ts.Node): boolean {
    return hasModifier(node, ts.SyntaxKind.ExportKeyword);
  }

  function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
    return ts.canHaveModifiers(node) && (node.modifiers?.some((modifier) => modifier.kind === kind) ?? false);
  }
}
