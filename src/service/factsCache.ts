/**
 * What rules ask of a file's text: facts about its members, and the comments that silence problems. Read once, and again when the editor says
 * that the file changed, for rules ask for all files at every keystroke.
 */
import type ts from 'typescript';
import { parseSource, type TypeScript } from '../core/edits/sourceText';
import { readFileFacts, type FileFacts } from '../core/rules/memberFacts';
import type { EntityProject } from '../core/typeorm/entityProject';
import { withinStack } from '../core/typeorm/parse/parseFile';
import { readSuppressions, type Suppressions } from '../core/rules/suppression';

export interface FactsCache {
  factsOf(file: string): FileFacts;
  suppressionsIn(file: string): Suppressions;
  forget(file: string): void;
}

/** @param readAlong has the trees read that the graph is made from, which spares parsing the same files once more. */
export function createFactsCache(
  typescript: TypeScript,
  readFile: (file: string) => string | undefined,
  readAlong: EntityProject['readAlong'],
): FactsCache {
  const known = readAlong((tree) => readTree(typescript, tree));
  const facts = new Map<string, FileFacts>();
  const suppressions = new Map<string, Suppressions>();
  return {
    factsOf: (file) => known(file) ?? remember(facts, file, () => readFacts(typescript, file, readFile(file))),
    suppressionsIn: (file) => remember(suppressions, file, () => readSuppressions(readFile(file) ?? '')),
    forget: (file) => {
      facts.delete(file);
      suppressions.delete(file);
    },
  };
}

function readFacts(typescript: TypeScript, file: string, text: string | undefined): FileFacts {
  if (text === undefined) return new Map<string, never>();
  return readTree(typescript, parseSource(typescript, file, text).tree);
}

function readTree(typescript: TypeScript, tree: ts.SourceFile): FileFacts {
  return withinStack<FileFacts>(
    () => readFileFacts({ typescript, file: tree.fileName, text: tree.text, tree, entityNames: new Set(), open: () => null }),
    () => new Map<string, never>(),
  );
}

function remember<T>(known: Map<string, T>, key: string, read: () => T): T {
  const before = known.get(key);
  if (before !== undefined) return before;
  const now = read();
  known.set(key, now);
  return now;
}
