// Choices found by typing: a short form of one or two letters first, then labels that begin so, then any words that do.
import { fold, matches } from './fold';
import type { Option } from './ui/ComboBox.svelte';

export interface Choice extends Option {
  /** Short forms, such as `c` for con. */
  short?: string[];
}

export function rank(choices: Choice[], typed: string): Choice[] {
  const text = fold(typed);
  if (!text) return choices;
  const weigh = (choice: Choice) => {
    if (choice.short?.includes(text)) return 0;
    if (fold(choice.label).startsWith(text)) return 1;
    return matches(`${choice.label} ${choice.words ?? ''}`, text) ? 2 : 3;
  };
  return choices
    .map((choice, at) => ({ choice, at, weight: weigh(choice) }))
    .filter(({ weight }) => weight < 3)
    .sort((a, b) => a.weight - b.weight || a.at - b.at)
    .map(({ choice }) => choice);
}
