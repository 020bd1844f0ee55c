/** The rules over the workspace as it is now: what was found before is kept as long as settings and packages stay what they are. */
import { isEcmaScriptModule } from '../core/edits/relationType';
import type { SourceText, TypeScript } from '../core/edits/sourceText';
import type { RelationGraph } from '../core/model/relationGraph';
import { RuleChecker } from '../core/rules/checkRules';
import type { CheckResult } from '../core/rules/problemsByFile';
import type { EntityProject } from '../core/typeorm/entityProject';
import { createFactsCache } from './factsCache';
import type { PackageFacts } from './packageFacts';
import type { ServiceSettings } from './settings';

export interface CheckHost {
  readonly typescript: TypeScript;
  readonly readFile: (file: string) => string | undefined;
  readonly sourceOf: (file: string) => SourceText | null;
  readonly readAlong: EntityProject['readAlong'];
  /** Read again when a package.json has changed. */
  readonly facts: () => PackageFacts;
}

export interface WorkspaceCheck {
  fileChanged(file: string): void;
  check(graph: RelationGraph, settings: ServiceSettings): CheckResult;
}

export function createWorkspaceCheck({ typescript, readFile, sourceOf, readAlong, facts }: CheckHost): WorkspaceCheck {
  const cache = createFactsCache(typescript, readFile, readAlong);
  let checker: RuleChecker | null = null;
  let severities: ServiceSettings['rules'] | null = null;
  return {
    fileChanged(file) {
      cache.forget(file);
      if (file.endsWith('/package.json')) checker = null;
      else checker?.fileChanged(file);
    },
    check(graph, settings) {
      if (!checker || settings.rules !== severities) {
        const { factsOf, suppressionsIn } = cache;
        severities = settings.rules;
        const isModule = (file: string): boolean => isEcmaScriptModule(readFile, file);
        checker = new RuleChecker({ sourceOf, factsOf, suppressionsIn, isEcmaScriptModule: isModule, ...facts(), severities });
      }
      return checker.check(graph);
    },
  };
}
