/** Environment variables as text to stand before a command. Pure. */

/** `NAME='value' … ` to stand before a command. */
export function forShell(env: Readonly<Record<string, string>>): string {
  return `${Object.entries(env)
    .map(([name, value]) => `${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join(' ')} `;
}

/** `$env:NAME='value'; …` to stand before a command. */
export function forPowerShell(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `$env:${name}='${value.replaceAll("'", "''")}'; `)
    .join('');
}
