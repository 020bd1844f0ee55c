/** Everything the debug adapter tells a user that went wrong: a stable code, one sentence, the next step. */

export interface LaunchError {
  readonly code: number;
  readonly message: string;
}

/** Thrown by the runtime; the session turns it into DAP's error response. */
export class LaunchFailure extends Error {
  constructor(readonly problem: LaunchError) {
    super(problem.message);
    this.name = 'LaunchFailure';
  }
}

export function nothingToRun(configuration: string): LaunchError {
  return {
    code: 3001,
    message: `The launch configuration “${configuration}” names nothing to run. Add "program" with your app's entry file, or "runtimeExecutable" with "runtimeArgs" (for example "npm" and ["run", "dev"]).`,
  };
}

export function programMissing(program: string, configuration: string): LaunchError {
  const build = program.endsWith('.js') ? ', or build the app first' : '';
  return { code: 3002, message: `There is no file ${program}. Correct "program" in the launch configuration “${configuration}”${build}.` };
}

export function workingDirectoryMissing(cwd: string, configuration: string): LaunchError {
  return { code: 3003, message: `There is no folder ${cwd}. Correct "cwd" in the launch configuration “${configuration}”.` };
}

export function envFileMissing(file: string, configuration: string): string {
  return `There is no file ${file}, so the app runs without its variables. Correct "envFile" in the launch configuration “${configuration}”, or take it out.\n`;
}

/** @param reason null where the client does not tell it: it has shown what the debugger said */
export function childNotStarted(childType: string, reason: string | null): LaunchError {
  const answer = reason === null ? 'could not run this configuration' : `answered “${reason}”`;
  return {
    code: 3004,
    message: `The app was not started: the debugger “${childType}” ${answer}. See its own message, or try the same configuration with "type": "node".`,
  };
}

/** @param where what was tried: an address, a process */
export function childNotAttached(where: string, reason: string | null): LaunchError {
  const answer = reason === null ? '' : ` (“${reason}”)`;
  return {
    code: 3007,
    message: `The debugger did not attach to ${where}${answer}. Start the app with --inspect, and give its port as "port". Its queries are recorded meanwhile, where it was started with the profiler’s environment.`,
  };
}

export function nobodyListens(where: string, configuration: string): LaunchError {
  return {
    code: 3008,
    message: `There is no app to attach to: nobody listens at ${where}. Start the app with --inspect, and give the port that it prints (“Debugger listening on ws://…”) as "port" in the launch configuration “${configuration}”.`,
  };
}

export function noInspector(where: string, configuration: string): LaunchError {
  return {
    code: 3009,
    message: `What listens at ${where} is no Node.js inspector; perhaps it is the port that the app serves. Start the app with --inspect, and give the port that it prints (“Debugger listening on ws://…”) as "port" in the launch configuration “${configuration}”.`,
  };
}

export function clientTooOld(): LaunchError {
  return {
    code: 3005,
    message:
      'This editor cannot start a debug session from another one (DAP startDebugging). Use “relation-lens profile -- node …” in a terminal instead.',
  };
}

/** Debuggers tell no signal, and swallow what Node.js prints as it crashes unless the launch configuration wants all of it shown. */
export function appCutShort(pid: number, configuration: string, showsOutput: boolean): string {
  const hint = showsOutput ? '' : ` To see what Node.js prints as it crashes, ${showingOutput(configuration)}.`;
  return `The app (process ${pid}) ended without an exit code: it was killed (a signal, no memory left), or crashed in native code.${hint}\n`;
}

/** Of an app whose output is shown, the debugger tells no exit code at all. */
export function appEndedUnheard(configuration: string, showsOutput: boolean): string {
  const reason = showsOutput
    ? 'What it printed says why.'
    : `It ended with exit code 0 or was killed, the debugger does not tell which; to see all that it prints, ${showingOutput(configuration)}.`;
  return `The app ended before it loaded TypeORM, so there is nothing to show. ${reason}\n`;
}

function showingOutput(configuration: string): string {
  return `set "outputCapture": "std" in the launch configuration “${configuration}”`;
}

/** A fault of our own. */
export function profilerFaulted(reason: string): string {
  return `The query profiler failed (${reason}). The app goes on, but what is shown of this run may be incomplete: restart it to profile it anew.\n`;
}

/** No reason to keep the app from running: it goes on without the profiler. */
export function profilerUnavailable(reason: string): string {
  return `Relation Lens cannot profile this run (${reason}). The app runs as without it.\n`;
}
