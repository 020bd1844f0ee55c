/** The ids of all rules that have a page, for whoever names rules: `--rule`, settings. */
import { usageRules } from '../usage/rules/checkUsages';
import { allRules } from './allRules';
import { namesOfGraphProblems } from './graphProblems';

export const ruleIds: readonly string[] = [...[...allRules, ...usageRules].map(({ id }) => id), ...namesOfGraphProblems];
