/** What an option would be if variables of the environment were set: it is evaluated once more with each of those that it asks for. */
import type { Evaluator } from '../evaluate/evaluator';
import type { Value } from '../evaluate/values';

/** What an option is with a variable set, and differs from what it is without. */
interface Choice {
  readonly variable: string;
  /** The text that the variable then holds; null for any. */
  readonly text: string | null;
  readonly outcome: string;
}

/** Enough for an option that asks for a few variables; what more would change is not told. */
const mostRuns = 16;

/**
 * @param evaluate evaluates the option, using nothing that was evaluated before
 * @param describe what the option's value comes to, as shown to the user; an outcome for each text
 */
export function choicesOf(evaluator: Evaluator, evaluate: () => Value, describe: (value: Value) => string): Choice[] {
  const { value, asked } = evaluator.assuming(new Map(), evaluate);
  const without = describe(value);
  const choices: Choice[] = [];
  let runs = 0;
  const assume = (variable: string, text: string | null): ReadonlySet<string> => {
    if (runs++ >= mostRuns) return new Set();
    const set = evaluator.assuming(new Map([[variable, text ?? `\${${variable}}`]]), evaluate);
    const outcome = describe(set.value);
    const isNew = outcome !== without && !choices.some((choice) => choice.variable === variable && choice.outcome === outcome);
    if (isNew) choices.push({ variable, text, outcome });
    return set.asked.get(variable) ?? new Set();
  };
  for (const [variable, texts] of asked) {
    const further = assume(variable, null);
    for (const text of new Set([...texts, ...further])) assume(variable, text);
  }
  return choices;
}

/** The sentences that tell of an option's choices. @param shown the outcome where no variable is set */
export function toldChoices(option: string, shown: string, choices: readonly Choice[]): string {
  const variables = [...new Set(choices.map(({ variable }) => `\`${variable}\``))].join(' and ');
  const others = choices.map(({ variable, text, outcome }) => `${outcome} where \`${variable}\` is ${text === null ? 'set' : `"${text}"`}`);
  return `The \`${option}\` of these options depends on the environment: shown is ${shown}, as without ${variables}; it is ${others.join(', ')}. Compare with the running app (\`relation-lens verify\`).`;
}
