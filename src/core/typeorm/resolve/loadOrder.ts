/** The order in which Node would finish loading modules: imports first, cycles as they come. */
import { isInstalled } from '../../model/isInstalled';
import type { Sources } from './sources';

/** `files` are loaded one after the other, each with what it imports before it. */
export function loadOrder(sources: Sources, files: readonly string[]): string[] {
  const started = new Set<string>();
  const finished: string[] = [];
  const load = (file: string): void => {
    if (started.has(file)) return;
    started.add(file);
    for (const specifier of sources.loadedImports(file)) {
      const target = sources.resolve(file, specifier);
      if (target !== null && !isInstalled(target)) load(target);
    }
    finished.push(file);
  };
  for (const file of files) load(file);
  return finished;
}
