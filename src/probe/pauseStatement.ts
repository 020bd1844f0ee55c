/**
 * Where the app pauses, in a file of its own: debuggers skip the probe's file, and do not pause in what they skip. The line of the app
 * that caused it is the next frame that is not skipped, and where a step out of here leads.
 * @param why becomes the name of the paused frame
 */
export function pauseHere(why: string): void {
  Object.defineProperty(pauseHere, 'name', { value: why });
  // The one place where pausing is what the user asked for.
  // eslint-disable-next-line no-debugger
  debugger;
}
