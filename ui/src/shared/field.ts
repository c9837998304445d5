// A message under a field: a hint, a warning that may be saved, or an error that may not.
export interface FieldProblem {
  level: 'error' | 'warning' | 'info';
  text: string;
  /** A repair the field offers, such as adding the zero that Excel dropped. */
  fix?: { label: string; run: () => void };
}

export function worst(problems: FieldProblem[]): 'error' | 'warning' | 'info' | null {
  return (['error', 'warning', 'info'] as const).find((level) => problems.some((p) => p.level === level)) ?? null;
}
