/** Texts → syntax trees, whatever the text: half-written, generated, or nested so deeply that the parser runs out of stack. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';

/** What a text gives that is nested too deeply to be read: an empty tree, known by this mark. */
const tooDeep = new WeakSet<ts.SourceFile>();

export function parseFile(ts: Compiler, file: string, text: string, setParentNodes = false): ts.SourceFile {
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return parseWithinStack(ts, file, () => ts.createSourceFile(file, text, options, setParentNodes, scriptKind(ts, file)));
}

/** Runs the parser; a text that is nested too deeply gives an empty tree in place of an overflow. */
export function parseWithinStack(ts: Compiler, file: string, parse: () => ts.SourceFile): ts.SourceFile {
  return withinStack(parse, () => {
    // The compiler has one parser with state of its own, which only a parse that comes to its end puts in order.
    const empty = ts.createSourceFile(file, '', ts.ScriptTarget.ESNext);
    tooDeep.add(empty);
    return empty;
  });
}

/** Runs something that goes as deep as the sources do. */
export function withinStack<T>(run: () => T, whenTooDeep: () => T): T {
  try {
    return run();
  } catch (error) {
    // V8's own error for an overflow; the core throws none of that class.
    if (!(error instanceof RangeError)) throw error;
    return whenTooDeep();
  }
}

export function isTooDeep(sourceFile: ts.SourceFile): boolean {
  return tooDeep.has(sourceFile);
}

function scriptKind(ts: Compiler, file: string): ts.ScriptKind {
  if (file.endsWith('.json')) return ts.ScriptKind.JSON;
  if (/\.[cm]?ts$/.test(file)) return ts.ScriptKind.TS;
  return file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}
