import { version } from '../../package.json';

export function versionText(): string {
  return `${version}\n`;
}

/** Help of one command, or the overview. */
export function helpText(command?: string): string {
  return (command !== undefined && commandHelp[command]) || overview;
}

const overview = `relation-lens ${version}: TypeORM relations, seen and measured

Usage
  relation-lens graph [PATH]                 entities and relations of the sources
  relation-lens lint [PATH]                  mistakes in relations, with their fixes
  relation-lens profile [OPTIONS] -- COMMAND run a command and report its queries
  relation-lens report RECORDING             the same report from a recording

  relation-lens COMMAND --help               options of a command
  relation-lens --version

Try
  relation-lens profile -- node dist/main.js
  relation-lens profile --fail-on warning -- npm test
`;

const reportOptions = `  --format text|json|html   how to print it (default: text, or what --out's ending says)
  --out FILE                write it there instead of to standard output
  --fail-on warning|none    exit with 1 where a warning was found (default: none)
  --budget 'NAME=COUNT'     exit with 1 where a scope of that name (as in 'GET /authors=5')
                            ran more queries; may be given again`;

const commandHelp: Readonly<Record<string, string>> = {
  profile: `Usage: relation-lens profile [OPTIONS] -- COMMAND [ARGUMENTS…]

Runs the command with the query profiler loaded (through NODE_OPTIONS, so that test runners
and child processes are covered), and reports each request's queries, N+1 loads and what to
do about them when it ends. Its input and output are left alone; the exit status is its own.

${reportOptions}
  --recording FILE          keep what was measured, for \`relation-lens report\`
`,
  report: `Usage: relation-lens report RECORDING [OPTIONS]

Reports from a recording made by \`relation-lens profile --recording FILE\` or by the editor.

${reportOptions}
`,
};
