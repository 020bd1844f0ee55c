/** After any series of edits, graph and diagnostics are what a service gives that has never seen anything but the present texts. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LanguageService } from '../../../src/service/createLanguageService';
import { casesFolder, openFolder, syntaxErrors, type OpenFolder } from '../builders/openFolder';
import { seededRandom, type SeededRandom } from '../builders/seededRandom';

/** Their sources have mistakes, and of half-typed files the last good picture is kept: lastGoodGraph.test.ts. */
const halfTyped = ['decorators-composed', 'half-written'];
/** A closure in them counts how often it is called: docs/limits.md. */
const counting = ['compiled-babel', 'compiled-es5'];

type Edit = (text: string, random: SeededRandom) => string | null;

/** Replaces one of the places where a pattern is found. */
function replacing(pattern: RegExp, change: (found: string) => string): Edit {
  return (text, random) => {
    const places = [...text.matchAll(pattern)];
    const place = places.length > 0 ? random.pick(places) : undefined;
    return place ? text.slice(0, place.index) + change(place[0]) + text.slice(place.index + place[0].length) : text;
  };
}

const edits: readonly Edit[] = [
  replacing(/^.*\n/gm, () => ''),
  replacing(/^.*\n/gm, (line) => line + line),
  replacing(/^/gm, () => '// '),
  replacing(/^.*\n.*\n/gm, (lines) => lines.replace(/^(.*\n)(.*\n)$/, '$2$1')),
  replacing(/\b[A-Za-z_]\w{3,}\b/g, (word) => `${word}X`),
  (text, random) => {
    const [word] = random.pick([...text.matchAll(/\b[A-Za-z_]\w{3,}\b/g)]) ?? [];
    return word ? text.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), `${word}Y`) : text;
  },
  replacing(/'[^'\n]+'/g, () => "'changed'"),
  replacing(/^import[^;]*;/gm, () => ''),
  replacing(/^export /gm, () => ''),
  replacing(/\b(?:true|false)\b/g, (word) => (word === 'true' ? 'false' : 'true')),
  (text) => `\n${text}`,
  () => '',
  () => null,
];

function stateOf(service: LanguageService): unknown {
  const { entities, problems } = service.graph();
  const diagnostics = [...service.diagnostics()].sort(([left], [right]) => (left < right ? -1 : 1));
  return { entities, problems, diagnostics };
}

function editOnce({ files, read, put }: OpenFolder, random: SeededRandom): string {
  const file = random.pick(files());
  const text = random.below(12) === 0 ? read(random.pick(files())) : random.pick(edits)(read(file), random);
  if (text === null || syntaxErrors(file, text) === 0) put(file, text);
  return file;
}

describe('the graph and the diagnostics of edited sources are those of sources read anew, in', () => {
  const folders = fs.readdirSync(casesFolder).filter((name) => ![...halfTyped, ...counting].includes(name));
  it.each(folders)('%s', (name) => {
    const opened = openFolder(path.join(casesFolder, name));
    const random = seededRandom(name.length * 7 + name.charCodeAt(0));
    stateOf(opened.service);
    const edited: string[] = [];
    for (let round = 0; round < 8 && opened.files().length > 0; round++) {
      if (random.below(2) === 0 && edited.length > 0) opened.restore(random.pick(edited));
      else edited.push(editOnce(opened, random));
      expect(stateOf(opened.service)).toEqual(stateOf(opened.fresh()));
    }
  });
});
