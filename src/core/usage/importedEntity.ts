/** Whether a name of an entity means that entity in a file: a class of that name may as well be another library's model. */
import { importOf } from '../edits/importedModule';
import type { SourceText } from '../edits/sourceText';
import type { Entity } from '../model/relationGraph';
import { folderOf, joinPath } from '../typeorm/resolve/paths';

/** True where the file declares it, or imports it from the entity's own file or through a barrel or package that may lead there. */
export function isImportedFrom(source: SourceText, entity: Entity): boolean {
  if (source.file === entity.source.file) return true;
  const imported = importOf(source, entity.name);
  if (imported === null || imported.name === '*') return false;
  const { specifier } = imported;
  // Which file a package or a path alias means is not looked up here: a name that an entity of the workspace has is taken for it.
  if (!specifier.startsWith('.')) return true;
  const path = joinPath(folderOf(source.file), specifier).replace(/\.[cm]?[jt]sx?$/, '');
  const file = entity.source.file.replace(/\.[cm]?[jt]sx?$/, '');
  return path === file || isBarrelAbove(path, file);
}

/** `./entities` or `./entities/index` for a file beneath it. */
function isBarrelAbove(path: string, file: string): boolean {
  const folder = path.replace(/\/index$/, '');
  return file.startsWith(`${folder}/`) || path.endsWith('/index') || path.endsWith('/entities');
}
