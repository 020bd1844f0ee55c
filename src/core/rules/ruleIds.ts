/** Names of rules and of what the graph finds. */
import { usageRules } from '../usage/rules/checkUsages';
import { allRules } from './allRules';
import { namesOfGraphProblems, namesWithoutPage } from './graphProblems';

/** The ids of all rules that have a page. */
export const ruleIds: readonly string[] = [...[...allRules, ...usageRules].map(({ id }) => id), ...namesOfGraphProblems];

/** Every name that a problem can have, for whoever names problems: `--rule`, settings. */
export const problemNames: readonly string[] = [...ruleIds, ...namesWithoutPage];
