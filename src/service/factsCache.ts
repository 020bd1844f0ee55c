/** Facts about members by file. A file is read once, and again when the editor says that it changed: rules ask for all files at every keystroke. */
import type { SourceText } from '../core/edits/sourceText';
import { readFileFacts, type FileFacts } from '../core/rules/memberFacts';

export interface FactsCache {
  factsOf(file: string): FileFacts;
  forget(file: string): void;
}

export function createFactsCache(sourceOf: (file: string) => SourceText | null): FactsCache {
  const known = new Map<string, FileFacts>();
  return {
    factsOf(file) {
      const before = known.get(file);
      if (before) return before;
      const source = sourceOf(file);
      const facts: FileFacts = source ? readFileFacts(source) : new Map();
      known.set(file, facts);
      return facts;
    },
    forget: (file) => void known.delete(file),
  };
}
