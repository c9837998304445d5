// People who may be one, in words: why, and who is meant.
import type { PersonRow } from '$bindings/commands';
import { call, type Request } from '$host';
import { t, tIn } from '$messages';
import { date } from '$shared/format';

export const findSimilar = (req: Request<'find_similar_people'>) =>
  call('find_similar_people', req).then((found) => found.people);
export const markDifferent = (one: string, other: string) => call('mark_different', { one, other });

/** What the evidence says, the strongest first. */
export const reasons = (codes: string[]): string => codes.map((code) => tIn('evidence', code, 'evidence.other')).join(', ');

/** What tells same names apart: birth, village, head of household. */
export function placed(person: PersonRow): string {
  const head = person.head_name && person.head_name !== person.full_name ? t('similar.of_head', { name: person.head_name }) : '';
  return [date(person.birth), person.village_name, head].filter(Boolean).join(', ');
}
