/** Options and the other arguments of a command: one reader for all of them, so that a mistake is told in the same words everywhere. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ArgumentError } from './io';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * @param options as `parseArgs` of Node.js takes them
 * @throws ArgumentError where an option does not exist, or has no value though it needs one
 */
export function readArguments<const Known extends Options>(args: readonly string[], options: Known) {
  const parsed = parse(args, options);
  const empty = parsed.tokens.find((token) => token.kind === 'option' && token.value === '');
  if (empty?.kind === 'option') throw new ArgumentError(`${empty.rawName} needs a value.`);
  return { values: parsed.values, positionals: parsed.positionals };
}

/**
 * The arguments before `--`, and the command after it.
 * @returns `command` is empty where there is no `--`
 */
export function splitAtDashes(args: readonly string[]): { readonly own: readonly string[]; readonly command: readonly string[] } {
  const at = args.indexOf('--');
  return at < 0 ? { own: args, command: [] } : { own: args.slice(0, at), command: args.slice(at + 1) };
}

/**
 * The value of an option that takes one of a few words.
 * @throws ArgumentError naming them
 */
export function oneOf<Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  const known = words.find((word) => word === value);
  if (known === undefined) throw new ArgumentError(`${option} ${value} is not known; it can be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`);
  return known;
}

function parse<const Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, tokens: true, options });
  } catch (error) {
    throw new ArgumentError(firstSentence(error));
  }
}

/** Of what `parseArgs` has to say: the rest is advice about arguments that begin with a dash. */
function firstSentence(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return `${words.split(/\.(?:\s|$)/)[0]}.`;
}
