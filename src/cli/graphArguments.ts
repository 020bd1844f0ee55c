/** What `relation-lens graph` is asked for. */
const graphFormats = ['json', 'mermaid', 'svg', 'dbml', 'plantuml', 'dot'] as const;
const diffFormats = ['text', 'json', 'mermaid'] as const;

export type GraphFormat = (typeof graphFormats)[number];
export type DiffFormat = (typeof diffFormats)[number];

export type GraphRequest = { readonly paths: readonly string[] } & (
  | { readonly kind: 'print'; readonly format: GraphFormat }
  /** Whether a committed picture is what would be printed now. */
  | { readonly kind: 'check'; readonly format: GraphFormat; readonly file: string }
  | { readonly kind: 'diff'; readonly format: DiffFormat; readonly revision: string }
  | { readonly kind: 'help' }
  /** A sentence about what is wrong with the arguments. */
  | { readonly kind: 'mistake'; readonly message: string }
);

export const graphUsage = `Usage: relation-lens graph [paths…] [--format FORMAT]
       relation-lens graph [paths…] --check FILE
       relation-lens graph [paths…] --diff REVISION [--format FORMAT]

Prints the relationship graph of the TypeORM entities in files and folders
(default: the working directory).

  --format FORMAT   how to print it: ${graphFormats.join(', ')}
                    (default: json); of a difference: ${diffFormats.join(', ')}
                    (default: text)
  --check FILE      exit with 1 where FILE, made by this command, is not what it
                    would print now, and tell what changed; the format is what
                    the file's ending says, or --format
  --diff REVISION   what changed since a git revision: a branch, a tag, a
                    commit, HEAD
  -h, --help        this text

Exit status: 0 printed, or FILE is as it should be; 1 FILE is stale; 2 wrong
usage or an unreadable path.
`;

/** `args` are those after `graph`. */
export function parseGraphArguments(args: readonly string[]): GraphRequest {
  const paths: string[] = [];
  const options: { format?: string; check?: string; diff?: string } = {};
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] as string;
    if (argument === '--help' || argument === '-h') return { kind: 'help', paths };
    if (argument === '--') {
      paths.push(...args.slice(index + 1));
      break;
    }
    const [, name, inline] = /^--(format|check|diff)(?:=(.*))?$/s.exec(argument === '-f' ? '--format' : argument) ?? [];
    if (name === undefined) {
      if (argument.startsWith('-')) return { kind: 'mistake', paths, message: `Unknown option ${argument}.` };
      paths.push(argument);
      continue;
    }
    const value = inline ?? args[++index];
    if (value === undefined || (value === '' && name !== 'format')) return { kind: 'mistake', paths, message: `--${name} needs a value.` };
    options[name as keyof typeof options] = value;
  }
  return toRequest(paths, options);
}

function toRequest(paths: readonly string[], { format, check, diff }: { format?: string; check?: string; diff?: string }): GraphRequest {
  if (check !== undefined && diff !== undefined)
    return { kind: 'mistake', paths, message: '--check and --diff are two questions: ask one at a time.' };
  if (diff !== undefined) {
    const wanted = format ?? 'text';
    return isOneOf(diffFormats, wanted) ? { kind: 'diff', paths, revision: diff, format: wanted } : unknownFormat(paths, wanted, diffFormats);
  }
  if (check !== undefined) {
    const wanted = format ?? formatOf(check);
    if (wanted === null) return { kind: 'mistake', paths, message: `The ending of ${check} names no format: say which with --format.` };
    return isOneOf(graphFormats, wanted) ? { kind: 'check', paths, file: check, format: wanted } : unknownFormat(paths, wanted, graphFormats);
  }
  const wanted = format ?? 'json';
  return isOneOf(graphFormats, wanted) ? { kind: 'print', paths, format: wanted } : unknownFormat(paths, wanted, graphFormats);
}

function isOneOf<Format extends string>(formats: readonly Format[], format: string): format is Format {
  return (formats as readonly string[]).includes(format);
}

function unknownFormat(paths: readonly string[], format: string, formats: readonly string[]): GraphRequest {
  return { kind: 'mistake', paths, message: `Unknown format "${format}": use ${formats.join(', ')}.` };
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

function formatOf(file: string): GraphFormat | null {
  return endings[/\.([^./\\]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? null;
}
