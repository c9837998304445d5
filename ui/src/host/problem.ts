// What a command answers when it cannot do what was asked. Codes become sentences by `explain`; the host never sends sentences.
import { t, tIn, type Params } from '$messages';

export interface FieldIssue {
  path: string;
  level: 'error' | 'warning' | 'info';
  code: string;
  params: Params;
}

export interface Problem {
  code: string;
  params: Params;
  /** Stands in the log too, so that support finds the place. */
  incident: string | null;
  fields: FieldIssue[];
}

export type Severity = 'silent' | 'notice' | 'warning' | 'blocking';

export interface Explanation {
  severity: Severity;
  text: string;
}

const severities: Record<string, Severity> = {
  Offline: 'silent',
  Locked: 'silent',
  NotEnrolled: 'notice',
  Invalid: 'notice',
  WrongPassword: 'notice',
  NotAllowed: 'notice',
  Busy: 'warning',
  Changed: 'warning',
};

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && typeof (value as Problem).code === 'string';
}

/** Anything thrown while asking, as a problem: what is not one is unexpected. */
export function toProblem(thrown: unknown): Problem {
  if (isProblem(thrown))
    return { ...thrown, params: thrown.params ?? {}, fields: thrown.fields ?? [], incident: thrown.incident ?? null };
  return { code: 'Unreachable', params: {}, incident: null, fields: [] };
}

/** What happened, what is safe, what to do. */
export function explain(problem: Problem): Explanation {
  const text = tIn('problem', problem.code, 'problem.Unexpected', problem.params);
  const incident = problem.incident ? ` ${t('problem.incident', { incident: problem.incident })}` : '';
  return { severity: severities[problem.code] ?? 'blocking', text: text + incident };
}

/** The messages of one field, ready for `Field`. */
export function fieldProblems(problem: Problem | null, path: string): { level: FieldIssue['level']; text: string }[] {
  return (problem?.fields ?? [])
    .filter((issue) => issue.path === path)
    .map(({ level, code, params }) => ({ level, text: tIn('check', code, 'check.unknown', params) }));
}
