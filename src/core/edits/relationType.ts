/** The type that a new field of a relation is written with. */
import type ts from 'typescript';
import { ensureImport } from './decoratorEdits';
import type { Change, SourceText } from './sourceText';

/** An entity's class where it is written. */
export interface ClassPlace {
  readonly source: SourceText;
  readonly node: ts.ClassLikeDeclaration;
}

export interface RelationType {
  readonly text: string;
  /** Whether it is written with TypeORM's `Relation<…>`, which `importRelation` imports. */
  readonly wrapped: boolean;
}

/**
 * What a field is declared as that leads from one class to another.
 *
 * With `emitDecoratorMetadata` the class is read where the field is written, and it may not be there yet: where it stands further down in the same
 * file, and in ECMAScript modules that import each other (TypeORM's docs, "Relations in ESM projects"). `Relation<…>` keeps it from being read. Of a
 * list nothing but `Array` is; files that write `Relation<…>` for lists too have it there as well.
 * @param suffix what follows the class: ` | null`
 */
export function relationType(
  here: ClassPlace,
  there: ClassPlace & { readonly name: string },
  many: boolean,
  isEcmaScriptModule: (file: string) => boolean,
  suffix = '',
): RelationType {
  const type = `${there.name}${many ? '[]' : ''}${suffix}`;
  const wrapped = comesTooLate(here, there, many, isEcmaScriptModule);
  return { text: wrapped ? `Relation<${type}>` : type, wrapped };
}

function comesTooLate(here: ClassPlace, there: ClassPlace, many: boolean, isEcmaScriptModule: (file: string) => boolean): boolean {
  if (isJavaScript(here.source.file)) return false;
  if (here.source.file === there.source.file) return !many && there.node.pos > here.node.pos;
  return [here, there].some(({ source }) => usesRelationType(source)) || isEcmaScriptModule(here.source.file);
}

/** Whether a file writes `Relation<…>` already. */
export function usesRelationType({ text }: SourceText): boolean {
  return /\bRelation</.test(text);
}

/** Files of plain JavaScript have no types. */
export function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/.test(file);
}

/** `!` behind the name, where the file's properties have it. */
export function bang(text: string): string {
  return /^\s+(?:public |private |protected |readonly )*\w+!\s*:/m.test(text) ? '!' : '';
}

/** Imports `Relation` as a type, unless it is imported. */
export function importRelation(source: SourceText): Change[] {
  return ensureImport(source, 'Relation', 'typeorm').length > 0 ? ensureImport(source, 'type Relation', 'typeorm') : [];
}

/** Whether Node.js takes a file for an ECMAScript module: by its name, or by the nearest package.json. */
export function isEcmaScriptModule(readFile: (file: string) => string | undefined, file: string): boolean {
  if (/\.[mc]ts$/.test(file)) return file.endsWith('.mts');
  const folders = file.split('/').slice(0, -1);
  for (; folders.length > 0; folders.pop()) {
    const manifest = readFile(`${folders.join('/')}/package.json`);
    if (manifest !== undefined) return /"type"\s*:\s*"module"/.test(manifest);
  }
  return false;
}
