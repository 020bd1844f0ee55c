/** One line for Windows' shell. */
export function commandLine(command: string, args: readonly string[]): string;
