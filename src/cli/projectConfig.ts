/** `relation-lens.config.json`: what is said of a project's rules and findings outside of an editor (docs/lint.md). */
import fs from 'node:fs';
import path from 'node:path';
import { defaultSettings, parseSettings, type ServiceSettings } from '../service/settings';
import { configMistakes } from './configMistakes';
import { FileError } from './io';

const NAME = 'relation-lens.config.json';

/**
 * @returns what the folder's file says; defaults where there is none
 * @throws FileError where it cannot be read, is no JSON, or holds what would be passed over, with the line
 */
export function readConfig(folder: string): ServiceSettings {
  const file = path.join(folder, NAME);
  if (!fs.existsSync(file)) return defaultSettings;
  const text = readText(file);
  const settings = parseSettings(parseJson(file, text));
  const mistakes = configMistakes(text).map(({ line, message }) => `${file}:${line}: ${message}`);
  if (mistakes.length > 0) throw new FileError(mistakes.join('\n'));
  return settings;
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new FileError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code}): check what it is, and its permissions.`);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new FileError(`${file}${lineOf(words, text)} is no JSON: ${words}. Correct it or remove it.`);
  }
}

/** `:3`, where V8 tells at which character it gave up; it does not for short texts. */
function lineOf(words: string, text: string): string {
  const end = text.trimEnd().length;
  const position = /Unexpected end/.test(words) ? end : /at position (\d+)/.exec(words)?.[1];
  return position === undefined ? '' : `:${text.slice(0, Math.min(Number(position), end)).split('\n').length}`;
}
