/** What `relation-lens graph` is asked for. */
import { ArgumentError, UsageError } from './io';
import { oneOf, readArguments } from './readArguments';

const graphFormats = ['json', 'mermaid', 'svg', 'dbml', 'plantuml', 'dot'] as const;
const diffFormats = ['text', 'json', 'mermaid'] as const;

export type GraphFormat = (typeof graphFormats)[number];
export type DiffFormat = (typeof diffFormats)[number];

export type GraphRequest = { readonly paths: readonly string[] } & (
  | { readonly kind: 'print'; readonly format: GraphFormat }
  /** Whether a committed picture is what would be printed now. */
  | { readonly kind: 'check'; readonly format: GraphFormat; readonly file: string }
  | { readonly kind: 'diff'; readonly format: DiffFormat; readonly revision: string }
);

/**
 * @param args those after `graph`
 * @throws UsageError naming what to write instead
 */
export function parseGraphArguments(args: readonly string[]): GraphRequest {
  const { values, positionals: paths } = readArguments(args, {
    format: { type: 'string', short: 'f' },
    check: { type: 'string' },
    diff: { type: 'string' },
  });
  const { format, check, diff } = values;
  if (check !== undefined && diff !== undefined) throw new ArgumentError('--check and --diff are two questions: ask one at a time.');
  if (diff !== undefined) return { kind: 'diff', paths, revision: diff, format: oneOf('--format', format ?? 'text', diffFormats) };
  if (check !== undefined) return { kind: 'check', paths, file: check, format: oneOf('--format', format ?? formatOf(check), graphFormats) };
  return { kind: 'print', paths, format: oneOf('--format', format ?? 'json', graphFormats) };
}

const endings: Readonly<Record<string, GraphFormat>> = {
  json: 'json',
  mmd: 'mermaid',
  mermaid: 'mermaid',
  md: 'mermaid',
  svg: 'svg',
  dbml: 'dbml',
  puml: 'plantuml',
  plantuml: 'plantuml',
  dot: 'dot',
  gv: 'dot',
};

function formatOf(file: string): GraphFormat {
  const format = endings[/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''];
  if (format === undefined) throw new UsageError(`the ending of ${file} names no format: say which with --format.`);
  return format;
}
