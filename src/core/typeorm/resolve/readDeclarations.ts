/** One file → its declarations: the classes with what is registered on them, the entities that functions make, the schemas. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import type { Evaluator } from '../evaluate/evaluator';
import { entriesOf } from '../evaluate/members';
import { hasKind, madeValues, option, type ClassValue, type InstanceValue, type Registration, type Value } from '../evaluate/values';
import type { GraphProblem } from '../../model/relationGraph';
import { firstSyntaxError, lostEntities } from '../parse/brokenSyntax';
import { rangeBetween } from '../parse/positions';
import type { ModuleOutline, ModuleSyntax } from '../parse/moduleSyntax';
import type { ClassShape, FileDeclarations } from './declarations';
import { readClass } from './readClasses';
import { fileOfSchema, isEntitySchema, readSchema, schemasListedInline, unreadableSchema } from './readSchemas';

/** Everything that a file declares on its top level. */
export function readDeclarations(evaluator: Evaluator, module: ModuleSyntax): FileDeclarations {
  const { file } = module;
  const added = registeredByCalls(evaluator, module);
  const declared = classesOf(evaluator, module).flatMap((value) => {
    const registered = [...evaluator.registrar.registrationsOf(value), ...(added.get(value) ?? [])];
    return readClass(evaluator, value, registered) ?? [];
  });
  const classes = [...declared, ...madeEntitiesOf(evaluator, module)];
  const read = schemasOf(evaluator, module).map((schema) => readSchema(evaluator, schema) ?? unreadableSchema(schema));
  const schemas = read.filter((each) => 'args' in each);
  return { file, classes, schemas, problems: [...read.filter((each) => 'code' in each), ...lostInSyntax(module, classes)] };
}

/** What is said of entities that a mistake in the syntax before them hides. */
function lostInSyntax({ sourceFile }: ModuleSyntax, classes: readonly ClassShape[]): GraphProblem[] {
  const mistake = firstSyntaxError(sourceFile);
  if (!mistake) return [];
  const { line } = rangeBetween(sourceFile, mistake.start ?? 0, mistake.start ?? 0);
  const reason = typeof mistake.messageText === 'string' ? mistake.messageText : mistake.messageText.messageText;
  const entities = new Set(classes.flatMap(({ name, args }) => (args.tables.length > 0 ? name : [])));
  return lostEntities(sourceFile, entities).map(({ name, end }) => ({
    code: 'broken-syntax',
    message: `\`${name}\` cannot be read because of a mistake in the syntax (line ${line}: ${reason.replace(/\.$/, '')}), so it is left out: mend that line.`,
    source: rangeBetween(sourceFile, end - name.length, end),
  }));
}

function classesOf(evaluator: Evaluator, module: ModuleSyntax): ClassValue[] {
  return [...module.outline.names].flatMap(([name, className]) =>
    className === null ? [] : evaluator.identities.classById(module.file, name, className),
  );
}

/** Entities that functions make: `export const AuthorTranslation = translationOf(Author)`. */
function madeEntitiesOf(evaluator: Evaluator, module: ModuleSyntax): ClassShape[] {
  const { declarations } = module.tree;
  const values = [...module.outline.names].flatMap(([name, className]) => {
    const declaration = className === null ? declarations.get(name) : undefined;
    return declaration && mayMakeEntities(evaluator.ts, declaration) ? [evaluator.modules.constant(module.file, name)] : [];
  });
  for (const [name, binding] of module.outline.exports) {
    if (binding.kind === 'expression') values.push(evaluator.modules.constant(module.file, `export ${name}`));
  }
  const made = new Set(values.flatMap((value) => madeValues(value).flatMap(([, each]) => (each.kind === 'class' ? each : []))));
  const here = [...made].filter(({ heldBy }) => heldBy?.startsWith(`${module.file}#`));
  return here.flatMap((value) => {
    const shape = readClass(evaluator, value, value.registrations);
    return shape && shape.args.tables.length > 0 ? [shape] : [];
  });
}

/** Decorators that are applied by hand: `Entity()(Post)`. */
function registeredByCalls(evaluator: Evaluator, module: ModuleSyntax): Map<ClassValue, Registration[]> {
  const added = new Map<ClassValue, Registration[]>();
  evaluator.registrar.runCalls(module, (target, registration) => {
    const list = added.get(target) ?? [];
    list.push(registration);
    added.set(target, list);
  });
  return added;
}

function schemasOf(evaluator: Evaluator, module: ModuleSyntax): InstanceValue[] {
  const { declarations, sourceFile } = module.tree;
  const { exports, hasExportEquals } = module.outline;
  // Where schemas are not spoken of, a function or a class of the project's own may make some.
  const isOfSchemas = sourceFile.text.includes('EntitySchema');
  const mayHold = (declaration: ts.Node): boolean =>
    evaluator.ts.isVariableDeclaration(declaration) && (isOfSchemas || mayMakeEntities(evaluator.ts, declaration));
  const local: Value[] = [];
  const exported: Value[] = [];
  for (const [name, declaration] of declarations) {
    if (mayHold(declaration)) (isExportedAs(exports, name) ? exported : local).push(evaluator.modules.constant(module.file, name));
  }
  for (const [name, binding] of exports) if (binding.kind === 'expression') exported.push(evaluator.modules.constant(module.file, `export ${name}`));
  if (hasExportEquals) exported.push(evaluator.modules.constant(module.file, 'export ='));
  const listed = schemasListedInline(evaluator, module);
  // Most files have classes and nothing else.
  if (local.length + exported.length + listed.length === 0) return [];
  const named = new Set([...exported, ...local].flatMap((value) => schemasIn(value)));
  const inline = listed.filter(({ place }) => ![...named].some((schema) => isAt(schema, place)));
  const schemas = new Set([...named, ...inline]);
  const shown = new Set([...exported.flatMap((value) => schemasIn(value)), ...inline]);
  // A schema that only serves to be embedded is no entity.
  const embedded = new Set(
    [...schemas].flatMap((schema) => entriesOf(option(schema.args[0], 'embeddeds')).map(([, value]) => option(value, 'schema'))),
  );
  return [...schemas].filter((schema) => fileOfSchema(schema) === module.file && (shown.has(schema) || !embedded.has(schema)));
}

/** Whether a module exports one of its names, by that name or another. */
function isExportedAs(exports: ModuleOutline['exports'], name: string): boolean {
  for (const binding of exports.values()) if (binding.kind === 'local' && binding.name === name) return true;
  return false;
}

/** Only what is called, listed or filled later may be made by a function. */
function mayMakeEntities(ts: Compiler, declaration: ts.Node): boolean {
  const { initializer } = ts.isVariableDeclaration(declaration) ? declaration : {};
  if (!initializer) return ts.isVariableDeclaration(declaration) || ts.isModuleDeclaration(declaration);
  return (
    ts.isCallExpression(initializer) ||
    ts.isNewExpression(initializer) ||
    ts.isArrayLiteralExpression(initializer) ||
    ts.isObjectLiteralExpression(initializer)
  );
}

/** The schemas that a value is, lists, or has as properties, as deep as TypeORM looks into what a module exports. */
function schemasIn(value: Value, depth = 0): InstanceValue[] {
  if (isEntitySchema(value)) return [value];
  if (depth > 3 || (!hasKind(value, 'array') && !hasKind(value, 'object'))) return [];
  return entriesOf(value).flatMap(([, item]) => schemasIn(item, depth + 1));
}

/** Syntax trees come and go: the place of a schema is where it stands. */
function isAt({ place }: InstanceValue, { node }: InstanceValue['place']): boolean {
  return place.node.pos === node.pos && place.node.end === node.end;
}

/** What is said of a file that the parser or the evaluator runs out of stack on. */
export function tooDeepDeclarations(file: string): FileDeclarations {
  const message = 'This file is nested too deeply to be read, so its entities are left out: move the nested expressions into a file of their own.';
  const source = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { file, classes: [], schemas: [], problems: [{ code: 'too-deeply-nested', message, source }] };
}
