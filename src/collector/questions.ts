import type { AnswerEvent, ExplainRequest, ToProbe } from '../protocol/probe';

/** A database that is busy may take its time; whoever looks at the panel does not want to. */
const PATIENCE_MS = 10_000;

/** A question but for the number that its answer is known by. */
export type Question = Omit<ExplainRequest, 'id'>;

interface Waiting {
  readonly processId: number;
  readonly timer: NodeJS.Timeout;
  answer(event: Pick<AnswerEvent, 'rows' | 'error'>): void;
}

/** Questions to the processes of a run, and their answers. */
export class Questions {
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly send: (processId: number, question: ToProbe) => boolean) {}

  /** Always answered: with an error where the process is gone, or does not answer. */
  ask(processId: number, question: Question): Promise<Pick<AnswerEvent, 'rows' | 'error'>> {
    return new Promise((resolve) => {
      const id = ++this.lastId;
      const answer = (event: Pick<AnswerEvent, 'rows' | 'error'>): void => {
        clearTimeout(this.waiting.get(id)?.timer);
        this.waiting.delete(id);
        resolve(event);
      };
      const timer = setTimeout(() => answer(failed('The app does not answer; is it paused, or busy?')), PATIENCE_MS);
      this.waiting.set(id, { processId, timer, answer });
      if (!this.send(processId, { ...question, id })) answer(gone);
    });
  }

  answered({ id, rows, error }: AnswerEvent): void {
    this.waiting.get(id)?.answer({ rows, error });
  }

  gone(processId: number): void {
    for (const each of [...this.waiting.values()]) if (each.processId === processId) each.answer(gone);
  }
}

function failed(error: string): Pick<AnswerEvent, 'rows' | 'error'> {
  return { rows: [], error };
}

const gone = failed('The app is not running any more: start it again and repeat the request.');
