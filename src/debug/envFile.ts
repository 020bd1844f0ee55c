/**
 * Variables of a debug configuration's `envFile`, read the way VS Code's JavaScript debugger reads it: `NAME=value` lines, quotes
 * around the value dropped, everything else passed over.
 */
export function parseEnvFile(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const [, name, value = ''] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) variables[name] = value.replace(/^['"]|['"]$/g, '');
  }
  return variables;
}
