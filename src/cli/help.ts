import { version } from '../../package.json';
import { splitAtDashes } from './readArguments';

export function versionText(): string {
  return `${version}\n`;
}

/** Help of one command, or the overview. */
export function helpText(command?: string): string {
  return (command !== undefined && commandHelp[command]) || overview;
}

/** Whether arguments of a command ask for its help; what stands after `--` is another program's. */
export function asksForHelp(args: readonly string[]): boolean {
  return splitAtDashes(args).own.some((argument) => argument === '--help' || argument === '-h');
}

const overview = `relation-lens ${version}: TypeORM relations, seen and measured

Usage
  relation-lens graph [PATHS]                 entities and relations
  relation-lens lint [PATHS]                  mistakes in them, with their fixes
  relation-lens profile [OPTIONS] -- COMMAND  run a command, report its queries
  relation-lens verify [PATHS] -- COMMAND     is the graph what the app builds?
  relation-lens report RECORDING              the same report from a recording
  relation-lens fix RECORDING                 the edits its findings ask for

  relation-lens COMMAND --help                options of a command
  relation-lens --version

Try
  relation-lens profile -- node dist/main.js
  relation-lens profile --fail-on warning -- npm test
`;

const reportOptions = `  --format text|json|html|otlp
                         how to print it (default: text, or what --out's ending
                         says); otlp: spans for any OpenTelemetry viewer, as
                         OTLP/JSON
  --out FILE             write it there instead of to standard output
  --compare EARLIER      an earlier recording: what became of each route since
  --fail-on warning|regression|none
                         exit with 1 where a warning was found, or where a scope
                         ran more queries than in the run compared with
                         (default: none)
  --budget 'NAME=COUNT'  exit with 1 where a scope of that name ran more
                         queries, as in 'GET /authors=5'; may be given again
  --budgets FILE         the same, from a file that --write-budgets made
  --write-budgets FILE   write what each scope needed as a file of budgets
  --threshold NAME=NUMBER
                         judge by another number, as in slowMs=50; may be given
                         again
  --redact               leave out parameters and all values in statements and
                         paths`;

const commandHelp: Readonly<Record<string, string>> = {
  graph: `Usage: relation-lens graph [PATHS…] [--format FORMAT]
       relation-lens graph [PATHS…] --check FILE
       relation-lens graph [PATHS…] --diff REVISION [--format FORMAT]

Prints the relationship graph of the TypeORM entities in files and folders
(default: the working directory).

  --format FORMAT        how to print it: json, mermaid, svg, dbml, plantuml,
                         dot (default: json); of a difference: text, json,
                         mermaid (default: text)
  --check FILE           exit with 1 where FILE, made by this command, is not
                         what it would print now, and tell what changed; the
                         format is what the file's ending says, or --format
  --diff REVISION        what changed since a git revision: a branch, a tag, a
                         commit, HEAD
  -h, --help             this text

Exit status: 0 printed, or FILE is as it should be; 1 FILE is stale; 2 wrong
usage or an unreadable path.
`,
  lint: `Usage: relation-lens lint [PATHS…] [OPTIONS]

Checks TypeORM relations in files and folders (default: the working directory).

  --format text|json|sarif
                         how to print (default: text)
  --severity error|warning|info|hint
                         what makes the exit status 1 (default: warning); hints
                         are printed only when asked for, here or by --rule
  --rule ID              only this rule; may be given again
  --fix                  apply the fixes that cannot change what correct code
                         does
  --typeorm VERSION      check as for this version instead of the installed one
  -h, --help             this text

Exit status: 0 nothing at or above the severity, 1 something, 2 wrong usage or
an unreadable path.
`,
  profile: `Usage: relation-lens profile [OPTIONS] -- COMMAND [ARGUMENTS…]

Runs the command with the query profiler loaded (through NODE_OPTIONS, so that
test runners and child processes are covered), and reports each request's
queries, N+1 loads and what to do about them when it ends. Its input and output
are left alone.

${reportOptions}
  --recording FILE       keep what was measured, for \`relation-lens report\`
  --watch-reads          also watch which properties of entities are read: eager
                         loads that nobody uses, relations read though not
                         loaded, columns never read
  -h, --help             this text

Exit status: the command's own, or 1 where --fail-on or a budget says so, or 2
for wrong usage.
`,
  verify: `Usage: relation-lens verify [PATHS…] [OPTIONS] -- COMMAND [ARGUMENTS…]

Starts the app and compares the metadata that TypeORM builds in it with the
graph read from the sources (default: those of the working directory),
DataSource by DataSource. The app is asked to end as soon as its DataSources
stand; what it prints goes to standard error.

  --format text|json     how to print it (default: text)
  --keep-running         let the command end by itself, for apps that open
                         DataSources late
  --timeout SECONDS      how long to wait for the first DataSource (default: 60)
  -h, --help             this text

Exit status: 0 all equal, 1 differences, 2 wrong usage, or nothing could be
compared.
`,
  report: `Usage: relation-lens report RECORDING|TRACES [OPTIONS]

Reports from a recording made by \`relation-lens profile --recording FILE\` or by
the editor, or from a file of OpenTelemetry traces with SQL spans (OTLP/JSON,
one document or one a line).

${reportOptions}
  -h, --help             this text

Exit status: 0 printed, 1 where --fail-on or a budget says so, 2 wrong usage or
an unreadable recording.
`,
  fix: `Usage: relation-lens fix RECORDING [OPTIONS]

Prints the edits that a recorded run's findings ask for as a unified diff, to be
reviewed and applied with \`git apply\`. What is left to you, and why, goes to
standard error. Edits are made against the sources as they are now; code that is
not found again is left alone.

  --write                change the files instead of printing the diff
  --only KIND            only findings of this kind (lazy-n-plus-one,
                         loop-n-plus-one, write-n-plus-one, …); may be given
                         again
  --format text|json     json: each finding with its edit or the reason that
                         there is none
  -h, --help             this text

Exit status: 0 every such finding has its edit, 1 something is left to you, 2
wrong usage or an unreadable recording.
`,
};
