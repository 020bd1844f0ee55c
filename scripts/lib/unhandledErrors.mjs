// A reporter of vitest's that writes down what failed outside of tests (an unhandled rejection, a worker that broke off), of which its JSON report says nothing.
import { writeFileSync } from 'node:fs';

export default class UnhandledErrors {
  onTestRunEnd(_modules, errors) {
    const file = process.env.RELATION_LENS_UNHANDLED_ERRORS;
    if (file) writeFileSync(file, JSON.stringify(errors.map(({ name, message, stack }) => stack ?? `${name}: ${message}`)));
  }
}
