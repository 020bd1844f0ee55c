/** A tsconfig's text: what it says as far as it can be read, and what its author must be told. */
import type ts from 'typescript';
import type { GraphProblem, SourceRange } from '../../model/relationGraph';
import type { Compiler } from '../compiler';

export interface ConfigText {
  /** Undefined where nothing of the text could be read. */
  readonly content: Record<string, unknown> | undefined;
  readonly problem: GraphProblem | null;
}

/** TypeScript reads on behind a mistake, and so do we. */
export function readConfigText(ts: Compiler, file: string, text: string): ConfigText {
  const { config, error } = ts.parseConfigFileTextToJson(file, text) as { config?: unknown; error?: ts.Diagnostic };
  const content = typeof config === 'object' && config !== null && !Array.isArray(config) ? (config as Record<string, unknown>) : undefined;
  return { content, problem: error ? syntaxProblem(file, text, error) : null };
}

function syntaxProblem(file: string, text: string, { messageText, start = 0, length = 0 }: ts.Diagnostic): GraphProblem {
  const reason = typeof messageText === 'string' ? messageText : messageText.messageText;
  return {
    code: 'broken-tsconfig',
    message: `${nameOf(file)} is not the JSON that TypeScript expects here (${reason.replace(/\.$/, '')}), so its \`paths\` and \`baseUrl\` may be missing and imports by alias may not be found: mend this line.`,
    source: rangeIn(file, text, start, length),
  };
}

/** @param specifier what `extends` names, and is not there */
export function missingExtends(file: string, text: string, specifier: string): GraphProblem {
  const start = Math.max(text.indexOf(JSON.stringify(specifier)), 0);
  return {
    code: 'missing-tsconfig',
    message: `${nameOf(file)} extends \`${specifier}\`, which is not there, so path aliases of that file are unknown and imports by them may not be found: mend the path, or run what generates the file.`,
    source: rangeIn(file, text, start, start === 0 ? 0 : specifier.length + 2),
  };
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function rangeIn(file: string, text: string, start: number, length: number): SourceRange {
  const from = positionAt(text, start);
  const to = positionAt(text, start + length);
  return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** 1-based, in UTF-16 units. */
function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
