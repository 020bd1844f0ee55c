/** The order in which Node would finish loading entity modules: imports first, cycles as they come. */
import type { Sources } from './sources';

/**
 * `files` are loaded one after the other, each with what it imports before it. Only entity files and barrels are followed:
 * what else they import does not lead back to entities in practice.
 */
export function loadOrder(sources: Sources, files: readonly string[]): string[] {
  const followed = new Set(files);
  const started = new Set<string>();
  const finished: string[] = [];
  const load = (file: string): void => {
    if (started.has(file)) return;
    started.add(file);
    if (!followed.has(file) && !sources.mayBeBarrel(file)) return;
    const outline = sources.outline(file);
    if (!outline || (!followed.has(file) && outline.stars.length === 0)) return;
    for (const specifier of outline.requests) {
      const target = sources.resolve(file, specifier);
      if (target !== null) load(target);
    }
    finished.push(file);
  };
  for (const file of files) load(file);
  return finished;
}
