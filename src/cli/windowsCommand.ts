/**
 * A command line for Windows' cmd.exe, through which npm.cmd and its like are found: a shell gets one line of text, so that what holds spaces
 * or signs with a meaning of their own must be quoted. Backslashes before a quote are doubled, as C programs read their arguments.
 */
export function windowsCommand(command: string, args: readonly string[]): string {
  return [command, ...args].map(quote).join(' ');
}

function quote(argument: string): string {
  if (/^[\w.:\\/=@+,~-]+$/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
