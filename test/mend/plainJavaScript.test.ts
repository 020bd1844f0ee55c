/** An application of plain JavaScript (CommonJS, entities as schemas): profiled, mended by what was found, and profiled again; no type is written. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planFixes, type FixPlan } from '../../src/cli/fix';
import { readRecording } from '../../src/cli/readRecording';
import type { QueryProfile } from '../../src/core/profile/queryProfile';
import { buildTool, programEnvironment, type Tool } from '../cli/tool';

const VISITS = "await ds.getRepository(Visit).find({ order: { id: 'ASC' } })";

/** Bodies of `run(ds)`. */
const mended: Readonly<Record<string, string>> = {
  row: `  for (const visit of ${VISITS}) {
    const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
    out.push(publisher ? publisher.name : null);
  }`,
  lists: `  const visits = ${VISITS};
  for (const visit of visits) out.push((await ds.getRepository(Review).find({ where: { visitId: visit.id }, order: { id: 'ASC' } })).length);`,
  counts: `  for (const visit of ${VISITS}) out.push(await ds.getRepository(Review).countBy({ visitId: visit.id }));`,
  throws: `  const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' }, take: 4 });
  for (const visit of visits) {
    const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id: visit.publisherId });
    out.push(publisher.name);
  }`,
  helper: `  const publisherOf = async (id) => ds.getRepository(Publisher).findOneBy({ id });
  for (const visit of ${VISITS}) out.push(await publisherOf(visit.publisherId));`,
  relation: `  for (const book of await ds.getRepository(Book).find({ order: { id: 'ASC' } })) {
    const publisher = book.publisherId ? await ds.getRepository(Publisher).findOneBy({ id: book.publisherId }) : null;
    out.push([book.title, publisher && publisher.name]);
  }`,
  inserts: `  const reviews = ds.getRepository(Review);
  for (const rating of [1, 2, 3, 4]) await reviews.save(reviews.create({ rating, visitId: 704 }));
  out.push(await reviews.countBy({ visitId: 704 }));`,
};

const leftAlone: Readonly<Record<string, readonly [body: string, head: string, reason: RegExp]>> = {
  compiled: [mended['row'] ?? '', "Object.defineProperty(exports, '__esModule', { value: true });\n", /compiled JavaScript/],
  elsewhere: [
    `  for (const visit of ${VISITS}) out.push(await publisherOf(ds, visit.publisherId));`,
    "const { publisherOf } = require('./lookup');\n",
    /in a function of its own/,
  ],
  written: [
    `  for (const visit of ${VISITS}) await seen(ds, visit.publisherId);`,
    "const { seen } = require('./lookup');\n",
    /in a function of its own, and the loop is elsewhere/,
  ],
};

const ENTITIES = `const { EntitySchema } = require('typeorm');
const id = { type: Number, primary: true, generated: true };
const Publisher = new EntitySchema({ name: 'Publisher', columns: { id, code: { type: String, unique: true }, name: { type: String } } });
const Book = new EntitySchema({
  name: 'Book',
  columns: { id, title: { type: String }, publisherId: { type: Number, nullable: true } },
  relations: { publisher: { type: 'many-to-one', target: 'Publisher', joinColumn: true } },
});
const Visit = new EntitySchema({ name: 'Visit', columns: { id, publisherId: { type: Number } } });
const Review = new EntitySchema({ name: 'Review', columns: { id, rating: { type: Number }, visitId: { type: Number } } });
module.exports = { Publisher, Book, Visit, Review };
`;

const LOOKUP = `const { Publisher } = require('./entities');
exports.publisherOf = async (ds, id) => ds.getRepository(Publisher).findOneBy({ id });
exports.seen = async (ds, id) => {
  const publishers = ds.getRepository(Publisher);
  await publishers.update(id, { name: 'seen' });
};
`;

const ids = [...Object.keys(mended), ...Object.keys(leftAlone)];

const MAIN = `const fs = require('node:fs');
const { DataSource } = require('typeorm');
const entities = require('./entities');

async function main() {
  const ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: Object.values(entities) });
  await ds.initialize();
  await ds.query("INSERT INTO publisher VALUES (201,'P0','publisher 0'),(202,'P1','publisher 1')");
  await ds.query('INSERT INTO visit VALUES (701,201),(702,202),(703,201),(704,202),(705,203)');
  await ds.query("INSERT INTO book VALUES (301,'b1',201),(302,'b2',NULL),(303,'b3',202),(304,'b4',201)");
  await ds.query('INSERT INTO review VALUES (1,3,701),(2,4,701),(3,5,703)');
  const lens = globalThis[Symbol.for('relation-lens')];
  const answers = {};
  for (const id of ${JSON.stringify(ids)}) answers[id] = await lens.scope(id, () => require('./' + id).run(ds));
  fs.writeFileSync(process.env.ANSWERS, JSON.stringify(answers));
}

void main();
`;

interface Run {
  readonly profile: QueryProfile;
  readonly answers: Readonly<Record<string, unknown>>;
}

let tool: Tool;
let folder: string;
let before: Run;
let after: Run;
let plan: FixPlan;

beforeAll(async () => {
  tool = buildTool();
  folder = path.join(tool.folder, 'shop');
  const write = (name: string, text: string): string => tool.write(`shop/${name}`, text);
  write('package.json', '{ "name": "shop", "dependencies": { "typeorm": "*" } }');
  write('src/entities.js', ENTITIES);
  write('src/lookup.js', LOOKUP);
  write('src/main.js', MAIN);
  for (const [id, body] of Object.entries(mended)) write(`src/${id}.js`, moduleOf(body));
  for (const [id, [body, head]] of Object.entries(leftAlone)) write(`src/${id}.js`, moduleOf(body, head));
  before = await profile('before');
  plan = planFixes(
    folder,
    before.profile.findings.filter(({ kind, advice }) => advice.kind !== 'none' && /n-plus-one/.test(kind)),
  );
  for (const each of plan.changes) fs.writeFileSync(each.file, each.after);
  after = await profile('after');
});

afterAll(() => tool.remove());

describe('in plain JavaScript', () => {
  test.each(Object.keys(mended))('%s: fewer queries, the same answer, and what is required stands with its like', (id) => {
    const edits = plan.outcomes.filter(({ finding }) => finding.scopeName === id).map(({ edit }) => edit);
    expect(edits).toMatchObject([{ kind: 'edit', predicted: queries(after, id) }]);
    expect(queries(after, id)).toBeLessThan(queries(before, id));
    expect(after.answers[id]).toEqual(before.answers[id]);
    const text = fs.readFileSync(path.join(folder, `src/${id}.js`), 'utf8');
    expect(text).not.toMatch(/\bimport\b|new Map</);
    if (/\bIn\(/.test(text)) expect(text).toMatch(/require\('\.\/entities'\);\nconst \{ (EntityNotFoundError, )?In \} = require\('typeorm'\);\n/);
  });

  test.each(Object.keys(leftAlone))('%s: left as it is, with the reason', (id) => {
    const edits = plan.outcomes.filter(({ finding }) => finding.scopeName === id).map(({ edit }) => edit);
    expect(edits).toMatchObject([{ kind: 'declined', reason: expect.stringMatching(leftAlone[id]?.[2] ?? /-/) as string }]);
    expect(queries(after, id)).toBe(queries(before, id));
    expect(after.answers[id]).toEqual(before.answers[id]);
  });
});

function moduleOf(body: string, head = ''): string {
  const names = ['Publisher', 'Book', 'Visit', 'Review'].filter((name) => body.includes(`(${name})`));
  return `'use strict';\n${head}const { ${names.join(', ')} } = require('./entities');\n\nasync function run(ds) {\n  const out = [];\n${body}\n  return out;\n}\n\nmodule.exports = { run };\n`;
}

async function profile(name: string): Promise<Run> {
  const [recording, answers] = [path.join(folder, `${name}.ndjson`), path.join(folder, `${name}.json`)];
  const args = ['profile', '--recording', recording, '--', process.execPath, path.join(folder, 'src/main.js')];
  const { status, stderr } = await tool.run(args, { cwd: folder, env: { ...programEnvironment(), ANSWERS: answers } });
  if (status !== 0) throw new Error(stderr);
  const { profile: measured } = await readRecording(recording, {}, folder);
  return { profile: measured, answers: JSON.parse(fs.readFileSync(answers, 'utf8')) as Record<string, unknown> };
}

function queries({ profile: { scopes } }: Run, id: string): number {
  return scopes.find(({ name }) => name === id)?.queryCount ?? 0;
}
