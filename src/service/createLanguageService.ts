/**
 * What an editor or the command line may ask about a workspace, behind one façade. It knows no connection and no disk: texts and the
 * TypeScript module are handed in. Every answer is for the sources as they are when asked.
 */
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
} from 'vscode-languageserver-types';
import { graphToDiagram, neighbourhood, type SourceProblem } from '../core/diagram/graphToDiagram';
import type { DiagramModel } from '../core/diagram/diagramModel';
import { readSource, type EditContext } from '../core/edits/editContext';
import type { RelationPlan } from '../core/edits/relationPlan';
import type { SourceText } from '../core/edits/sourceText';
import type { RelationGraph } from '../core/model/relationGraph';
import type { Finding } from '../core/profile/queryProfile';
import type { CheckResult } from '../core/rules/problemsByFile';
import type { EntityProject, TypeScript } from '../core/typeorm/entityProject';
import { firstSyntaxError } from '../core/typeorm/parse/brokenSyntax';
import { checkLive, type LiveCheck, type LiveDataSource } from '../core/typeorm/live/checkLive';
import { USAGE_WORDS } from '../core/usage/readUsages';
import type { DiagramAnswer } from '../protocol/diagramQuestions';
import type { FindingEditResult, WholeProfile } from '../protocol/lsp';
import { codeActions, fixAllAction } from './codeActions';
import { codeLenses } from './codeLens';
import { completions } from './completion';
import { definitions } from './definition';
import { answerImpact, previewRelation, relationEdit, type ImpactQuestion } from './diagramAnswers';
import { DiagnosticsByUri } from './diagnostics';
import { documentSymbols } from './documentSymbol';
import { createFindingStore } from './findings';
import { indexOf, type GraphIndex, type Hit } from './graphIndex';
import { hover } from './hover';
import { createGraphKeeper } from './lastGoodGraph';
import { createQueryHints } from './queryHints';
import { refactorings } from './refactorings';
import { references } from './references';
import { defaultSettings, type ServiceSettings } from './settings';
import { fromPosition, fromUri, toRange, toUri } from './toLsp';
import type { PackageFacts } from './packageFacts';
import { usageDefinition, usageHover, usageReferences } from './usageHits';
import { createUsageCheck } from './usageCheck';
import { createWorkspaceCheck } from './workspaceCheck';

export interface ServiceHost {
  readonly typescript: TypeScript;
  readonly project: EntityProject;
  /** The present text, unsaved changes included. */
  readonly readFile: (file: string) => string | undefined;
  /** What the workspace's packages tell: TypeORM's major version (null where it is not known), and whether the database indexes foreign keys by itself. */
  readonly facts: () => PackageFacts;
  /** The files whose find calls and query builders are checked: open documents, or all. Absent: none. */
  readonly usageFiles?: () => Iterable<string>;
  /** The files that are searched for references. Absent: those of entities only. */
  readonly sourceFiles?: () => Iterable<string>;
  /** The page that explains a rule; null where none is to be linked. */
  readonly documentationOf: (rule: string) => string | null;
}

export interface LanguageService {
  configure(settings: ServiceSettings): void;
  /** Tells that a file was edited, created or deleted (the project is told on its own). */
  fileChanged(file: string): void;
  setProfile(profile: WholeProfile): void;
  hover(uri: string, position: Position): Hover | null;
  codeLens(uri: string): CodeLens[];
  /** What lines asked the database in the last run. */
  inlayHints(uri: string, range: Range): InlayHint[];
  definition(uri: string, position: Position): Location[];
  references(uri: string, position: Position): Location[];
  /** Names within strings: a query builder's, and lists of relations. */
  completion(uri: string, position: Position): CompletionItem[];
  documentSymbols(uri: string): DocumentSymbol[];
  codeActions(uri: string, range: Range): CodeAction[];
  /** Rewrites of what stands at a place. */
  refactorings(uri: string, position: Position): CodeAction[];
  /** What may be fixed unseen, as on save. */
  fixAll(uri: string): CodeAction[];
  /** Diagnostics of every file that has any, by URI; a file that nothing happened to keeps its list. */
  diagnostics(): ReadonlyMap<string, readonly Diagnostic[]>;
  findingEdit(finding: Finding): FindingEditResult;
  /** The comment that says no to a finding, where its code stands now. */
  suppressEdit(finding: Finding, reason: string): FindingEditResult;
  /** What the rules object to, for `relation-lens lint`. */
  check(): CheckResult;
  graph(): RelationGraph;
  /** What DataSources of a running app have built, beside the sources. */
  liveCheck(dataSources: readonly LiveDataSource[]): readonly LiveCheck[];
  diagram(): DiagramModel;
  /** The diagram around the entity at a place, and that entity's id; null where there is none. */
  diagramAround(uri: string, position: Position, depth: number): { readonly model: DiagramModel; readonly focus: string } | null;
  /** What loading or deleting an entity takes with it. */
  impact(question: ImpactQuestion): DiagramAnswer;
  /** The edits that write a relation into its two classes; `relationPreview` shows them. */
  relationEdit(plan: RelationPlan): FindingEditResult;
  relationPreview(plan: RelationPlan): DiagramAnswer;
}

export function createLanguageService(host: ServiceHost): LanguageService {
  const { project, readFile, documentationOf } = host;
  const findings = createFindingStore(readFile);
  const hints = createQueryHints(readFile);
  let settings = defaultSettings;
  let drawn: { readonly graph: RelationGraph; readonly checked: CheckResult; readonly model: DiagramModel } | null = null;

  const graph = createGraphKeeper(
    () => project.graph(),
    (file) => {
      const tree = project.sourceFile(file);
      return tree !== undefined && firstSyntaxError(tree) !== null;
    },
  );
  const index = (): GraphIndex => indexOf(graph());
  const context = (): EditContext => ({
    typescript: host.typescript,
    graph: graph(),
    readFile,
    resolve: (from, specifier) => project.resolve(from, specifier),
  });
  const hitAt = (uri: string, position: Position): Hit | null => {
    const file = fromUri(uri);
    const { line, column } = fromPosition(position);
    return file === undefined ? null : index().at(file, line, column);
  };
  const sourceOf = (file: string): SourceText | null => readSource(context(), file);
  const sourceWith = (file: string, ...words: readonly (string | RegExp)[]): SourceText | null => {
    const text = readFile(file) ?? '';
    return words.every((word) => (typeof word === 'string' ? text.includes(word) : word.test(text))) ? sourceOf(file) : null;
  };
  /** Asks about a place in a file that names properties outside of entities. */
  const inUsage = <T>(uri: string, position: Position, ask: (source: SourceText, offset: number) => T): T | null => {
    const file = fromUri(uri);
    const source = file === undefined ? null : sourceWith(file, USAGE_WORDS);
    return source && ask(source, offsetOf(source, position));
  };
  const indexesForeignKeys = (): boolean => host.facts().indexesForeignKeys;
  const checker = createWorkspaceCheck({
    typescript: host.typescript,
    readFile,
    sourceOf,
    readAlong: (read) => project.readAlong(read),
    facts: () => host.facts(),
  });
  const usageFiles = host.usageFiles ?? (() => []);
  const usages = createUsageCheck({ ...host, usageFiles, sourceFiles: host.sourceFiles ?? usageFiles });
  const check = (): CheckResult => usages.addTo(checker.check(graph(), settings), graph(), settings);
  const diagnostics = new DiagnosticsByUri(documentationOf);
  const diagram = (): DiagramModel => {
    const current = graph();
    const checked = check();
    if (drawn?.graph !== current || drawn.checked !== checked) {
      drawn = { graph: current, checked, model: graphToDiagram(current, problemsToPaint(checked), project.dataSources()) };
    }
    return drawn.model;
  };

  return {
    configure: (next) => {
      settings = next;
      findings.configure(next.suppress);
    },
    fileChanged: (file) => {
      checker.fileChanged(file);
      usages.fileChanged(file);
    },
    setProfile: ({ runId, findings: found, relationStats, siteStats = [] }) => {
      findings.replace(runId, found, relationStats);
      hints.replace(runId, siteStats);
    },
    hover: (uri, position) =>
      hover({ index: index(), hit: hitAt(uri, position), statsOf: findings.statsOf, indexesForeignKeys }) ??
      inUsage(uri, position, (source, offset) => usageHover({ index: index(), graph: graph(), indexesForeignKeys }, source, offset)),
    codeLens: (uri) => {
      const file = fromUri(uri);
      return file === undefined ? [] : codeLenses({ index: index(), file, settings: settings.codeLens, statsOf: findings.statsOf });
    },
    inlayHints: (uri, range) => {
      const file = fromUri(uri);
      return file === undefined || !settings.queryHints ? [] : hints.of(file, range);
    },
    definition: (uri, position) => {
      const hit = hitAt(uri, position);
      return hit ? definitions(index(), hit) : (inUsage(uri, position, (source, offset) => usageDefinition(source, graph(), offset)) ?? []);
    },
    references: (uri, position) => {
      const hit = hitAt(uri, position);
      const inStrings = usageReferences(hit, graph(), host.sourceFiles?.() ?? [], (file, word) => sourceWith(file, word, USAGE_WORDS));
      return [...references(index(), hit), ...inStrings];
    },
    completion: (uri, position) =>
      mayBeInString(readFile(fromUri(uri) ?? '') ?? '', position)
        ? (inUsage(uri, position, (source, offset) => completions(source, graph(), offset)) ?? [])
        : [],
    documentSymbols: (uri) => {
      const file = fromUri(uri);
      return file === undefined ? [] : documentSymbols(index(), file);
    },
    codeActions: (uri, range) => {
      const file = fromUri(uri);
      if (file === undefined) return [];
      const problems = check().byFile.get(file) ?? [];
      return codeActions({ file, range, problems, findings: findings.located(context()), source: () => sourceOf(file), documentationOf });
    },
    refactorings: (uri, position) => {
      const listings = project.dataSources().map(({ file }) => file);
      return refactorings({ ...context(), typeormMajor: host.facts().typeormMajor }, hitAt(uri, position), listings);
    },
    fixAll: (uri) => {
      const file = fromUri(uri);
      const problems = check().problems.filter(({ source }) => source.file === file);
      return file === undefined ? [] : fixAllAction(file, problems);
    },
    diagnostics: () => diagnostics.of(check(), findings.located(context())),
    findingEdit: (finding) => toFindingEditResult(findings.editOf(context(), finding)),
    suppressEdit: (finding, reason) => {
      const edit = findings.suppressionOf(context(), finding, reason);
      return edit.kind === 'mended' ? { kind: 'declined', reason: 'A comment there says so already.' } : toFindingEditResult(edit);
    },
    check,
    graph,
    liveCheck: (dataSources) => dataSources.flatMap((dataSource) => checkLive(graph(), dataSource) ?? []),
    diagram,
    diagramAround: (uri, position, depth) => {
      const entity = entityAround(index(), uri, position);
      return entity === null ? null : { model: neighbourhood(diagram(), entity, depth), focus: entity };
    },
    relationEdit: (plan) => relationEdit(context(), plan),
    relationPreview: (plan) => previewRelation(context(), plan),
    impact: (question) => answerImpact(question, { graph: graph(), typeormMajor: host.facts().typeormMajor, statsOf: findings.statsOf }),
  };
}

/** Asked at every dot and space of a file: what is plainly code need not be parsed for it. Text in backticks may go over lines. */
function mayBeInString(text: string, { line, character }: Position): boolean {
  return text.includes('`') || /['"]/.test((text.split('\n', line + 1)[line] ?? '').slice(0, character));
}

function offsetOf({ tree }: SourceText, { line, character }: Position): number {
  const start = tree.getLineStarts()[line] ?? tree.end;
  return Math.min(start + character, tree.end);
}

/** Everything but hints, which are for the line that one is at. */
function problemsToPaint({ byFile }: CheckResult): SourceProblem[] {
  return [...byFile.values()].flat().flatMap(({ message, source, severity }) => (severity === 'hint' ? [] : [{ message, source, severity }]));
}

function toFindingEditResult(edit: ReturnType<ReturnType<typeof createFindingStore>['editOf']>): FindingEditResult {
  switch (edit.kind) {
    case 'edit':
      return {
        kind: 'edit',
        title: edit.title,
        edits: edit.edits.map((each) => ({ uri: toUri(each.file), range: toRange(each), newText: each.newText })),
      };
    case 'declined':
      return edit;
    case 'mended':
      return { kind: 'declined', reason: 'The query loads it by now. Run the request again to see what that saved.' };
    case 'gone':
      return { kind: 'declined', reason: 'The query was not found in the present sources. Run the request again to get a fresh finding.' };
  }
}

/** The entity whose declaration holds the place; a place between two entities of a file belongs to the one above. */
function entityAround(index: GraphIndex, uri: string, position: Position): string | null {
  const file = fromUri(uri);
  if (file === undefined) return null;
  const { line } = fromPosition(position);
  const inFile = [...index.entitiesIn(file)].sort((a, b) => a.range.line - b.range.line);
  const inside = inFile.find(({ range }) => range.line <= line && line <= range.endLine);
  return (inside ?? inFile.findLast(({ range }) => range.line <= line) ?? inFile[0])?.id ?? null;
}
