/** Does work that rests now and then without a rest, and gives its result. */
export function withoutRest<Result>(steps: Generator<unknown, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}
